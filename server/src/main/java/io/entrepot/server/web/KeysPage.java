// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import io.entrepot.base.EntrepotException;
import io.entrepot.server.database.Slice;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.identity.ApiKey;
import io.entrepot.server.identity.ApiKeys;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** API keys: one's own, and for administrators everybody's. */
@Controller
@RequestMapping("/ui/keys")
final class KeysPage {

  private static final String THING = "API key";

  private final ApiKeys keys;
  private final Words words;

  KeysPage(ApiKeys keys, Words words) {
    this.keys = keys;
    this.words = words;
  }

  /**
   * A key in the list.
   *
   * @param used null while it was never used
   * @param from where it was used last
   * @param ends null when it does not end by itself
   * @param lastDay the day on which it ends, in UTC; empty when it does not
   */
  record Row(
      String id,
      String name,
      String prefix,
      String owner,
      String goodFor,
      Badge badge,
      @Nullable Moment used,
      String from,
      @Nullable Moment ends,
      String lastDay) {}

  /** A choice of an API that a key can be kept to. */
  record DoorChoice(String field, String label) {}

  @GetMapping
  String list(
      @RequestParam(name = "everybody", defaultValue = "false") boolean everybody,
      @AuthenticationPrincipal Actor actor,
      Model model) {
    List<Row> rows =
        keys.list(actor, everybody, Slice.ALL).items().stream().map(this::row).toList();
    model.addAttribute("rows", rows);
    model.addAttribute("everybody", everybody);
    model.addAttribute("call", "GET /api/keys" + (everybody ? "?all=true" : ""));
    return "keys";
  }

  private Row row(ApiKey key) {
    ApiKey.Use use = key.lastUse();
    Instant ends = key.limits().expiresAt();
    boolean over = key.limits().isOver(words.now());
    return new Row(
        PageIds.text(key.id()),
        key.name(),
        key.prefix() + "…",
        key.owner().email(),
        Words.sentence(KeyForm.words(key.limits())),
        over ? Badge.ended("Expired") : Badge.ok("Valid"),
        use == null ? null : words.moment(use.at()),
        use == null ? "" : use.address(),
        words.momentOrNull(ends),
        ends == null ? "" : Words.day(ends));
  }

  @GetMapping("/new")
  String fresh(@AuthenticationPrincipal Actor actor, Model model) {
    return form(model, actor, KeyForm.fresh());
  }

  /** The key is shown in the answer itself, because nothing keeps it. */
  @PostMapping
  String create(
      @RequestParam MultiValueMap<String, String> parameters,
      @AuthenticationPrincipal Actor actor,
      HttpServletResponse response,
      Model model) {
    Form form = Form.sent(parameters);
    try {
      ApiKey.Limits limits = KeyForm.limits(form, words.now());
      ApiKey.Made made = keys.create(actor, form.required("name"), limits);
      response.setStatus(HttpStatus.CREATED.value());
      model.addAttribute("row", row(made.key()));
      model.addAttribute("token", made.token());
      return "key-made";
    } catch (EntrepotException e) {
      response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
      return form(model, actor, form.refused(e, KeyForm.FIELDS));
    }
  }

  private static String form(Model model, Actor actor, Form form) {
    model.addAttribute("row", null);
    model.addAttribute("form", form);
    model.addAttribute("scopes", KeyForm.scopes(actor));
    model.addAttribute("days", KeyForm.DAYS);
    model.addAttribute(
        "doors",
        KeyForm.DOORS.stream()
            .map(
                door ->
                    new DoorChoice(
                        "door_" + door.word(),
                        Words.sentence(KeyForm.name(door)) + ": " + KeyForm.about(door)))
            .toList());
    model.addAttribute("call", KeyForm.call(form));
    return "key";
  }

  @GetMapping("/{id}")
  String show(@PathVariable String id, @AuthenticationPrincipal Actor actor, Model model) {
    ApiKey key = keys.visible(actor, PageIds.of(id, THING));
    return shown(model, key, Form.of(Map.of("name", key.name())));
  }

  private String shown(Model model, ApiKey key, Form form) {
    Row row = row(key);
    model.addAttribute("row", row);
    model.addAttribute("form", form);
    model.addAttribute("made", words.moment(key.createdAt()));
    model.addAttribute("call", KeyForm.renaming(key.id(), form));
    return "key";
  }

  @PostMapping("/{id}")
  String rename(
      @PathVariable String id,
      @RequestParam MultiValueMap<String, String> parameters,
      @AuthenticationPrincipal Actor actor,
      HttpServletResponse response,
      Model model) {
    ApiKey key = keys.visible(actor, PageIds.of(id, THING));
    Form form = Form.sent(parameters);
    try {
      keys.rename(actor, key.id(), form.required("name"));
      return Done.SAVED.at("/ui/keys/" + PageIds.text(key.id()));
    } catch (EntrepotException e) {
      response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
      return shown(model, key, form.refused(e, KeyForm.FIELDS));
    }
  }

  /** Asks before it is revoked, and says who would notice. */
  @GetMapping("/{id}/revoke")
  String ask(@PathVariable String id, @AuthenticationPrincipal Actor actor, Model model) {
    Row row = row(keys.visible(actor, PageIds.of(id, THING)));
    model.addAttribute("row", row);
    model.addAttribute("call", "DELETE /api/keys/" + row.id());
    return "key-revoke";
  }

  @PostMapping("/{id}/revoke")
  String revoke(@PathVariable String id, @AuthenticationPrincipal Actor actor) {
    keys.revoke(actor, PageIds.of(id, THING));
    return Done.REVOKED.at("/ui/keys");
  }
}

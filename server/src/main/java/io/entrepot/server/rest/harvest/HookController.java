// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.harvest;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.entrepot.base.Id;
import io.entrepot.server.harvest.hooks.Builtin;
import io.entrepot.server.harvest.hooks.HookDraft;
import io.entrepot.server.harvest.hooks.HookSubject;
import io.entrepot.server.harvest.hooks.Hooks;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.rest.fields.BodyFields;
import io.entrepot.server.rest.fields.Sent;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/hooks}. */
@RestController
@RequestMapping("/api/hooks")
class HookController {

  private static final int DESCRIPTION_LIMIT = 10_000;
  private static final int PATH_LIMIT = 2048;

  private final Hooks hooks;

  HookController(Hooks hooks) {
    this.hooks = hooks;
  }

  /** A built-in hook and the shape of its settings. */
  record BuiltinWire(
      String name,
      @JsonProperty("display_name") String displayName,
      String description,
      String trigger,
      @JsonProperty("config_schema") Map<String, Object> configSchema) {

    static BuiltinWire of(Builtin builtin) {
      return new BuiltinWire(
          builtin.word(),
          builtin.displayName(),
          builtin.description(),
          builtin.point() == HookDraft.Point.PRE_TRANSFER ? "pre" : "post",
          builtin.schema());
    }
  }

  @GetMapping("/builtins")
  List<BuiltinWire> builtins() {
    return List.of(Builtin.values()).stream().map(BuiltinWire::of).toList();
  }

  @GetMapping
  ListEnvelope<HookWire> list(@RequestParam MultiValueMap<String, String> query) {
    ListRequest request = ListRequest.of(query);
    return ListEnvelope.of(hooks.list(request.slice()), request.paging(), HookWire::of);
  }

  @GetMapping("/{id}")
  HookWire get(@PathVariable String id) {
    return HookWire.of(hooks.live(idOf(id)));
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  HookWire create(
      @RequestBody(required = false) byte @Nullable [] bytes,
      @AuthenticationPrincipal Actor actor) {
    BodyFields body = Wording.body(bytes);
    HookDraft draft =
        new HookDraft(
            body.requiredText("name", 255),
            body.text("description", DESCRIPTION_LIMIT),
            body.requiredChoice("trigger", HookDraft.Point.class),
            new HookDraft.Action(
                body.requiredChoice("implementation", HookDraft.Implementation.class),
                body.text("builtin_name", 255),
                body.text("script_path", 1024),
                body.text("webhook_url", 2048)),
            body.object("config"),
            body.id("instrument_id", "Instrument"),
            priority(body, 0),
            body.flag("enabled", true));
    body.check();
    return HookWire.of(body.judged(() -> hooks.create(actor, draft)));
  }

  @PatchMapping("/{id}")
  HookWire update(
      @PathVariable String id,
      @RequestBody(required = false) byte @Nullable [] bytes,
      @AuthenticationPrincipal Actor actor) {
    Id which = idOf(id);
    BodyFields body = Wording.body(bytes);
    UnaryOperator<HookDraft> change = change(body);
    body.check();
    return HookWire.of(body.judged(() -> hooks.update(actor, which, change)));
  }

  private static UnaryOperator<HookDraft> change(BodyFields body) {
    Sent<String> name = body.sent("name", field -> body.requiredText(field, 255));
    Sent<@Nullable String> description =
        body.sent("description", field -> body.text(field, DESCRIPTION_LIMIT));
    Sent<HookDraft.Point> point =
        body.sent("trigger", field -> body.requiredChoice(field, HookDraft.Point.class));
    UnaryOperator<HookDraft.Action> action = action(body);
    Sent<@Nullable Map<String, @Nullable Object>> config = body.sent("config", body::object);
    Sent<@Nullable Id> instrument =
        body.sent("instrument_id", field -> body.id(field, "Instrument"));
    Sent<Integer> priority = body.sent("priority", _ -> priority(body, 0));
    Sent<Boolean> enabled = body.sent("enabled", field -> body.flag(field, true));
    return old ->
        new HookDraft(
            name.over(old.name()),
            description.over(old.description()),
            point.over(old.point()),
            action.apply(old.action()),
            config.over(old.config()),
            instrument.over(old.instrument()),
            priority.over(old.priority()),
            enabled.over(old.enabled()));
  }

  private static UnaryOperator<HookDraft.Action> action(BodyFields body) {
    Sent<HookDraft.Implementation> implementation =
        body.sent(
            "implementation", field -> body.requiredChoice(field, HookDraft.Implementation.class));
    Sent<@Nullable String> builtin = body.sent("builtin_name", field -> body.text(field, 255));
    Sent<@Nullable String> script = body.sent("script_path", field -> body.text(field, 1024));
    Sent<@Nullable String> webhook = body.sent("webhook_url", field -> body.text(field, 2048));
    return old ->
        new HookDraft.Action(
            implementation.over(old.implementation()),
            builtin.over(old.builtinName()),
            script.over(old.scriptPath()),
            webhook.over(old.webhookUrl()));
  }

  private static int priority(BodyFields body, int absent) {
    return (int) body.number("priority", absent, -Hooks.HIGHEST_PRIORITY, Hooks.HIGHEST_PRIORITY);
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@PathVariable String id, @AuthenticationPrincipal Actor actor) {
    hooks.delete(actor, idOf(id));
  }

  @PostMapping("/{id}/restore")
  HookWire restore(@PathVariable String id, @AuthenticationPrincipal Actor actor) {
    return HookWire.of(hooks.restore(actor, PathIds.deleted("hook_id", id, "Hook")));
  }

  /** What the hook would say of a file with this path and size. */
  @PostMapping("/{id}/test")
  HookTrialWire test(
      @PathVariable String id, @RequestBody(required = false) byte @Nullable [] bytes) {
    Id which = idOf(id);
    BodyFields body = Wording.body(bytes);
    String path = body.requiredText("path", PATH_LIMIT);
    long size = body.number("size", 0, 0, Long.MAX_VALUE);
    Map<String, @Nullable Object> metadata = body.object("metadata");
    body.check();
    return HookTrialWire.of(
        hooks.test(which, HookSubject.of(path, size, metadata == null ? Map.of() : metadata)));
  }

  private static Id idOf(String text) {
    return PathIds.inPath("hook_id", text, "Hook");
  }
}

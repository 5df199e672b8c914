// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import io.entrepot.base.Id;
import io.entrepot.custody.AuditEntry;
import io.entrepot.server.database.Slice;
import io.entrepot.server.identity.Accounts;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.ledger.AuditLog;
import io.entrepot.server.ledger.AuditRecord;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Who did what here, newest first. The address holds the whole filter. */
@Controller
final class AuditPage {

  private static final int PAGE = 50;

  /** What somebody does to no other thing. */
  private static final Set<String> OF_ONESELF = Set.of("login", "logout");

  /** Where a page shows what an entry is about. */
  private static final Map<String, String> ROOMS =
      Map.ofEntries(
          Map.entry("instrument", "instruments"),
          Map.entry("storage_location", "storage"),
          Map.entry("schedule", "schedules"),
          Map.entry("run", "jobs"),
          Map.entry("hook", "hooks"),
          Map.entry("service_account", "accounts"),
          Map.entry("api_key", "keys"),
          Map.entry("user", "people"),
          Map.entry("group", "groups"),
          Map.entry("project", "projects"),
          Map.entry("notice_channel", "notifications/channels"),
          Map.entry("file", "files"));

  /** What can be asked for; not all of it has a page. */
  private static final List<Form.Option> THINGS =
      Stream.concat(ROOMS.keySet().stream(), Stream.of("session", "instrument_request"))
          .map(one -> new Form.Option(one, AuditWords.thing(one)))
          .sorted(Comparator.comparing(Form.Option::label))
          .toList();

  private final AuditLog log;
  private final Accounts accounts;
  private final Words words;
  private final AuditWords spoken;

  AuditPage(AuditLog log, Accounts accounts, Words words, AuditWords spoken) {
    this.log = log;
    this.accounts = accounts;
    this.words = words;
    this.spoken = spoken;
  }

  /**
   * An entry.
   *
   * @param from network address and credential, as far as there are any
   * @param thing the kind of thing it was done to; empty for what somebody does to nothing else
   * @param name what that thing is called; empty where nobody knows
   * @param link to that thing; null where no page shows it
   */
  record Row(
      Moment time,
      String who,
      String from,
      String action,
      String thing,
      String name,
      @Nullable String link,
      List<AuditWords.Line> changes) {}

  @GetMapping(AuditSearch.ADDRESS)
  String list(@RequestParam MultiValueMap<String, String> parameters, Model model) {
    AuditSearch asked = AuditSearch.of(parameters);
    Slice.Part<AuditRecord> found = find(asked);
    boolean more = found.goesOn(new Slice(skip(asked), PAGE, false));
    model.addAttribute("asked", asked);
    model.addAttribute("actions", AuditWords.actions());
    model.addAttribute("things", THINGS);
    model.addAttribute(
        "total", (found.exact() ? "" : "More than ") + Words.count(found.total(), "change"));
    model.addAttribute("rows", rows(found.items()));
    model.addAttribute("csv", asked.export("csv"));
    model.addAttribute("jsonl", asked.export("jsonl"));
    model.addAttribute("older", more ? asked.address(asked.page() + 1) : null);
    model.addAttribute("newest", asked.page() > 0 ? asked.address(0) : null);
    model.addAttribute("clear", asked.isAll() ? null : AuditSearch.ADDRESS);
    model.addAttribute("call", "GET " + asked.call(PAGE));
    return "audit";
  }

  private static int skip(AuditSearch asked) {
    return asked.page() * PAGE;
  }

  /** Somebody whom nobody knows has done nothing. */
  private Slice.Part<AuditRecord> find(AuditSearch asked) {
    Id actor = asked.who().isEmpty() ? null : accounts.idOf(asked.who()).orElse(null);
    if (actor == null && !asked.who().isEmpty()) {
      return new Slice.Part<>(List.of(), 0);
    }
    return log.list(asked.filter(actor), new Slice(skip(asked), PAGE, false));
  }

  private List<Row> rows(List<AuditRecord> found) {
    NamesOnRecord names = spoken.names();
    return found.stream().map(one -> row(one, names)).toList();
  }

  private Row row(AuditRecord found, NamesOnRecord names) {
    AuditEntry entry = found.entry();
    AuditEntry.Person by = entry.actor();
    boolean ownDoing = OF_ONESELF.contains(entry.action());
    boolean house = by.account().equals(Actor.HOUSE.account().hex());
    return new Row(
        words.moment(entry.time()),
        house ? "The server" : by.email().isEmpty() ? "Nobody signed in" : by.email(),
        from(by),
        action(entry),
        ownDoing ? "" : AuditWords.thing(entry, names),
        ownDoing ? "" : AuditWords.named(entry, names),
        link(entry.entity()),
        spoken.changes(entry.changes(), names));
  }

  /** Who makes an account of their own signs up. */
  private static String action(AuditEntry entry) {
    boolean oneself = entry.actor().account().equals(entry.entity().id());
    return oneself && entry.action().equals("create")
        ? "signed up as"
        : AuditWords.action(entry.action(), entry.entity().type());
  }

  /** Where from and with what. */
  private static String from(AuditEntry.Person by) {
    AuditEntry.Credential shown = by.credential();
    return Stream.concat(Stream.of(by.address()), credential(shown))
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(" · "));
  }

  private static Stream<String> credential(AuditEntry.Credential shown) {
    String label =
        switch (shown.label()) {
          case "cookie", "remember" -> "browser session";
          case "jwt" -> "API token";
          default -> shown.label();
        };
    boolean told = shown.kind().equals("session") && !label.equals(shown.label());
    return told ? Stream.of(label) : Stream.of(AuditWords.thing(shown.kind()), label);
  }

  private static @Nullable String link(AuditEntry.Entity entity) {
    return Optional.ofNullable(ROOMS.get(entity.type()))
        .filter(_ -> entity.id().matches("[0-9a-f]{24}"))
        .map(room -> "/ui/" + room + "/" + PageIds.text(new Id(entity.id())))
        .orElse(null);
  }
}

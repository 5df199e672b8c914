// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import io.entrepot.base.Id;
import io.entrepot.custody.AuditEntry;
import io.entrepot.server.database.Json;
import io.entrepot.server.database.Slice;
import io.entrepot.server.identity.Account;
import io.entrepot.server.identity.Accounts;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.identity.AuditTrail;
import io.entrepot.server.ledger.AuditFilter;
import io.entrepot.server.ledger.AuditLog;
import io.entrepot.server.ledger.AuditRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;

/** Who did what to the house, newest first. The address holds the whole filter. */
@Controller
final class AuditPage {

  private static final String ADDRESS = "/ui/audit";
  private static final int PAGE = 50;

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

  private final AuditLog log;
  private final Accounts accounts;
  private final Words words;

  AuditPage(AuditLog log, Accounts accounts, Words words) {
    this.log = log;
    this.accounts = accounts;
    this.words = words;
  }

  /**
   * An entry.
   *
   * @param from network address; empty when it was done by the house itself
   * @param thing the kind of thing it was done to
   * @param link to that thing; null where no page shows it
   */
  record Row(
      Moment time,
      String who,
      String from,
      String action,
      String thing,
      @Nullable String link,
      List<Line> changes) {}

  /** A field that was changed; what was not there before, or is not any more, is empty. */
  record Line(String field, String before, String after) {}

  /**
   * What is asked for.
   *
   * @param who an e-mail address; empty for everybody
   * @param action empty for all
   * @param page from 0
   */
  private record Asked(String who, String action, int page) {

    String address(int other) {
      UriComponentsBuilder address = UriComponentsBuilder.fromPath(ADDRESS);
      if (!who.isEmpty()) {
        address.queryParam("who", "{who}");
      }
      if (!action.isEmpty()) {
        address.queryParam("action", action);
      }
      if (other > 0) {
        address.queryParam("page", other);
      }
      return address.build(who).toString();
    }
  }

  @GetMapping(ADDRESS)
  String list(
      @RequestParam(name = "who", defaultValue = "") String who,
      @RequestParam(name = "action", defaultValue = "") String action,
      @RequestParam(name = "page", defaultValue = "0") String page,
      Model model) {
    Asked asked =
        new Asked(who.strip(), AuditTrail.ACTIONS.contains(action) ? action : "", number(page));
    Id actor = asked.who().isEmpty() ? null : account(asked.who());
    Slice.Part<AuditRecord> found = find(asked, actor);
    boolean more = found.total() > skip(asked) + PAGE;
    model.addAttribute("who", asked.who());
    model.addAttribute("action", asked.action());
    model.addAttribute("actions", AuditTrail.ACTIONS);
    model.addAttribute("total", Words.count(found.total(), "change"));
    model.addAttribute("rows", found.items().stream().map(this::row).toList());
    model.addAttribute("older", more ? asked.address(asked.page() + 1) : null);
    model.addAttribute("newest", asked.page() > 0 ? asked.address(0) : null);
    model.addAttribute("clear", asked.who().isEmpty() && asked.action().isEmpty() ? null : ADDRESS);
    model.addAttribute("call", call(asked, actor));
    return "audit";
  }

  private static int number(String page) {
    return page.matches("\\d{1,6}") ? Integer.parseInt(page) : 0;
  }

  private static int skip(Asked asked) {
    return asked.page() * PAGE;
  }

  /** Somebody whom nobody knows has done nothing. */
  private Slice.Part<AuditRecord> find(Asked asked, @Nullable Id actor) {
    if (actor == null && !asked.who().isEmpty()) {
      return new Slice.Part<>(List.of(), 0);
    }
    String action = asked.action().isEmpty() ? null : asked.action();
    return log.list(
        new AuditFilter(null, action, actor, null, null), new Slice(skip(asked), PAGE, false));
  }

  private @Nullable Id account(String who) {
    return accounts.findByEmail(who).map(Account::id).orElse(null);
  }

  private static String call(Asked asked, @Nullable Id actor) {
    String who = actor == null ? "" : "&actor_id=" + PageIds.text(actor);
    String action = asked.action().isEmpty() ? "" : "&action=" + asked.action();
    return "GET /api/admin/audit-logs?limit=" + PAGE + who + action;
  }

  /** A word of the log as people write it. */
  private static String spoken(String word) {
    return word.replace('_', ' ');
  }

  private Row row(AuditRecord found) {
    AuditEntry entry = found.entry();
    AuditEntry.Person by = entry.actor();
    boolean house = by.account().equals(Actor.HOUSE.account().hex());
    return new Row(
        words.moment(entry.time()),
        house ? "The house itself" : by.email().isEmpty() ? "Nobody signed in" : by.email(),
        entry.actor().address(),
        spoken(entry.action()),
        spoken(entry.entity().type()),
        link(entry.entity()),
        changes(entry.changes()));
  }

  private static @Nullable String link(AuditEntry.Entity entity) {
    return Optional.ofNullable(ROOMS.get(entity.type()))
        .filter(_ -> entity.id().matches("[0-9a-f]{24}"))
        .map(room -> "/ui/" + room + "/" + PageIds.text(new Id(entity.id())))
        .orElse(null);
  }

  private static List<Line> changes(String json) {
    List<Line> lines = new ArrayList<>();
    Map<String, @Nullable Object> changes = Json.object(json);
    if (changes != null) {
      changes.forEach(
          (field, change) -> {
            if (change instanceof Map<?, ?> both) {
              lines.add(new Line(field, text(both.get("before")), text(both.get("after"))));
            }
          });
    }
    return lines;
  }

  private static String text(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case String text -> text;
      case Map<?, ?> members -> members.toString();
      case List<?> items -> items.toString();
      default -> value.toString();
    };
  }
}

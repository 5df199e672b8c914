// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import io.entrepot.base.Id;
import io.entrepot.custody.AuditEntry;
import io.entrepot.server.database.Json;
import io.entrepot.server.identity.AuditTrail;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Entries of the audit log in the words of the pages. */
@Component
final class AuditWords {

  private static final Map<String, String> ACTIONS =
      Map.ofEntries(
          Map.entry("create", "added"),
          Map.entry("update", "changed"),
          Map.entry("delete", "deleted"),
          Map.entry("restore", "restored"),
          Map.entry("grant", "let somebody into"),
          Map.entry("revoke", "ended"),
          Map.entry("trigger", "started"),
          Map.entry("retry", "tried again"),
          Map.entry("cancel", "cancelled"),
          Map.entry("reveal", "read the secret of"),
          Map.entry("login", "signed in"),
          Map.entry("login_failed", "failed to sign in"),
          Map.entry("link_asked", "asked for a recovery link"),
          Map.entry("key_refused", "was refused here with an"),
          Map.entry("logout", "signed out"));

  /** What nobody who is known did, by the words that come before whose address it was. */
  private static final Map<String, String> BY_NOBODY =
      Map.of(
          "login_failed", "failed to sign in as",
          "link_asked", "asked for a recovery link for");

  private static final Map<String, String> THINGS =
      Map.of(
          "user", "person",
          "run", "job",
          "api_key", "API key",
          "notice_channel", "channel");

  private static final Map<String, String> FIELDS =
      Map.ofEntries(
          Map.entry("email", "e-mail"),
          Map.entry("is_active", "can sign in"),
          Map.entry("is_verified", "e-mail confirmed"),
          Map.entry("is_superuser", "administrator"),
          Map.entry("deleted_at", "deleted"),
          Map.entry("expires_at", "ends"),
          Map.entry("doors", "for these APIs"),
          Map.entry("scope", "may"),
          Map.entry("default_storage_location_id", "into"),
          Map.entry("cron_expression", "when"),
          Map.entry("timezone", "time zone"),
          Map.entry("misfire", "when no server ran"),
          Map.entry("enabled", "switched on"),
          Map.entry("grantee", "who"),
          Map.entry("grantee_type", "kind"),
          Map.entry("account", "of"),
          Map.entry("others", "other sign-ins"),
          Map.entry("run", "job"),
          Map.entry("cifs_host", "computer"),
          Map.entry("cifs_share", "share"),
          Map.entry("cifs_base_path", "folder"),
          Map.entry("base_path", "folder"));

  private static final Map<String, String> CHOICES =
      Map.of(
          "role standard", "User",
          "role admin", "Administrator",
          "misfire coalesce", "one run makes up for all",
          "misfire skip", "passed over",
          "misfire all", "a run makes up for each");

  /** Whose ids stand in a field. */
  private static final Map<String, List<Room>> NAMED =
      Map.of(
          "instrument_id", List.of(Room.INSTRUMENTS),
          "default_storage_location_id", List.of(Room.STORAGE),
          "service_account_id", List.of(Room.ACCOUNTS),
          "account", List.of(Room.PEOPLE),
          "member", List.of(Room.PEOPLE, Room.GROUPS),
          "grantee", List.of(Room.PEOPLE, Room.GROUPS, Room.PROJECTS));

  /** Where the things of a kind are kept. */
  private static final Map<String, Room> ROOMS =
      Map.of(
          "instrument", Room.INSTRUMENTS,
          "storage_location", Room.STORAGE,
          "schedule", Room.SCHEDULES,
          "hook", Room.HOOKS,
          "service_account", Room.ACCOUNTS,
          "user", Room.PEOPLE,
          "group", Room.GROUPS,
          "project", Room.PROJECTS);

  /** What people are let into and taken out of. */
  private static final Set<String> SHARED = Set.of("group", "project", "instrument", "file");

  private static final String ID = "[0-9a-f]{24}";

  private final Deletions deletions;
  private final Words words;

  AuditWords(Deletions deletions, Words words) {
    this.deletions = deletions;
    this.words = words;
  }

  /** A field that was changed; what was not there before, or is not any more, is empty. */
  record Line(String field, Value before, Value after) {}

  /**
   * What stood in a field.
   *
   * @param moment the same, for a time; null for all else
   * @param link to what it names; null where that is nothing with a page
   */
  record Value(String text, @Nullable Moment moment, @Nullable String link) {
    private static Value of(String text) {
      return new Value(text, null, null);
    }
  }

  static List<Form.Option> actions() {
    return AuditTrail.ACTIONS.stream().map(one -> new Form.Option(one, action(one))).toList();
  }

  private static String action(String word) {
    return ACTIONS.getOrDefault(word, spoken(word));
  }

  /** What was done, to a thing of this kind. */
  static String action(String word, String thing) {
    return word.equals("revoke") && SHARED.contains(thing)
        ? "took somebody out of"
        : BY_NOBODY.getOrDefault(word, action(word));
  }

  /** What it was done to: the kind of thing, or whose address it was where that is all there is. */
  static String thing(AuditEntry entry, NamesOnRecord names) {
    String id = entry.entity().id();
    if (!BY_NOBODY.containsKey(entry.action())) {
      return thing(entry.entity().type());
    }
    return id.matches(ID) ? names.name(List.of(Room.PEOPLE), new Id(id)) : "an unknown address";
  }

  /**
   * What it is called, or was: as the house knows it, or else as the entry itself says; empty where
   * neither does.
   */
  static String named(AuditEntry entry, NamesOnRecord names) {
    AuditEntry.Entity entity = entry.entity();
    if (BY_NOBODY.containsKey(entry.action())) {
      return "";
    }
    Room room = ROOMS.get(entity.type());
    if (room != null && entity.id().matches(ID)) {
      String name = names.name(List.of(room), new Id(entity.id()));
      if (!name.equals(entity.id())) {
        return name;
      }
    }
    Map<String, @Nullable Object> changes = Json.object(entry.changes());
    if (changes != null && changes.get("name") instanceof Map<?, ?> name) {
      Object now = name.get("after") == null ? name.get("before") : name.get("after");
      return now == null ? "" : now.toString();
    }
    return "";
  }

  static String thing(String word) {
    return THINGS.getOrDefault(word, spoken(word));
  }

  /** For one page. */
  NamesOnRecord names() {
    return new NamesOnRecord(deletions);
  }

  List<Line> changes(String json, NamesOnRecord names) {
    List<Line> lines = new ArrayList<>();
    Map<String, @Nullable Object> changes = Json.object(json);
    if (changes != null) {
      changes.forEach(
          (field, change) -> {
            if (change instanceof Map<?, ?> both) {
              Value before = value(field, both.get("before"), names);
              Value after = value(field, both.get("after"), names);
              if (!before.text().isEmpty() || !after.text().isEmpty()) {
                lines.add(new Line(field(field), before, after));
              }
            }
          });
    }
    return lines;
  }

  private static String field(String word) {
    return FIELDS.getOrDefault(word, spoken(word.replaceFirst("_id$", "")));
  }

  private static String spoken(String word) {
    return word.replace('_', ' ');
  }

  private Value value(String field, @Nullable Object value, NamesOnRecord names) {
    String text = text(value);
    Moment moment = moment(text);
    if (moment != null) {
      return new Value(moment.exact(), moment, null);
    }
    if (!text.matches(ID)) {
      return Value.of(CHOICES.getOrDefault(field + " " + text, text));
    }
    Id id = new Id(text);
    if (field.equals("run")) {
      return new Value("the one it started", null, "/ui/jobs/" + PageIds.text(id));
    }
    List<Room> rooms = NAMED.getOrDefault(field, List.of());
    return Value.of(rooms.isEmpty() ? text : names.name(rooms, id));
  }

  private static String text(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case Boolean yes -> yes ? "yes" : "no";
      case Map<?, ?> members ->
          members.entrySet().stream()
              .map(one -> spoken(String.valueOf(one.getKey())) + " " + text(one.getValue()))
              .collect(Collectors.joining(", "));
      case List<?> items -> items.stream().map(AuditWords::text).collect(Collectors.joining(", "));
      default -> value.toString();
    };
  }

  private @Nullable Moment moment(String text) {
    try {
      return text.endsWith("Z") ? words.moment(Instant.parse(text)) : null;
    } catch (DateTimeException _) {
      return null;
    }
  }
}

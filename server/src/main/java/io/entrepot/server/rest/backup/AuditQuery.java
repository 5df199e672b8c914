// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.backup;

import io.entrepot.base.FieldProblem;
import io.entrepot.base.FieldProblem.Place;
import io.entrepot.base.Id;
import io.entrepot.base.InvalidFieldsException;
import io.entrepot.base.UuidText;
import io.entrepot.server.database.Micros;
import io.entrepot.server.identity.Accounts;
import io.entrepot.server.ledger.AuditFilter;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which records of the audit log a request asks for. Keys left empty count as not sent. */
final class AuditQuery {

  /** An id that nothing has. */
  private static final Id NOBODY = new Id("f".repeat(24));

  private final Map<String, List<String>> keys;
  private final List<FieldProblem> problems = new ArrayList<>();

  private AuditQuery(Map<String, List<String>> keys) {
    this.keys = keys;
  }

  /**
   * @throws InvalidFieldsException naming the keys whose value cannot be used
   */
  static AuditFilter filter(Map<String, List<String>> keys, Accounts accounts) {
    AuditQuery query = new AuditQuery(keys);
    String email = query.text("actor");
    Id actor = query.id("actor_id");
    Id entity = query.id("entity_id");
    String type = query.text("entity_type");
    if (email != null && actor != null) {
      query.refuse("actor_id", "This cannot be there together with actor.", null);
    }
    if (entity != null && type == null) {
      query.refuse("entity_type", "This has to be there together with entity_id.", null);
    }
    AuditFilter filter =
        new AuditFilter(
            type == null ? null : new AuditFilter.Thing(type, entity),
            query.text("action"),
            email == null ? actor : accounts.idOf(email).orElse(NOBODY),
            query.time("since", 0),
            query.time("until", 1));
    if (!query.problems.isEmpty()) {
      throw new InvalidFieldsException(query.problems);
    }
    return filter;
  }

  private @Nullable String text(String name) {
    String text = last(keys, name);
    if (text.indexOf('\0') >= 0) {
      refuse(name, "The character NUL is not allowed.", text);
    }
    return text.isEmpty() ? null : text;
  }

  private @Nullable Id id(String name) {
    String text = text(name);
    if (text == null) {
      return null;
    }
    try {
      return UuidText.parse(text)
          .map(Id::fromUuid)
          .orElseGet(
              () -> {
                refuse(name, "This has to be a UUID.", text);
                return NOBODY;
              });
    } catch (IllegalArgumentException noneOfOurs) {
      return NOBODY;
    }
  }

  /**
   * @param days how many to add where no more than a day was named
   */
  private @Nullable Instant time(String name, int days) {
    String text = text(name);
    if (text == null) {
      return null;
    }
    try {
      Instant time =
          text.indexOf('T') < 0
              ? LocalDate.parse(text).plusDays(days).atStartOfDay(ZoneOffset.UTC).toInstant()
              : OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
      if (Micros.canHold(time)) {
        return time;
      }
    } catch (DateTimeException _) {
      // It is told below.
    }
    refuse(name, "This has to be a day or a time with its zone, as 2026-01-31T12:00:00Z.", text);
    return null;
  }

  /** The last value of a key; empty when it was not sent. */
  static String last(Map<String, List<String>> keys, String name) {
    List<String> values = keys.get(name);
    return values == null || values.isEmpty() ? "" : values.getLast().strip();
  }

  private void refuse(String name, String why, @Nullable String text) {
    problems.add(FieldProblem.of(name, "value_error", why, text).in(Place.QUERY));
  }
}

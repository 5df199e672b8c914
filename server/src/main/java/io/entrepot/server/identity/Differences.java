// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.identity;

import io.entrepot.server.identity.AuditTrail.Change;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What differs between two versions of one thing, for the audit trail. */
final class Differences {

  private Differences() {}

  /**
   * @param before null for an account that is new
   */
  static Map<String, Change> of(@Nullable Account before, Account after) {
    return between(before == null ? Map.of() : shown(before), shown(after));
  }

  /**
   * @param before null for a team that is new
   */
  static Map<String, Change> of(@Nullable Team before, Team after) {
    return between(before == null ? Map.of() : shown(before), shown(after));
  }

  private static Map<String, Change> between(
      Map<String, ? extends @Nullable Object> before,
      Map<String, ? extends @Nullable Object> after) {
    Map<String, Change> changes = new LinkedHashMap<>();
    after.forEach(
        (field, value) -> {
          if (!Objects.equals(before.get(field), value)) {
            changes.put(field, new Change(before.get(field), value));
          }
        });
    return changes;
  }

  private static Map<String, @Nullable Object> shown(Account account) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("email", account.email());
    fields.put("role", account.role().name().toLowerCase(Locale.ROOT));
    fields.put("is_active", account.active());
    fields.put("is_verified", account.verified());
    fields.put("deleted_at", text(account.deletedAt()));
    return fields;
  }

  private static Map<String, @Nullable Object> shown(Team team) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("name", team.name());
    fields.put("description", team.description());
    fields.put("deleted_at", text(team.deletedAt()));
    return fields;
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }
}

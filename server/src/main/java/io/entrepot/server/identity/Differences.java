// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.identity;

import io.entrepot.base.CidrBlock;
import io.entrepot.server.ledger.Change;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What differs between two versions of one thing, for the audit trail. */
final class Differences {

  private Differences() {}

  /**
   * @param before null for an account that is new
   */
  static Map<String, Change> of(@Nullable Account before, Account after) {
    return Change.between(before == null ? Map.of() : shown(before), shown(after));
  }

  /**
   * @param before null for a team that is new
   */
  static Map<String, Change> of(@Nullable Team before, Team after) {
    return Change.between(before == null ? Map.of() : shown(before), shown(after));
  }

  /** What a new key is. */
  static Map<String, Change> of(ApiKey made) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("name", made.name());
    fields.put("scope", made.limits().scope().word());
    fields.put("doors", made.limits().doors().stream().map(Door::word).toList());
    fields.put("networks", made.limits().networks().stream().map(CidrBlock::text).toList());
    fields.put("expires_at", made.limits().expiresAt());
    return Change.between(Map.of(), fields);
  }

  private static Map<String, @Nullable Object> shown(Account account) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("email", account.email());
    fields.put("role", account.role().name().toLowerCase(Locale.ROOT));
    fields.put("is_active", account.active());
    fields.put("is_verified", account.verified());
    fields.put("deleted_at", account.deletedAt());
    return fields;
  }

  private static Map<String, @Nullable Object> shown(Team team) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("name", team.name());
    fields.put("description", team.description());
    fields.put("deleted_at", team.deletedAt());
    return fields;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.harvest;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.entrepot.server.identity.Account;
import io.entrepot.server.identity.Role;
import io.entrepot.server.rest.fields.WireIds;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An account as this family shows it: two roles, and never anything of its password. */
record UserWire(
    String id,
    String email,
    @JsonProperty("is_active") boolean active,
    @JsonProperty("is_superuser") boolean superuser,
    @JsonProperty("is_verified") boolean verified,
    String role,
    @JsonProperty("deleted_at") @Nullable Instant deletedAt) {

  /** The roles this family knows. */
  enum WireRole {
    USER,
    ADMIN;

    static WireRole of(Role role) {
      return role == Role.ADMIN ? ADMIN : USER;
    }

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static UserWire of(Account account) {
    return new UserWire(
        WireIds.text(account.id()),
        account.email(),
        account.active(),
        account.role() == Role.ADMIN,
        account.verified(),
        WireRole.of(account.role()).word(),
        account.deletedAt());
  }
}

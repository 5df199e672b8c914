// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.backup;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.entrepot.server.identity.Account;
import io.entrepot.server.identity.Role;
import java.util.Locale;

/**
 * An account as this family shows it.
 *
 * @param username what one signs in with: the address
 * @param role {@code admin}, {@code employee} or {@code standard}
 */
record PersonWire(
    String id,
    String username,
    String email,
    String role,
    @JsonProperty("created_at") String createdAt) {

  /**
   * @param role the one that counts now, which a key may make less than the account's own
   */
  static PersonWire of(Account account, Role role) {
    return new PersonWire(
        Wire.id(account.id()),
        account.email(),
        account.email(),
        role.name().toLowerCase(Locale.ROOT),
        Wire.time(account.createdAt()));
  }
}

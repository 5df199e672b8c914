// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.identity;

import io.entrepot.base.Id;

/**
 * Who acts: a signed-in account, or the house itself.
 *
 * @param account the account's id; all zeros for the house
 * @param email as shown in audit records
 */
public record Actor(Id account, String email, Role role) {

  /** Scheduled work and maintenance. */
  public static final Actor HOUSE = new Actor(new Id("0".repeat(24)), "entrepot", Role.ADMIN);

  public boolean isAdmin() {
    return role == Role.ADMIN;
  }
}

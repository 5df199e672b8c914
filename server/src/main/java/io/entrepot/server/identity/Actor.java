// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.identity;

import io.entrepot.base.Id;
import io.entrepot.custody.AuditEntry.Credential;

/**
 * Who acts: a signed-in account, or the house itself; and from where and with what, for the audit
 * log.
 *
 * @param account the account's id; all zeros for the house
 * @param email as shown in audit records
 * @param address network address of the request; empty when there is none
 * @param credential what was shown
 */
public record Actor(Id account, String email, Role role, String address, Credential credential) {

  /** Scheduled work and maintenance. */
  public static final Actor HOUSE =
      new Actor(
          new Id("0".repeat(24)), "entrepot", Role.ADMIN, "", new Credential("system", "", ""));

  /** Somebody of whom it is not known how they came. */
  public Actor(Id account, String email, Role role) {
    this(account, email, role, "", Credential.UNKNOWN);
  }

  public boolean isAdmin() {
    return role == Role.ADMIN;
  }

  /** The same one, coming from there. */
  Actor from(String address) {
    return new Actor(account, email, role, address, credential);
  }

  /** The same one, having shown this. */
  Actor with(Credential shown) {
    return new Actor(account, email, role, address, shown);
  }
}

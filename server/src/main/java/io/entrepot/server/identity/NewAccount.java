// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.identity;

import io.entrepot.base.InvalidFieldsException;

/**
 * An account somebody wants.
 *
 * @param role what it is to be; anything above {@code STANDARD} only an administrator can give
 */
public record NewAccount(String email, String password, Role role) {

  /**
   * @throws InvalidFieldsException when the address is none
   */
  public NewAccount {
    email = EmailAddress.checked(email.strip());
  }

  @Override
  public String toString() {
    return "NewAccount[email=" + email + ", role=" + role + "]";
  }
}

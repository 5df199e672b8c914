// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.identity;

/**
 * An account somebody wants.
 *
 * @param role what it is to be; anything above {@code STANDARD} only an administrator can give
 */
public record NewAccount(String email, String password, Role role) {

  @Override
  public String toString() {
    return "NewAccount[email=" + email + ", role=" + role + "]";
  }
}

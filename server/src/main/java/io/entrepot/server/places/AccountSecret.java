// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.places;

import org.jspecify.annotations.Nullable;

/**
 * The part of a service account that is never shown.
 *
 * @param privateKey an SSH private key as text
 * @param hostKey the host key that the far side must have, in OpenSSH's public key form
 */
public record AccountSecret(
    @Nullable String password,
    @Nullable String privateKey,
    @Nullable String passphrase,
    @Nullable String hostKey) {

  /** That of an account that has none yet. */
  static final AccountSecret NONE = new AccountSecret(null, null, null, null);

  @Override
  public String toString() {
    return "AccountSecret[****]";
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.places;

import io.entrepot.base.Secrets;
import io.entrepot.server.ledger.Change;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The part of a service account that is not shown; of it the password alone may be, where the
 * server is set to show passwords.
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

  /** By their names in the API. */
  Map<String, @Nullable String> parts() {
    Map<String, @Nullable String> parts = new LinkedHashMap<>();
    parts.put("password", password);
    parts.put("private_key", privateKey);
    parts.put("passphrase", passphrase);
    parts.put("host_key", hostKey);
    return parts;
  }

  /** Which parts are others than before, without what they are. */
  Map<String, Change> changesFrom(AccountSecret before) {
    Map<String, Change> changes = new LinkedHashMap<>();
    parts()
        .forEach(
            (name, now) -> {
              String then = before.parts().get(name);
              if (!Objects.equals(then, now)) {
                changes.put(name, new Change(mask(then), mask(now)));
              }
            });
    return changes;
  }

  private static @Nullable String mask(@Nullable String part) {
    return part == null ? null : Secrets.MASK;
  }

  @Override
  public String toString() {
    return "AccountSecret[****]";
  }
}

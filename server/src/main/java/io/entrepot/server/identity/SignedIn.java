// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.identity;

import io.entrepot.base.Id;

/**
 * What a credential proved: who it is, and which login it belongs to.
 *
 * @param actor the live, enabled account behind the credential, with its role of now
 * @param login the row to revoke for this login to end; for an API key, the key's own id
 * @param readOnly whether the credential is good for looking only
 */
public record SignedIn(Actor actor, Id login, boolean readOnly) {

  /** A credential that is good for all its owner may do. */
  public SignedIn(Actor actor, Id login) {
    this(actor, login, false);
  }
}

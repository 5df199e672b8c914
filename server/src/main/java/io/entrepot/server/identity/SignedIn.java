// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.identity;

import io.entrepot.base.Id;

/**
 * What a credential proved: who it is, and which login it belongs to.
 *
 * @param actor the live, enabled account behind the credential, with its role of now
 * @param kind what was presented; a cookie is sent by the browser unasked, so it alone is subject
 *     to the same-origin rule
 * @param login the row to revoke for this login to end; for an API key, the key's own id
 * @param readOnly whether the credential is good for looking only
 */
public record SignedIn(Actor actor, Kind kind, Id login, boolean readOnly) {

  /** What was presented. */
  public enum Kind {
    JWT,
    COOKIE,
    API_KEY,
    SESSION_KEY
  }

  /** A credential that is good for all its owner may do. */
  public SignedIn(Actor actor, Kind kind, Id login) {
    this(actor, kind, login, false);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import java.util.Set;

/** Who may call an endpoint at all. What they may see there is the service's business. */
public enum Access {
  PUBLIC,
  SIGNED_IN,
  /** As {@link #SIGNED_IN}, and programs on this machine though nobody has signed in there. */
  SIGNED_IN_OR_LOCAL,
  /** Who signed in with a password; no key will do, so that none can make others or end logins. */
  LOGIN,
  ADMIN,
  /** An administrator who signed in with a password: whoever changes people can become any. */
  ADMIN_LOGIN,
  /** As {@link #ADMIN}; a door that tells its refusal in fewer words. */
  SUPERUSER,
  /** As {@link #ADMIN_LOGIN}, in those words. */
  SUPERUSER_LOGIN,
  /** Programs on this machine, whoever has the token for it, and {@link #ADMIN}. */
  MONITOR;

  private static final Set<Access> LOGINS = Set.of(LOGIN, ADMIN_LOGIN, SUPERUSER_LOGIN);

  /** Whether no API key will do, be it an administrator's. */
  public boolean needsLogin() {
    return LOGINS.contains(this);
  }
}

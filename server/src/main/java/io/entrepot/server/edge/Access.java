// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

/** Who may call an endpoint at all. What they may see there is the service's business. */
public enum Access {
  PUBLIC,
  SIGNED_IN,
  /** Who signed in with a password; no key will do, so that none can make others or end logins. */
  LOGIN,
  ADMIN,
  /** As {@link #ADMIN}; a door that tells its refusal in fewer words. */
  SUPERUSER,
  /** Programs on this machine, whoever has the token for it, and {@link #ADMIN}. */
  MONITOR
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs;

import java.util.Locale;

/** What becomes of the ticks that fell into a time when no server ran. Stored in lower case. */
public enum Misfire {
  /** One job makes up for all of them. */
  COALESCE,
  /** They are passed over. */
  SKIP,
  /** Each gets its job, the oldest first, up to a limit. */
  ALL;

  String stored() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Misfire of(String stored) {
    return valueOf(stored.toUpperCase(Locale.ROOT));
  }
}

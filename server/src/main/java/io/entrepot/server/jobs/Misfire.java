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

  /** Its name in lower case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Misfire ofWord(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs;

import java.util.Locale;

/** How much a line of a job's log matters. Stored in lower case. */
public enum LogLevel {
  DEBUG,
  INFO,
  WARNING,
  ERROR;

  public String stored() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static LogLevel of(String stored) {
    return valueOf(stored.toUpperCase(Locale.ROOT));
  }
}

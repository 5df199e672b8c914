// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs;

import java.util.Locale;

/** How a step stands. Stored in lower case. */
public enum StepState {
  PENDING,
  RUNNING,
  COMPLETED,
  FAILED;

  public String stored() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static StepState of(String stored) {
    return valueOf(stored.toUpperCase(Locale.ROOT));
  }
}

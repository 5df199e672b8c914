// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs;

import io.entrepot.base.Id;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How one due time of a schedule was dealt with.
 *
 * @param job the job it started; null when it was passed over
 * @param reason why it was passed over; null otherwise
 */
public record Tick(
    Instant scheduledFor, Outcome outcome, @Nullable Id job, @Nullable String reason) {

  /** Stored in lower case. */
  public enum Outcome {
    STARTED,
    /** An earlier job of the schedule was still unfinished. */
    OVERLAP,
    /** What the schedule works on is switched off. */
    DISABLED,
    /** No server ran when it was due, and the schedule does not make up for it. */
    MISSED;

    public String stored() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Outcome of(String stored) {
      return valueOf(stored.toUpperCase(Locale.ROOT));
    }
  }
}

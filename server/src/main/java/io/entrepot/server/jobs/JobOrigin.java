// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs;

import io.entrepot.base.Id;
import io.entrepot.server.identity.Actor;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a job comes from.
 *
 * @param owner the account that ordered it; the house for scheduled work
 * @param schedule the schedule that started it, by itself or by hand
 * @param scheduledFor the tick it answers; null when it was started by hand
 * @param retryOf the job that this one tries again
 */
public record JobOrigin(
    Id owner, @Nullable Id schedule, @Nullable Instant scheduledFor, @Nullable Id retryOf) {

  public static JobOrigin by(Actor actor) {
    return new JobOrigin(actor.account(), null, null, null);
  }

  public Trigger trigger() {
    if (retryOf != null) {
      return Trigger.RETRY;
    }
    return scheduledFor == null ? Trigger.MANUAL : Trigger.SCHEDULE;
  }

  /** What made a job start. */
  public enum Trigger {
    SCHEDULE,
    MANUAL,
    RETRY
  }
}

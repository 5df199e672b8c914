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
 * @param scheduledFor the tick it answers; null when it was started by hand, or by the house before
 *     its time
 * @param retryOf the job that this one tries again
 */
public record JobOrigin(
    Id owner, @Nullable Id schedule, @Nullable Instant scheduledFor, @Nullable Id retryOf) {

  public static JobOrigin by(Actor actor) {
    return new JobOrigin(actor.account(), null, null, null);
  }

  /** The house starts it before its time, for the sake of what failed. */
  public static JobOrigin again(Id schedule) {
    return new JobOrigin(Actor.HOUSE.account(), schedule, null, null);
  }

  /** Whether nobody asked for it: it answers a tick, or was brought forward. */
  public boolean byTheClock() {
    return schedule != null && retryOf == null && owner.equals(Actor.HOUSE.account());
  }

  public Trigger trigger() {
    if (retryOf != null || (byTheClock() && scheduledFor == null)) {
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

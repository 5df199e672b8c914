// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.metrics;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** How often something was done since the start, and how long that took in all. */
public final class TimeTaken {

  private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

  private final InstantSource clock;
  private final LongAdder times = new LongAdder();
  private final LongAdder nanos = new LongAdder();

  public TimeTaken(InstantSource clock) {
    this.clock = clock;
  }

  /** Does it, and counts it whether it succeeds or throws. */
  public <T> T by(Supplier<T> work) {
    Instant begun = clock.instant();
    try {
      return work.get();
    } finally {
      // A clock that was set back took nothing away.
      nanos.add(Math.max(0, Duration.between(begun, clock.instant()).toNanos()));
      times.increment();
    }
  }

  /** Its samples, in seconds. */
  public void write(MetricText.Figure summary) {
    summary.part("_sum", nanos.sum() / NANOS);
    summary.part("_count", times.sum());
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs.engine;

import io.entrepot.server.jobs.LogLevel;
import io.entrepot.server.jobs.LogLine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Packs the logs of jobs that ended a while ago, and lets go of those that were kept long. */
final class LogKeeper {

  /** People look at a log most while its job runs and soon after. */
  static final Duration LOOKED_AT = Duration.ofHours(1);

  /** So that a pulse with much to do lets the others have their turn at the database. */
  private static final int AT_ONCE = 100;

  private final LogTable logs;
  private final InstantSource clock;
  private final Duration kept;

  /**
   * @param kept how long after the end of its job a log can be read
   */
  LogKeeper(LogTable logs, InstantSource clock, Duration kept) {
    this.logs = logs;
    this.clock = clock;
    this.kept = kept;
  }

  void keep() {
    Instant now = clock.instant();
    logs.unpacked(now.minus(LOOKED_AT), AT_ONCE).forEach(logs::pack);
    LogLine epitaph =
        new LogLine(
            1,
            now,
            LogLevel.INFO,
            "This log was kept for %d days after its job had ended; it is gone."
                .formatted(kept.toDays()));
    logs.forget(now.minus(kept), epitaph);
  }
}

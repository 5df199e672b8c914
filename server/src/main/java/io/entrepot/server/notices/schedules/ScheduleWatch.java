// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.notices.schedules;

import io.entrepot.server.rounds.Rounds;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Makes both look again and again. */
final class ScheduleWatch implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(ScheduleWatch.class);

  private static final Duration BETWEEN_RUNS = Duration.ofSeconds(3);
  private static final Duration BETWEEN_ALARMS = Duration.ofSeconds(60);
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final RunTelling runs;
  private final MissedRuns missed;
  private final Rounds rounds = new Rounds("schedule-watch", PATIENCE, LOG);

  ScheduleWatch(RunTelling runs, MissedRuns missed) {
    this.runs = runs;
    this.missed = missed;
  }

  @Override
  public void start() {
    rounds.start();
    every(BETWEEN_RUNS, "It was not looked how runs went; it is tried again.", runs::look);
    every(BETWEEN_ALARMS, "It was not looked which runs are missing.", missed::look);
    every(Duration.ofDays(1), "Runs that were told of were not forgotten.", runs::forget);
  }

  private void every(Duration pause, String failure, Runnable work) {
    rounds.every(pause, pause, failure, work);
  }

  @Override
  public void stop() {
    rounds.stop();
  }

  @Override
  public boolean isRunning() {
    return rounds.isRunning();
  }
}

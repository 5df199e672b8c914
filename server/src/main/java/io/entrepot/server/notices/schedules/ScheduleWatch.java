// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.notices.schedules;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Makes both look again and again. */
final class ScheduleWatch implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(ScheduleWatch.class);

  private static final int SECONDS_BETWEEN_RUNS = 3;
  private static final int SECONDS_BETWEEN_ALARMS = 60;

  private static final int PATIENCE_SECONDS = 3;

  private final RunTelling runs;
  private final MissedRuns missed;
  private volatile ScheduledExecutorService clock = stopped();
  private volatile String complaint = "";

  ScheduleWatch(RunTelling runs, MissedRuns missed) {
    this.runs = runs;
    this.missed = missed;
  }

  private static ScheduledExecutorService stopped() {
    ScheduledExecutorService none = Executors.newSingleThreadScheduledExecutor();
    none.shutdown();
    return none;
  }

  @Override
  public void start() {
    ScheduledExecutorService fresh =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("schedule-watch").daemon().factory());
    every(fresh, SECONDS_BETWEEN_RUNS, TimeUnit.SECONDS, runs::look);
    every(fresh, SECONDS_BETWEEN_ALARMS, TimeUnit.SECONDS, missed::look);
    every(fresh, 1, TimeUnit.DAYS, runs::forget);
    clock = fresh;
  }

  private void every(ScheduledExecutorService on, int pause, TimeUnit unit, Runnable work) {
    var _ = on.scheduleWithFixedDelay(() -> guarded(work), pause, pause, unit);
  }

  /** An executor never runs a task again that threw, and the next look may well succeed. */
  private void guarded(Runnable work) {
    try {
      work.run();
      complaint = "";
    } catch (RuntimeException e) {
      String message = String.valueOf(e.getMessage());
      if (!message.equals(complaint)) {
        complaint = message;
        LOG.error("Schedules were not looked after; it is tried again.", e);
      }
    }
  }

  @Override
  public void stop() {
    clock.shutdown();
    try {
      if (!clock.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        clock.shutdownNow();
      }
    } catch (InterruptedException _) {
      clock.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return !clock.isShutdown();
  }
}

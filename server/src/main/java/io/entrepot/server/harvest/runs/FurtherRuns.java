// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.runs;

import io.entrepot.base.ErrorCode;
import io.entrepot.base.Id;
import io.entrepot.server.jobs.JobContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the next run of a schedule before its own time: when a file that failed is due, or when
 * a store that could not be reached is looked for again.
 */
public final class FurtherRuns {

  /** So that a file which fails again and again does not start run after run. */
  private static final Duration BETWEEN_RUNS = Duration.ofSeconds(30);

  private final HarvestTools tools;
  private final Scheduled scheduled;

  FurtherRuns(HarvestTools tools, Scheduled scheduled) {
    this.tools = tools;
    this.scheduled = scheduled;
  }

  /** The runs of schedules. */
  public interface Scheduled {

    /** Asks for a run before the schedule's own time. */
    void noLaterThan(Id schedule, Instant due);

    /** How many of the newest runs that ended failed one after the other, up to a number. */
    int failedInARow(Id schedule, int most);

    /**
     * When the harvest began that has been under way longest, on whichever server; empty when none
     * is.
     */
    Optional<Instant> underWaySince();
  }

  /**
   * To be called at the end of a run.
   *
   * @param begun when the run began
   * @param gone why a store could not be worked with any more; null when all were
   */
  void after(JobContext job, HarvestOrder order, Instant begun, @Nullable ErrorCode gone) {
    Id schedule = job.order().origin().schedule();
    if (schedule == null || order.dryRun()) {
      return;
    }
    Instant now = tools.clock().instant();
    Optional<Instant> again =
        gone == null
            ? Optional.empty()
            : Retry.run(1 + scheduled.failedInARow(schedule, Retry.MOST_TRIES), gone, now);
    job.effect(
        () ->
            Stream.of(fileDue(order, begun, now.plus(BETWEEN_RUNS)), again)
                .flatMap(Optional::stream)
                .min(Instant::compareTo)
                .ifPresent(due -> scheduled.noLaterThan(schedule, due)));
  }

  /** When a file that failed in this run, or is still to be waited for, is due. */
  private Optional<Instant> fileDue(HarvestOrder order, Instant begun, Instant soonest) {
    return tools
        .ingest()
        .nextRetry(order.instrument(), order.storageLocation(), begun, Retry.MOST_TRIES)
        .map(due -> due.isBefore(soonest) ? soonest : due);
  }
}

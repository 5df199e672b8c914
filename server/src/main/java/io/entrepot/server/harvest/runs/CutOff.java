// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.runs;

import io.entrepot.base.ErrorCode;
import io.entrepot.base.Id;
import io.entrepot.server.catalog.RunOutcomes;
import io.entrepot.server.jobs.JobContext;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What came of a run before it was cut off, which is a part of what the whole run comes to. Files
 * that it tries again are counted when it does; where it no longer gets to that, as they were left.
 */
final class CutOff {

  /** With these an attempt is ended, and has not failed. */
  private static final Set<ErrorCode> ENDED =
      EnumSet.of(ErrorCode.CANCELLED, ErrorCode.INTERRUPTED);

  private final JobContext job;
  private final RunOutcomes outcomes;
  private long came;
  private boolean failuresAreCounted;

  CutOff(JobContext job, HarvestTools tools) {
    this.job = job;
    this.outcomes = new RunOutcomes(tools.database());
  }

  /** Counts what came in; none of it comes a second time. */
  void begin() {
    if (job.isResumed()) {
      came = outcomes.completed(job.job());
      job.progress().count(HarvestJob.TRANSFERRED, came);
    }
  }

  /**
   * Counts the failed files that this run, which looks at everything once more, does not try again.
   *
   * @param tally told of them and of what came in
   */
  void lookAgain(HarvestOrder order, Instant now, Tally tally) {
    tally.transferred(came);
    failuresAreCounted = true;
    if (job.isResumed() && !order.retryFailed()) {
      List<RunOutcomes.Failed> failed = failed(now);
      failed.forEach(tally::failed);
      count(failed);
    }
  }

  /** Counts all that failed, unless the run got to where it counts them itself. */
  void end() {
    if (job.isResumed() && !failuresAreCounted) {
      count(failed(Instant.EPOCH));
    }
  }

  private List<RunOutcomes.Failed> failed(Instant now) {
    Id run = job.job();
    return outcomes.failed(run, now, Retry.MOST_TRIES).stream()
        .filter(alike -> !ENDED.contains(alike.code()))
        .toList();
  }

  private void count(List<RunOutcomes.Failed> failed) {
    long files = sum(failed, _ -> true);
    if (files == 0) {
      return;
    }
    job.progress().count(HarvestJob.FAILED, files);
    long changing = sum(failed, alike -> alike.code() == ErrorCode.SOURCE_CHANGED);
    if (changing > 0) {
      job.progress().count(HarvestJob.CHANGING, changing);
    }
    // A hook that holds a file on beyond its tries says nothing new.
    long held =
        failed.stream()
            .filter(alike -> alike.code() == ErrorCode.HOOK_FAILED)
            .mapToLong(RunOutcomes.Failed::tired)
            .sum();
    if (held > 0) {
      job.progress().count(HarvestJob.HELD, held);
    }
    RunOutcomes.Failed first = failed.getFirst();
    job.warn(
        "%s failed before this run was cut off, as with %s: %s"
            .formatted(files == 1 ? "1 file" : files + " files", first.example(), first.message()));
  }

  private static long sum(List<RunOutcomes.Failed> failed, Predicate<RunOutcomes.Failed> which) {
    return failed.stream().filter(which).mapToLong(RunOutcomes.Failed::files).sum();
  }
}

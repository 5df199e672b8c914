// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.runs;

import io.entrepot.base.Id;
import io.entrepot.server.jobs.Job;
import io.entrepot.server.jobs.JobFilter;
import io.entrepot.server.jobs.JobState;
import io.entrepot.server.jobs.Jobs;
import io.entrepot.server.jobs.Schedules;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The runs of schedules as the job engine keeps them. */
public final class ScheduledRuns implements FurtherRuns.Scheduled {

  /** Far more than workers can have under way at once. */
  private static final int MOST_UNDER_WAY = 1_000;

  private final Schedules schedules;
  private final Jobs jobs;

  public ScheduledRuns(Schedules schedules, Jobs jobs) {
    this.schedules = schedules;
    this.jobs = jobs;
  }

  @Override
  public void noLaterThan(Id schedule, Instant due) {
    schedules.noLaterThan(schedule, due);
  }

  @Override
  public int failedInARow(Id schedule, int most) {
    JobFilter filter = JobFilter.kind(HarvestJob.NAME).ofSchedule(schedule);
    // Those that have not ended, this one at least, are among the newest.
    List<Job> newest = jobs.list(filter, null, most + 2).items();
    return (int)
        newest.stream()
            .filter(job -> job.state().isFinal())
            .takeWhile(job -> job.state() == JobState.FAILED)
            .limit(most)
            .count();
  }

  @Override
  public Optional<Instant> underWaySince() {
    JobFilter filter = JobFilter.kind(HarvestJob.NAME).inStates(Set.of(JobState.RUNNING));
    return jobs.list(filter, null, MOST_UNDER_WAY).items().stream()
        .flatMap(job -> Stream.ofNullable(job.times().started()))
        .min(Instant::compareTo);
  }
}

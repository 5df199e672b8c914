// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.runs;

import io.entrepot.base.Id;
import io.entrepot.server.harvest.instruments.Instrument;
import io.entrepot.server.harvest.instruments.Instruments;
import io.entrepot.server.jobs.Job;
import io.entrepot.server.jobs.JobFilter;
import io.entrepot.server.jobs.JobState;
import io.entrepot.server.jobs.JobStatus;
import io.entrepot.server.jobs.Jobs;
import io.entrepot.server.notices.channels.Announcement;
import io.entrepot.server.notices.channels.Announcer;
import io.entrepot.server.notices.channels.Severity;
import java.util.Optional;

/**
 * Announces when a run that the clock started fails: once for each schedule, and again only after a
 * run of it has completed.
 */
public final class FailureNotices {

  private static final String KIND = "harvest_failed";

  /** Runs of a schedule looked at for the last that tells how it stood before. */
  private static final int LOOKED_AT = 100;

  private final Jobs jobs;
  private final Instruments instruments;
  private final Announcer announcer;

  public FailureNotices(Jobs jobs, Instruments instruments, Announcer announcer) {
    this.jobs = jobs;
    this.instruments = instruments;
    this.announcer = announcer;
  }

  /** Told of each run that failed. */
  public void failed(Job run) {
    Id schedule = run.order().origin().schedule();
    if (schedule != null
        && isByTheClock(run)
        && before(run, schedule).filter(FailureNotices::isByTheClockFailed).isEmpty()) {
      announcer.announce(announcement(run));
    }
  }

  private static boolean isByTheClock(Job run) {
    return run.order().origin().byTheClock();
  }

  private static boolean isByTheClockFailed(Job run) {
    return run.state() == JobState.FAILED && isByTheClock(run);
  }

  /** The newest run of the same schedule before this one that shows whether it went well. */
  private Optional<Job> before(Job run, Id schedule) {
    JobFilter filter = JobFilter.kind(HarvestJob.NAME).ofSchedule(schedule);
    return jobs.list(filter, run.id().hex(), LOOKED_AT).items().stream()
        .filter(job -> job.state() == JobState.COMPLETED || isByTheClockFailed(job))
        .findFirst();
  }

  private Announcement announcement(Job run) {
    Instrument instrument = instruments.any(HarvestOrder.of(run.order().parameters()).instrument());
    JobStatus.Reason reason = run.status().reason();
    return new Announcement(
        KIND,
        Severity.FAILURE,
        StandstillNotices.things(instrument, run.order().origin().schedule()),
        "The harvest of " + instrument.name() + " failed",
        (reason == null ? "No reason is on record." : reason.message())
            + " Later failures of this schedule are told of when a run of it has completed.",
        "/ui/jobs/" + run.id().toUuid());
  }
}

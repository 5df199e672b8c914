// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.notices.schedules;

import io.entrepot.base.Id;
import io.entrepot.server.database.Database;
import io.entrepot.server.jobs.Job;
import io.entrepot.server.jobs.JobFilter;
import io.entrepot.server.jobs.JobState;
import io.entrepot.server.jobs.Jobs;
import io.entrepot.server.jobs.LogLine;
import io.entrepot.server.jobs.Schedule;
import io.entrepot.server.jobs.ScheduleFilter;
import io.entrepot.server.jobs.Schedules;
import io.entrepot.server.notices.channels.Announcement;
import io.entrepot.server.notices.channels.RunPhase;
import io.entrepot.server.notices.channels.RunPings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.Collectors;

/** Tells those who wait for the runs of a schedule when one starts, succeeds or does not. */
final class RunTelling {

  /** More runs of one schedule do not come and go between two looks. */
  private static final int LATEST = 10;

  private static final int MOST_SCHEDULES = 10_000;
  private static final int LOG_LINES = 20;
  private static final int LOG_LIMIT = 4000;

  private static final Duration KEPT = Duration.ofDays(30);

  private final Database database;
  private final WatchTable table;
  private final Schedules schedules;
  private final Jobs jobs;
  private final RunPings pings;
  private final InstantSource clock;

  /** What it looks at. */
  record Work(Schedules schedules, Jobs jobs) {}

  RunTelling(Database database, Work work, RunPings pings, InstantSource clock) {
    this.database = database;
    this.table = new WatchTable(database);
    this.schedules = work.schedules();
    this.jobs = work.jobs();
    this.pings = pings;
    this.clock = clock;
  }

  /** Tells what has not been told yet. */
  void look() {
    if (!pings.isAwaited()) {
      return;
    }
    ScheduleFilter all = new ScheduleFilter(null, null, false);
    for (Schedule schedule : schedules.list(all, 0, MOST_SCHEDULES)) {
      JobFilter filter = JobFilter.ALL.ofSchedule(schedule.id());
      for (Job job : jobs.list(filter, null, LATEST).items().reversed()) {
        phase(job).ifPresent(phase -> tell(schedule.id(), job, phase));
      }
    }
  }

  private static Optional<RunPhase> phase(Job job) {
    return switch (job.state()) {
      case PENDING, QUEUED, PAUSED -> Optional.empty();
      case RUNNING -> Optional.of(RunPhase.STARTED);
      case COMPLETED -> Optional.of(RunPhase.COMPLETED);
      case FAILED, CANCELLED, STOPPED -> Optional.of(RunPhase.FAILED);
    };
  }

  private void tell(Id schedule, Job job, RunPhase phase) {
    Instant now = clock.instant();
    boolean old = job.times().created().isBefore(now.minus(KEPT));
    if (old || table.wasPinged(job.id(), phase.word())) {
      return;
    }
    Announcement what = announcement(schedule, job, phase);
    database.write(
        () -> {
          if (table.ping(job.id(), phase.word(), now)) {
            pings.tell(what, job.times().created());
          }
        });
  }

  private Announcement announcement(Id schedule, Job job, RunPhase phase) {
    String log =
        job.state() == JobState.RUNNING
            ? ""
            : jobs.logTail(job.id(), LOG_LINES).stream()
                .map(LogLine::text)
                .collect(Collectors.joining("\n"));
    return new Announcement(
        phase.event(),
        phase.severity(),
        "schedule:" + schedule.toUuid(),
        "A run of a schedule: " + phase.word(),
        log.length() > LOG_LIMIT ? log.substring(log.length() - LOG_LIMIT) : log,
        "/ui/jobs/" + job.id().toUuid());
  }

  void forget() {
    database.write(() -> table.forgetPingsBefore(clock.instant().minus(KEPT.multipliedBy(2))));
  }
}

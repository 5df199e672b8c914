// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.notices.schedules;

import io.entrepot.base.Id;
import io.entrepot.server.database.Database;
import io.entrepot.server.jobs.Job;
import io.entrepot.server.jobs.JobKinds;
import io.entrepot.server.jobs.Jobs;
import io.entrepot.server.jobs.LogLine;
import io.entrepot.server.jobs.Schedule;
import io.entrepot.server.jobs.Schedules;
import io.entrepot.server.notices.channels.Announcement;
import io.entrepot.server.notices.channels.RunPhase;
import io.entrepot.server.notices.channels.RunPings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Tells those who wait for the runs of a schedule when one starts, succeeds or does not. */
final class RunTelling {

  private static final int AT_ONCE = 100;

  /** What another server wrote by its own clock, or wrote and had not committed, is seen, too. */
  private static final Duration OVERLAP = Duration.ofHours(1);

  private static final int LOG_LINES = 20;
  private static final int LOG_LIMIT = 4000;

  private static final Duration KEPT = Duration.ofDays(30);

  private final Database database;
  private final WatchTable table;
  private final Schedules schedules;
  private final Jobs jobs;
  private final JobKinds kinds;
  private final RunPings pings;
  private final InstantSource clock;
  private Instant looked = Instant.EPOCH;

  /** What it looks at. */
  record Work(Schedules schedules, Jobs jobs, JobKinds kinds) {}

  RunTelling(Database database, Work work, RunPings pings, InstantSource clock) {
    this.database = database;
    this.table = new WatchTable(database);
    this.schedules = work.schedules();
    this.jobs = work.jobs();
    this.kinds = work.kinds();
    this.pings = pings;
    this.clock = clock;
  }

  /** Tells what has not been told yet. */
  void look() {
    Instant now = clock.instant();
    pings.awaitedSince().ifPresent(awaited -> look(later(awaited, now.minus(KEPT))));
    looked = now;
  }

  /**
   * @param ordered runs ordered before are passed over
   */
  private void look(Instant ordered) {
    Instant changed = later(ordered, looked.minus(OVERLAP));
    Id last = null;
    List<Id> untold;
    do {
      untold = table.untold(new WatchTable.Since(ordered, changed), last, AT_ONCE);
      for (Id run : untold) {
        last = run;
        jobs.find(run).ifPresent(this::tell);
      }
    } while (untold.size() == AT_ONCE);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private void tell(Job job) {
    Optional.ofNullable(job.order().origin().schedule())
        .flatMap(schedules::find)
        .filter(schedule -> !schedule.isDeleted())
        .ifPresent(schedule -> tell(schedule, job));
  }

  /**
   * What a run has come through so far, in order; a short one may be over when it is first seen.
   */
  private List<RunPhase> phases(Job job) {
    return switch (job.state()) {
      case PENDING, QUEUED, PAUSED -> List.of();
      case RUNNING -> List.of(RunPhase.STARTED);
      case COMPLETED -> List.of(RunPhase.STARTED, came(job));
      case FAILED, CANCELLED, STOPPED ->
          job.times().started() == null
              ? List.of(RunPhase.FAILED)
              : List.of(RunPhase.STARTED, RunPhase.FAILED);
    };
  }

  private RunPhase came(Job job) {
    boolean inVain = kinds.find(job.kind()).filter(kind -> kind.inVain(job)).isPresent();
    return inVain ? RunPhase.FAILED : RunPhase.COMPLETED;
  }

  private void tell(Schedule schedule, Job job) {
    Instant now = clock.instant();
    List<RunPhase> phases = phases(job);
    if (phases.isEmpty() || wasTold(job, phases.getLast())) {
      return;
    }
    List<Announcement> told =
        phases.stream().map(phase -> announcement(schedule, job, phase)).toList();
    database.write(
        () -> {
          for (int i = 0; i < phases.size(); i++) {
            if (table.ping(job.id(), phases.get(i).word(), now)) {
              pings.tell(told.get(i), job.times().created());
            }
          }
        });
  }

  /** Of an end, in either word: one that was told once is told. */
  private boolean wasTold(Job job, RunPhase phase) {
    return phase == RunPhase.STARTED
        ? table.wasPinged(job.id(), phase.word())
        : table.wasPinged(job.id(), RunPhase.COMPLETED.word())
            || table.wasPinged(job.id(), RunPhase.FAILED.word());
  }

  private Announcement announcement(Schedule schedule, Job job, RunPhase phase) {
    String log =
        phase == RunPhase.STARTED
            ? ""
            : jobs.logTail(job.id(), LOG_LINES).stream()
                .map(LogLine::text)
                .collect(Collectors.joining("\n"));
    return new Announcement(
        phase.event(),
        phase.severity(),
        Things.of(schedule),
        "A run of a schedule: " + phase.word(),
        log.length() > LOG_LIMIT ? log.substring(log.length() - LOG_LIMIT) : log,
        "/ui/jobs/" + job.id().toUuid());
  }

  void forget() {
    database.write(() -> table.forgetPingsBefore(clock.instant().minus(KEPT.multipliedBy(2))));
  }
}

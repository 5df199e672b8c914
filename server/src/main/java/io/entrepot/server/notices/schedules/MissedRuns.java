// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.notices.schedules;

import io.entrepot.base.Id;
import io.entrepot.server.database.Database;
import io.entrepot.server.jobs.Job;
import io.entrepot.server.jobs.Jobs;
import io.entrepot.server.jobs.Schedule;
import io.entrepot.server.jobs.ScheduleFilter;
import io.entrepot.server.jobs.Schedules;
import io.entrepot.server.jobs.Tick;
import io.entrepot.server.notices.channels.Announcement;
import io.entrepot.server.notices.channels.Severity;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Raises the alarm when a run that a schedule asks for did not begin in time: nobody answered when
 * it was due, it was passed over, it began late, or one run does not end and stands in the way of
 * the next. Once for each schedule, and again only after a run of it has begun in time.
 */
final class MissedRuns {

  static final String EVENT = "schedule_missed";

  /** A server that restarts, or a run before this one, may take so long without anybody minding. */
  static final Duration GRACE = Duration.ofMinutes(15);

  /** One that overlaps is usual; so many in a row are not. */
  static final int OVERLAPS = 3;

  private static final int MOST_SCHEDULES = 10_000;

  private final Database database;
  private final WatchTable table;
  private final Schedules schedules;
  private final Jobs jobs;
  private final Consumer<Announcement> announcer;
  private final InstantSource clock;

  MissedRuns(
      Database database,
      RunTelling.Work work,
      Consumer<Announcement> announcer,
      InstantSource clock) {
    this.database = database;
    this.table = new WatchTable(database);
    this.schedules = work.schedules();
    this.jobs = work.jobs();
    this.announcer = announcer;
    this.clock = clock;
  }

  /**
   * A run that did not begin when it should.
   *
   * @param why as a sentence
   */
  private record Missed(Instant due, String why) {}

  void look() {
    Instant now = clock.instant();
    ScheduleFilter all = new ScheduleFilter(null, null, false);
    for (Schedule schedule : schedules.list(all, 0, MOST_SCHEDULES)) {
      if (schedule.order().enabled() && schedule.order().timing().cron() != null) {
        look(schedule, now);
      }
    }
  }

  private void look(Schedule schedule, Instant now) {
    List<Tick> ticks = schedules.ticks(schedule.id(), OVERLAPS);
    Optional<Missed> missed = missed(schedule, ticks, now);
    boolean raised = table.isRaised(schedule.id());
    if (missed.isPresent() && !raised) {
      database.write(() -> raise(schedule, missed.get(), now));
    } else if (missed.isEmpty() && raised && isStarted(ticks)) {
      database.write(() -> table.clear(schedule.id()));
    }
  }

  private static boolean isStarted(List<Tick> ticks) {
    return !ticks.isEmpty() && ticks.getFirst().outcome() == Tick.Outcome.STARTED;
  }

  private Optional<Missed> missed(Schedule schedule, List<Tick> ticks, Instant now) {
    Instant next = schedule.times().next();
    if (next != null && next.plus(GRACE).isBefore(now)) {
      return Optional.of(new Missed(next, "No server has begun it since."));
    }
    if (ticks.isEmpty()) {
      return Optional.empty();
    }
    Tick last = ticks.getFirst();
    // What the settings of long ago led to says nothing about those of now.
    if (last.scheduledFor().isBefore(schedule.times().updated())) {
      return Optional.empty();
    }
    return switch (last.outcome()) {
      case MISSED -> Optional.of(new Missed(last.scheduledFor(), sentence(last.reason())));
      case OVERLAP ->
          ticks.size() == OVERLAPS
                  && ticks.stream().allMatch(tick -> tick.outcome() == Tick.Outcome.OVERLAP)
              ? Optional.of(new Missed(last.scheduledFor(), sentence(last.reason())))
              : Optional.empty();
      case DISABLED -> Optional.empty();
      case STARTED -> late(last);
    };
  }

  private Optional<Missed> late(Tick tick) {
    Id id = tick.job();
    Optional<Instant> begun =
        id == null ? Optional.empty() : jobs.find(id).map(Job::times).map(times -> times.created());
    return begun
        .filter(time -> tick.scheduledFor().plus(GRACE).isBefore(time))
        .map(time -> new Missed(tick.scheduledFor(), "It began only at " + time + "."));
  }

  private static String sentence(@Nullable String reason) {
    return reason == null || reason.isEmpty()
        ? "It was passed over."
        : "It was passed over: " + reason + ".";
  }

  private void raise(Schedule schedule, Missed missed, Instant now) {
    if (table.raise(schedule.id(), missed.due(), now)) {
      announcer.accept(
          new Announcement(
              EVENT,
              Severity.FAILURE,
              Things.of(schedule),
              "A scheduled run did not begin in time",
              "It was due at "
                  + missed.due()
                  + ". "
                  + missed.why()
                  + " You are told again only after a run of this schedule has begun in time.",
              "/ui/schedules/" + schedule.id().toUuid()));
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs.engine;

import io.entrepot.base.Id;
import io.entrepot.server.database.Database;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.jobs.Job;
import io.entrepot.server.jobs.JobKinds;
import io.entrepot.server.jobs.JobOrder;
import io.entrepot.server.jobs.JobOrigin;
import io.entrepot.server.jobs.Jobs;
import io.entrepot.server.jobs.Misfire;
import io.entrepot.server.jobs.Schedule;
import io.entrepot.server.jobs.ScheduleOrder;
import io.entrepot.server.jobs.Tick;
import io.entrepot.server.jobs.Tick.Outcome;
import io.entrepot.server.jobs.cron.Cron;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Answers the ticks of the schedules.
 *
 * <p>Who moves a schedule on from a tick answers it, in the same transaction; so of many servers
 * one does, and none is lost when one dies. The tick's own row keeps it from being answered again
 * after the clock was set back.
 */
final class TickTeller {

  /** A tick this late was missed because no server ran, not because one was busy. */
  private static final Duration GRACE = Duration.ofMinutes(1);

  /** No more than this many jobs make up for missed ticks. */
  private static final int CATCH_UP_LIMIT = 100;

  /** Nobody looks further back, and no clock is set back so far. */
  private static final Duration KEPT = Duration.ofDays(366);

  private final Database database;
  private final ScheduleTable table;
  private final TickTable dealtWith;
  private final Jobs jobs;
  private final JobKinds kinds;
  private final InstantSource clock;

  TickTeller(
      Database database, ScheduleTable table, Jobs jobs, JobKinds kinds, InstantSource clock) {
    this.database = database;
    this.table = table;
    this.dealtWith = new TickTable(database);
    this.jobs = jobs;
    this.kinds = kinds;
    this.clock = clock;
  }

  /**
   * One that cannot fire keeps no other from it.
   *
   * @throws IllegalStateException with the first failure, after all had their turn
   */
  void fireDue() {
    Instant now = clock.instant();
    RuntimeException first = null;
    for (Schedule schedule : table.toLookAt(now, now.plus(GRACE))) {
      // A kind that this server does not know may be known to another.
      if (kinds.find(schedule.order().kind()).isPresent()) {
        RuntimeException failure = fireGuarded(schedule, now);
        first = first == null ? failure : first;
      }
    }
    if (first != null) {
      throw first;
    }
  }

  private @Nullable RuntimeException fireGuarded(Schedule schedule, Instant now) {
    try {
      database.write(() -> fire(schedule, now));
      return null;
    } catch (RuntimeException e) {
      return new IllegalStateException(
          "schedule " + schedule.id() + " could not fire and is tried again", e);
    }
  }

  private void fire(Schedule schedule, Instant now) {
    ScheduleOrder.Timing timing = schedule.order().timing();
    String text = timing.cron();
    if (text == null) {
      return;
    }
    Cron cron = Cron.parse(text);
    if (!table.moveOn(schedule, now, cron.next(now, timing.zone()).orElse(null))) {
      return;
    }
    Instant due = schedule.times().next();
    // Otherwise the clock was set back, and the next tick is now the right one again.
    if (due != null && !due.isAfter(now)) {
      answer(schedule, due(cron, schedule, due, now), now);
      dealtWith.forget(schedule.id(), now.minus(KEPT));
    }
  }

  private static List<Instant> due(Cron cron, Schedule schedule, Instant first, Instant now) {
    ScheduleOrder.Timing timing = schedule.order().timing();
    if (timing.misfire() != Misfire.ALL) {
      Instant latest = cron.latest(now, timing.zone()).orElse(first);
      return List.of(latest.isBefore(first) ? first : latest);
    }
    Deque<Instant> all = new ArrayDeque<>();
    Optional<Instant> tick = Optional.of(first);
    while (tick.isPresent() && !tick.get().isAfter(now)) {
      all.addLast(tick.get());
      if (all.size() > CATCH_UP_LIMIT) {
        all.removeFirst();
      }
      tick = cron.next(tick.get(), timing.zone());
    }
    return List.copyOf(all);
  }

  private void answer(Schedule schedule, List<Instant> ticks, Instant now) {
    Optional<Id> before = table.unfinishedJob(schedule.id());
    ScheduleOrder order = schedule.order();
    Optional<String> disabled = kinds.require(order.kind()).disabled(order.parameters());
    boolean skips = schedule.order().timing().misfire() == Misfire.SKIP;
    for (Instant tick : ticks) {
      if (skips && tick.isBefore(now.minus(GRACE))) {
        pass(schedule, tick, Outcome.MISSED, "no server ran when it was due");
      } else if (before.isPresent()) {
        pass(schedule, tick, Outcome.OVERLAP, "job " + before.get().toUuid() + " had not ended");
      } else if (disabled.isPresent()) {
        pass(schedule, tick, Outcome.DISABLED, disabled.get());
      } else {
        start(schedule, tick);
      }
    }
  }

  private void pass(Schedule schedule, Instant tick, Outcome outcome, String reason) {
    dealtWith.record(schedule.id(), new Tick(tick, outcome, null, reason), clock.instant());
  }

  private void start(Schedule schedule, Instant tick) {
    Tick started = new Tick(tick, Outcome.STARTED, null, null);
    if (!dealtWith.record(schedule.id(), started, clock.instant())) {
      return;
    }
    ScheduleOrder order = schedule.order();
    JobOrigin origin =
        isOwn(schedule, tick)
            ? new JobOrigin(Actor.HOUSE.account(), schedule.id(), tick, null)
            : JobOrigin.again(schedule.id());
    Job job =
        jobs.start(
            new JobOrder(
                order.kind(), order.subject(), order.parameters(), order.priority(), origin));
    dealtWith.started(schedule.id(), tick, job.id());
  }

  /** Whether the cron expression names this time, and nobody brought it forward. */
  private static boolean isOwn(Schedule schedule, Instant tick) {
    ScheduleOrder.Timing timing = schedule.order().timing();
    String cron = timing.cron();
    return cron != null
        && Cron.parse(cron)
            .next(tick.minusMillis(1), timing.zone())
            .filter(tick::equals)
            .isPresent();
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs.engine;

import io.entrepot.base.Id;
import io.entrepot.base.IdSource;
import io.entrepot.base.NotFoundException;
import io.entrepot.server.database.Database;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.jobs.Job;
import io.entrepot.server.jobs.JobKinds;
import io.entrepot.server.jobs.JobOrder;
import io.entrepot.server.jobs.JobOrigin;
import io.entrepot.server.jobs.Jobs;
import io.entrepot.server.jobs.Schedule;
import io.entrepot.server.jobs.ScheduleFilter;
import io.entrepot.server.jobs.ScheduleOrder;
import io.entrepot.server.jobs.Schedules;
import io.entrepot.server.jobs.Tick;
import io.entrepot.server.jobs.cron.Cron;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The schedules in the database. */
final class StoredSchedules implements Schedules {

  private final Database database;
  private final ScheduleTable table;
  private final TickTable dealtWith;
  private final Jobs jobs;
  private final JobKinds kinds;
  private final IdSource ids;
  private final InstantSource clock;
  private final TickTeller teller;

  StoredSchedules(Database database, Jobs jobs, JobKinds kinds, IdSource ids, InstantSource clock) {
    this.database = database;
    this.table = new ScheduleTable(database);
    this.dealtWith = new TickTable(database);
    this.jobs = jobs;
    this.kinds = kinds;
    this.ids = ids;
    this.clock = clock;
    this.teller = new TickTeller(database, table, jobs, kinds, clock);
  }

  /** Starts the jobs of all schedules that are due now. Any number of servers may do so at once. */
  void fireDue() {
    teller.fireDue();
  }

  @Override
  public Schedule create(ScheduleOrder order, Actor actor) {
    kinds.require(order.kind());
    Instant now = clock.instant();
    Id id = ids.next();
    return database.write(
        () -> {
          table.insert(id, order, actor.account(), next(order.timing(), now), now);
          return require(id);
        });
  }

  @Override
  public Schedule update(Id schedule, ScheduleOrder order) {
    Instant now = clock.instant();
    return database.write(
        () -> {
          Schedule before = require(schedule);
          Instant planned = before.times().next();
          boolean sameTiming = before.order().timing().equals(order.timing());
          // A run that was asked for before the schedule's own time is still wanted.
          Instant next =
              sameTiming && before.order().enabled() ? planned : next(order.timing(), now);
          if (!table.update(schedule, order, next, now)) {
            throw new NotFoundException("Schedule");
          }
          return require(schedule);
        });
  }

  private static @Nullable Instant next(ScheduleOrder.Timing timing, Instant after) {
    String cron = timing.cron();
    return cron == null ? null : Cron.parse(cron).next(after, timing.zone()).orElse(null);
  }

  @Override
  public void delete(Id schedule) {
    database.writeFromReserve(
        () -> {
          if (!table.delete(schedule, clock.instant(), null, clock.instant())) {
            throw new NotFoundException("Schedule");
          }
        });
  }

  @Override
  public Schedule restore(Id schedule) {
    Instant now = clock.instant();
    return database.write(
        () -> {
          Schedule deleted = require(schedule);
          if (!table.delete(schedule, null, next(deleted.order().timing(), now), now)) {
            throw new NotFoundException("Deleted schedule");
          }
          return require(schedule);
        });
  }

  @Override
  public Optional<Schedule> find(Id schedule) {
    return table.find(schedule);
  }

  @Override
  public Optional<Schedule> findByNumber(long number) {
    return table.findByNumber(number);
  }

  private Schedule require(Id schedule) {
    return table.find(schedule).orElseThrow(() -> new NotFoundException("Schedule"));
  }

  @Override
  public List<Schedule> list(ScheduleFilter filter, int skip, int limit) {
    return table.list(filter, skip, limit);
  }

  @Override
  public long count(ScheduleFilter filter) {
    return table.count(filter);
  }

  @Override
  public Job trigger(Id schedule, JsonNode parameters, @Nullable Integer priority, Actor actor) {
    return database.write(
        () -> {
          Schedule found = require(schedule);
          if (found.isDeleted()) {
            throw new NotFoundException("Schedule");
          }
          ScheduleOrder order = found.order();
          return jobs.start(
              new JobOrder(
                  order.kind(),
                  order.subject(),
                  laidOver(order.parameters(), parameters),
                  priority == null ? order.priority() : priority,
                  new JobOrigin(actor.account(), schedule, null, null)));
        });
  }

  private static JsonNode laidOver(JsonNode own, JsonNode given) {
    if (own instanceof ObjectNode base && given instanceof ObjectNode more) {
      ObjectNode both = base.deepCopy();
      both.setAll(more);
      return both;
    }
    return own;
  }

  @Override
  public void noLaterThan(Id schedule, Instant due) {
    database.write(() -> table.bringForward(schedule, due));
  }

  @Override
  public List<Instant> upcoming(ScheduleOrder.Timing timing, int howMany) {
    List<Instant> ticks = new ArrayList<>();
    Instant next = next(timing, clock.instant());
    while (next != null && ticks.size() < howMany) {
      ticks.add(next);
      next = next(timing, next);
    }
    return ticks;
  }

  @Override
  public List<Tick> ticks(Id schedule, int limit) {
    return dealtWith.newest(schedule, limit);
  }
}

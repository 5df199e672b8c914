// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs;

import io.entrepot.base.Id;
import io.entrepot.server.identity.Actor;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Keeps the schedules and starts their jobs.
 *
 * <p>Each tick of a schedule is answered once, however many servers there are. While a job of a
 * schedule is unfinished, its next ticks are passed over and that is recorded. Who may do what is
 * for the callers to decide.
 */
public interface Schedules {

  /**
   * Joins the transaction it is called in.
   *
   * @throws io.entrepot.base.InvalidFieldsException on {@code cron_expression} when it cannot be
   *     read or never comes due
   */
  Schedule create(ScheduleOrder order, Actor actor);

  /**
   * Replaces what a person sets. The kind stays, and so does the next tick, unless the timing
   * changed or the schedule was off: then it is counted from now.
   *
   * @throws io.entrepot.base.NotFoundException when there is none, or it is deleted
   * @throws io.entrepot.base.InvalidFieldsException as {@link #create}
   */
  Schedule update(Id schedule, ScheduleOrder order);

  /** Marks it deleted and switches it off: it starts nothing more. Jobs that run go on. */
  void delete(Id schedule);

  /** Takes a deletion back; it stays switched off. */
  Schedule restore(Id schedule);

  /** Deleted ones included. */
  Optional<Schedule> find(Id schedule);

  /** As {@link #find(Id)}, by the number that families with integers show. */
  Optional<Schedule> findByNumber(long number);

  /** The oldest first. */
  List<Schedule> list(ScheduleFilter filter, int skip, int limit);

  long count(ScheduleFilter filter);

  /**
   * Starts a job now, even when the schedule is disabled or an earlier job still runs (then the new
   * one waits for it if both need the same resource).
   *
   * @param parameters laid over the schedule's own, field by field; an empty object for none
   * @param priority in place of the schedule's; null for the schedule's
   * @throws io.entrepot.base.NotFoundException when there is no such schedule, or it is deleted
   */
  Job trigger(Id schedule, JsonNode parameters, @Nullable Integer priority, Actor actor);

  /**
   * Lets a schedule come due earlier than its cron expression says, once: no later than this. One
   * that comes due before, that is off, deleted, or by hand only, is left as it is. Joins the
   * transaction it is called in.
   */
  void noLaterThan(Id schedule, Instant due);

  /** The ticks to come, at most this many; empty when it is by hand only. Regardless of enabled. */
  List<Instant> upcoming(ScheduleOrder.Timing timing, int howMany);

  /** The latest ticks that were dealt with, the newest first. */
  List<Tick> ticks(Id schedule, int limit);
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs.engine;

import io.entrepot.base.Id;
import io.entrepot.server.database.Database;
import io.entrepot.server.database.Micros;
import io.entrepot.server.jobs.EarlyEnd;
import io.entrepot.server.jobs.EndedJobs;
import io.entrepot.server.jobs.Job;
import io.entrepot.server.jobs.JobFilter;
import io.entrepot.server.jobs.JobOrder;
import io.entrepot.server.jobs.JobOrigin;
import io.entrepot.server.jobs.JobState;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Rows of the job table: orders, wishes, and jobs that do not run. Each change names the states it
 * may leave, so no statement here can take a job out of a final one.
 */
final class JobTable {

  private static final int LATELY = 5;

  private static final String IDLE = "('pending', 'queued', 'paused')";

  private final Database database;

  JobTable(Database database) {
    this.database = database;
  }

  void insert(Id id, JobOrder order, @Nullable String lockKey, Instant now) {
    JobOrigin origin = order.origin();
    database
        .sql(
            """
            insert into job (id, kind, state, priority, owner, lock_key, subject, schedule_id,
              scheduled_for, retry_of, parameters, fence, starts, warnings, bytes_done, files_done,
              progress, created_at, updated_at)
            values (?, ?, 'pending', ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, 0, 0, '{}', ?, ?)
            """)
        .param(id.hex())
        .param(order.kind())
        .param(order.priority())
        .param(origin.owner().hex())
        .param(lockKey)
        .param(order.subject())
        .param(text(origin.schedule()))
        .param(Micros.ofNullable(origin.scheduledFor()))
        .param(text(origin.retryOf()))
        .param(order.parameters().toString())
        .param(Micros.of(now))
        .param(Micros.of(now))
        .update();
  }

  private static @Nullable String text(@Nullable Id id) {
    return id == null ? null : id.hex();
  }

  Optional<Job> find(Id id) {
    return database
        .sql("select " + JobRow.COLUMNS + " from job where id = ?")
        .param(id.hex())
        .query(JobRow::read)
        .optional();
  }

  List<Job> list(JobFilter filter, @Nullable String before, int limit) {
    Conditions conditions = conditions(filter).and("id < ?", before);
    return database
        .sql(
            "select "
                + JobRow.COLUMNS
                + " from job"
                + conditions.where()
                + " order by id desc limit ?")
        .params(conditions.values())
        .param(limit)
        .query(JobRow::read)
        .list();
  }

  long count(JobFilter filter, long limit) {
    Conditions conditions = conditions(filter);
    return database
        .sql(
            "select count(*) from (select 1 from job"
                + conditions.where()
                + " limit ?) as first_ones")
        .params(conditions.values())
        .param(limit)
        .query(Long.class)
        .single();
  }

  EndedJobs ended(JobFilter filter, Instant since) {
    Conditions conditions = conditions(filter).and("finished_at >= ?", Micros.of(since));
    return database
        .sql(
            "select count(*), coalesce(sum(case when warnings > 0 then 1 else 0 end), 0) from job"
                + conditions.where())
        .params(conditions.values())
        .query((row, _) -> new EndedJobs(row.getLong(1), row.getLong(2)))
        .single();
  }

  /** How long the latest completed runs of a schedule took; empty for no schedule. */
  List<Duration> lately(@Nullable Id schedule) {
    if (schedule == null) {
      return List.of();
    }
    return database
        .sql(
            """
            select finished_at - started_at from job
            where schedule_id = ? and state = 'completed' order by id desc limit ?
            """)
        .params(schedule.hex(), LATELY)
        .query((row, _) -> Duration.of(row.getLong(1), ChronoUnit.MICROS))
        .list();
  }

  private static Conditions conditions(JobFilter filter) {
    Conditions conditions = new Conditions();
    if (!filter.states().isEmpty() && filter.states().stream().noneMatch(JobState::isFinal)) {
      // Says what the states say already, in the words by which the index of the few is found.
      conditions.and("finished_at is null");
    }
    return conditions
        .in("kind", filter.kinds())
        .in("state", filter.states().stream().map(JobState::stored).toList())
        .and("subject = ?", filter.subject())
        .and("schedule_id = ?", text(filter.schedule()));
  }

  void queued(Id id, Instant now) {
    database
        .sql("update job set state = 'queued', updated_at = ? where id = ? and state = 'pending'")
        .params(Micros.of(now), id.hex())
        .update();
  }

  /** Ends a job that does not run; false when it does, or has ended. */
  boolean endIdle(Id id, Ending ending, Instant now) {
    return database
            .sql(
                """
                update job set state = ?, wish = null, reason_code = ?, reason_message = ?,
                  finished_at = ?, updated_at = ?
                where id = ? and state in """
                    + " "
                    + IDLE)
            .param(ending.state().stored())
            .param(ending.code())
            .param(ending.message())
            .param(Micros.of(now))
            .param(Micros.of(now))
            .param(id.hex())
            .update()
        == 1;
  }

  /** Moves a job that does not run from one of its idle states to another. */
  boolean move(Id id, JobState from, JobState to, Instant now) {
    return database
            .sql("update job set state = ?, updated_at = ? where id = ? and state = ?")
            .params(to.stored(), Micros.of(now), id.hex(), from.stored())
            .update()
        == 1;
  }

  /** False when it has ended. */
  boolean prioritize(Id id, int priority, Instant now) {
    return database
            .sql("update job set priority = ?, updated_at = ? where id = ? and finished_at is null")
            .params(priority, Micros.of(now), id.hex())
            .update()
        == 1;
  }

  /** Asks a running job to end; false when it does not run. A pause never replaces another wish. */
  boolean wish(Id id, EarlyEnd wish, Instant now) {
    return database
            .sql(
                "update job set wish = ?, updated_at = ? where id = ? and state = 'running'"
                    + (wish == EarlyEnd.PAUSE ? " and wish is null" : ""))
            .params(wish.stored(), Micros.of(now), id.hex())
            .update()
        == 1;
  }

  /** Jobs changed at or after this time, the earliest change first. */
  List<Job> changedSince(Instant time, int limit) {
    return database
        .sql(
            "select "
                + JobRow.COLUMNS
                + " from job where updated_at >= ? order by updated_at limit ?")
        .params(Micros.of(time), limit)
        .query(JobRow::read)
        .list();
  }
}

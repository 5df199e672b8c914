// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs.engine;

import io.entrepot.base.Id;
import io.entrepot.server.database.Database;
import io.entrepot.server.database.Dialect;
import io.entrepot.server.database.Micros;
import io.entrepot.server.jobs.EarlyEnd;
import io.entrepot.server.jobs.JobProgress;
import io.entrepot.server.jobs.JobState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Rows of the job and job_lock tables as the start of a job may change them: every change needs the
 * fence of that start, so one that no longer counts changes nothing.
 */
final class StartTable {

  private static final String STANDING = "kind, state, wish, fence, starts, lock_key";

  private final Database database;
  private final String holding;
  private final String sharing;

  StartTable(Database database) {
    this.database = database;
    // SQLite has one writer at a time, which is all the row locking it needs.
    boolean locks = database.dialect() == Dialect.POSTGRESQL;
    this.holding = locks ? " for update" : "";
    this.sharing = locks ? " for share" : "";
  }

  /** What decides about a start; nobody else changes the row before the transaction ends. */
  Optional<Standing> hold(Id id) {
    return database
        .sql("select " + STANDING + " from job where id = ?" + holding)
        .param(id.hex())
        .query((row, _) -> standing(id, row))
        .optional();
  }

  private static Standing standing(Id id, ResultSet row) throws SQLException {
    return new Standing(
        row.getString("kind"),
        JobState.of(row.getString("state")),
        Optional.ofNullable(row.getString("wish")).map(EarlyEnd::of),
        new Lease(id, row.getLong("fence"), row.getString("lock_key")),
        row.getInt("starts"));
  }

  /** Takes the resource for this start, or finds that it has it; false when another job does. */
  boolean lock(Lease lease) {
    if (lease.lockKey() == null) {
      return true;
    }
    database
        .sql(
            "insert into job_lock (lock_key, job_id, fence) values (?, ?, ?)"
                + " on conflict (lock_key) do nothing")
        .params(lease.lockKey(), lease.job().hex(), lease.fence())
        .update();
    return database
            .sql("update job_lock set fence = ? where lock_key = ? and job_id = ?")
            .params(lease.fence(), lease.lockKey(), lease.job().hex())
            .update()
        == 1;
  }

  /** Whether no job has this resource. */
  boolean isFree(String lockKey) {
    return database
        .sql("select 1 from job_lock where lock_key = ?")
        .param(lockKey)
        .query(Integer.class)
        .optional()
        .isEmpty();
  }

  void unlock(Id job) {
    database.sql("delete from job_lock where job_id = ?").param(job.hex()).update();
  }

  /** Begins a start with the lease's fence. */
  void running(Lease lease, String node, Instant now) {
    database
        .sql(
            """
            update job set state = 'running', fence = ?, starts = starts + 1, node = ?,
              started_at = ?, updated_at = ?
            where id = ? and finished_at is null
            """)
        .params(lease.fence(), node, Micros.of(now), Micros.of(now), lease.job().hex())
        .update();
  }

  /** Ends the start that has this lease; false when it no longer counts. */
  boolean end(Lease lease, Ending ending, Instant now) {
    return database
            .sql(
                """
                update job set state = ?, wish = null, reason_code = ?, reason_message = ?,
                  finished_at = ?, updated_at = ?
                where id = ? and fence = ? and state = 'running'
                """)
            .param(ending.state().stored())
            .param(ending.code())
            .param(ending.message())
            .param(Micros.of(now))
            .param(Micros.of(now))
            .param(lease.job().hex())
            .param(lease.fence())
            .update()
        == 1;
  }

  /**
   * Lets go of a running job so that it can start again; a start that was let go does not count.
   */
  boolean putBack(Lease lease, JobState to, Instant now) {
    return database
            .sql(
                """
                update job set state = ?, wish = null, starts = starts - 1, updated_at = ?
                where id = ? and fence = ? and state = 'running'
                """)
            .params(to.stored(), Micros.of(now), lease.job().hex(), lease.fence())
            .update()
        == 1;
  }

  /** Whether this start still counts; it stays so until the transaction ends. */
  boolean holds(Lease lease) {
    return database
        .sql("select 1 from job where id = ? and fence = ? and state = 'running'" + sharing)
        .params(lease.job().hex(), lease.fence())
        .query(Integer.class)
        .optional()
        .isPresent();
  }

  /**
   * Notes a change of something that belongs to the job; false when this start no longer counts.
   */
  boolean touch(Lease lease, Instant now) {
    return database
            .sql("update job set updated_at = ? where id = ? and fence = ? and state = 'running'")
            .params(Micros.of(now), lease.job().hex(), lease.fence())
            .update()
        == 1;
  }

  boolean progress(Lease lease, JobProgress progress, long warnings, Instant now) {
    JobProgress.Amount total = progress.total();
    return database
            .sql(
                """
                update job set bytes_done = ?, bytes_total = ?, files_done = ?, files_total = ?,
                  progress = ?, warnings = ?, updated_at = ?
                where id = ? and fence = ? and state = 'running'
                """)
            .param(progress.done().bytes())
            .param(total == null ? null : total.bytes())
            .param(progress.done().files())
            .param(total == null ? null : total.files())
            .param(JobRow.rest(progress))
            .param(warnings)
            .param(Micros.of(now))
            .param(lease.job().hex())
            .param(lease.fence())
            .update()
        == 1;
  }

  /** How the starts of these jobs stand now. */
  Map<Id, Standing> standings(Collection<Id> jobs) {
    Conditions conditions = new Conditions().in("id", jobs.stream().map(Id::hex).toList());
    return database
        .sql("select id, " + STANDING + " from job" + conditions.where())
        .params(conditions.values())
        .query((row, _) -> standing(new Id(row.getString("id")), row))
        .list()
        .stream()
        .collect(Collectors.toMap(s -> s.lease().job(), s -> s));
  }

  /** Frees resources that no running job has. */
  int removeStrayLocks() {
    return database
        .sql(
            "delete from job_lock where not exists"
                + " (select 1 from job where job.id = job_lock.job_id and state = 'running')")
        .update();
  }

  /**
   * What decides about a start.
   *
   * @param lease the fence of the latest start
   * @param starts how many starts came to no end
   */
  record Standing(String kind, JobState state, Optional<EarlyEnd> wish, Lease lease, int starts) {}
}

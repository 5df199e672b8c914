// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs.engine;

import io.entrepot.base.Id;
import io.entrepot.server.database.Database;
import io.entrepot.server.database.Micros;
import java.util.List;

/**
 * The scheduler's own table, where a row brings one job to a worker. The scheduler claims, moves
 * and removes rows on connections of its own; what is written here is written together with the
 * job's row.
 */
final class TaskTable {

  static final String TASK = "job";

  private final Database database;
  private final LeaseClock clock;

  TaskTable(Database database, LeaseClock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Makes the job due now. A row that a worker is just letting go of is taken from it. */
  void add(Id job, int priority) {
    database
        .sql(
            """
            insert into scheduled_tasks
              (task_name, task_instance, execution_time, picked, version, priority)
            values (?, ?, ?, false, 1, ?)
            on conflict (task_name, task_instance) do update
              set execution_time = excluded.execution_time, picked = false, picked_by = null,
                  last_heartbeat = null, version = scheduled_tasks.version + 1
            """)
        .params(TASK, job.hex(), now(), priority)
        .update();
  }

  /** Also of a row that a worker looks at, who leaves the number alone. */
  void prioritize(Id job, int priority) {
    database
        .sql("update scheduled_tasks set priority = ? where task_name = ? and task_instance = ?")
        .params(priority, TASK, job.hex())
        .update();
  }

  /** Takes the job from the queue, unless a worker is looking at it; then the worker does. */
  void remove(Id job) {
    database
        .sql(
            "delete from scheduled_tasks"
                + " where task_name = ? and task_instance = ? and picked = false")
        .params(TASK, job.hex())
        .update();
  }

  /** Makes the first of the jobs that wait for this lock due now. */
  void wake(String lockKey) {
    database
        .sql(
            """
            update scheduled_tasks set execution_time = ?
            where task_name = ? and picked = false and task_instance =
              (select id from job where lock_key = ? and state = 'queued'
               order by priority desc, id limit 1)
            """)
        .params(now(), TASK, lockKey)
        .update();
  }

  /**
   * Whether a job of the same kind waits for the same lock and goes before this one. One whose
   * start broke, or whose worker is not heard of, is not waited for.
   */
  boolean isPreceded(Id job) {
    return database
        .sql(
            """
            select 1 from job
            join job other on other.lock_key = job.lock_key and other.kind = job.kind
              and other.state = 'queued'
              and (other.priority > job.priority
                or (other.priority = job.priority and other.id < job.id))
            join scheduled_tasks task on task.task_name = ? and task.task_instance = other.id
            where job.id = ? and coalesce(task.consecutive_failures, 0) = 0
              and (task.picked = false or task.last_heartbeat > ?)
            limit 1
            """)
        .params(TASK, job.hex(), Micros.of(clock.now().minus(Workers.LEASE)))
        .query(Integer.class)
        .optional()
        .isPresent();
  }

  /** Frees every claim; only where nobody else can be alive. */
  void freeAll() {
    database
        .sql(
            """
            update scheduled_tasks
            set picked = false, picked_by = null, last_heartbeat = null, execution_time = ?,
                version = version + 1
            where task_name = ?
            """)
        .params(now(), TASK)
        .update();
  }

  /** Adds rows for jobs that have none. Answers how many. */
  int addMissing() {
    return database
        .sql(
            """
            insert into scheduled_tasks
              (task_name, task_instance, execution_time, picked, version, priority)
            select ?, id, ?, false, 1, priority from job
            where finished_at is null and state <> 'paused' and not exists
              (select 1 from scheduled_tasks where task_name = ? and task_instance = job.id)
            on conflict (task_name, task_instance) do nothing
            """)
        .params(TASK, now(), TASK)
        .update();
  }

  /** Removes unclaimed rows whose job has ended, is put aside or does not exist. */
  int removeUnneeded() {
    return database
        .sql(
            """
            delete from scheduled_tasks
            where task_name = ? and picked = false and not exists
              (select 1 from job where job.id = task_instance
               and finished_at is null and state <> 'paused')
            """)
        .params(TASK)
        .update();
  }

  /** Jobs that are due and unclaimed, the one to start first at the front. */
  List<Id> due() {
    return database
        .sql(
            """
            select task_instance from scheduled_tasks
            where task_name = ? and picked = false and execution_time <= ?
            order by priority desc, execution_time, task_instance
            """)
        .params(TASK, now())
        .query((row, _) -> new Id(row.getString(1)))
        .list();
  }

  private long now() {
    return Micros.of(clock.now());
  }
}

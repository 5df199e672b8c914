// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.notices.schedules;

import io.entrepot.base.Id;
import io.entrepot.server.database.Database;
import io.entrepot.server.database.Micros;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** SQL access to what was told of schedules and their runs. */
final class WatchTable {

  private final Database database;

  WatchTable(Database database) {
    this.database = database;
  }

  /** False when it was told before. */
  boolean ping(Id job, String phase, Instant now) {
    return database
            .sql(
                """
                insert into run_ping (job_id, phase, created_at) values (?, ?, ?)
                on conflict (job_id, phase) do nothing
                """)
            .params(job.hex(), phase, Micros.of(now))
            .update()
        == 1;
  }

  boolean wasPinged(Id job, String phase) {
    return database
            .sql("select count(*) from run_ping where job_id = ? and phase = ?")
            .params(job.hex(), phase)
            .query(Long.class)
            .single()
        > 0;
  }

  /** Which runs to look at: ordered and last changed no longer ago. */
  record Since(Instant ordered, Instant changed) {}

  /**
   * Runs of schedules that began or ended, which was not told, the oldest first. Ids are asked for
   * in a way that no index serves, or SQLite would go over all runs there ever were instead of
   * those that changed of late.
   *
   * @param after the last one that was looked at; null for the first ones
   */
  List<Id> untold(Since since, @Nullable Id after, int limit) {
    return database
        .sql(
            """
            select id from job
            where updated_at >= ? and created_at >= ? and id || '' > ? and schedule_id is not null
              and ((finished_at is null and started_at is not null and not exists
                  (select 1 from run_ping where job_id = job.id and phase = 'started'))
                or (finished_at is not null and not exists
                  (select 1 from run_ping where job_id = job.id
                    and phase in ('completed', 'failed'))))
            order by id || '' limit ?
            """)
        .param(Micros.of(since.changed()))
        .param(Micros.of(since.ordered()))
        .param(after == null ? "" : after.hex())
        .param(limit)
        .query((row, _) -> new Id(row.getString(1)))
        .list();
  }

  void forgetPingsBefore(Instant time) {
    database.sql("delete from run_ping where created_at < ?").param(Micros.of(time)).update();
  }

  /** False when the alarm is on already. */
  boolean raise(Id schedule, Instant scheduledFor, Instant now) {
    return database
            .sql(
                """
                insert into schedule_alarm (schedule_id, scheduled_for, told_at) values (?, ?, ?)
                on conflict (schedule_id) do nothing
                """)
            .params(schedule.hex(), Micros.of(scheduledFor), Micros.of(now))
            .update()
        == 1;
  }

  boolean isRaised(Id schedule) {
    return database
            .sql("select count(*) from schedule_alarm where schedule_id = ?")
            .param(schedule.hex())
            .query(Long.class)
            .single()
        > 0;
  }

  void clear(Id schedule) {
    database.sql("delete from schedule_alarm where schedule_id = ?").param(schedule.hex()).update();
  }
}

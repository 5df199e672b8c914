// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs.engine;

import io.entrepot.base.Id;
import io.entrepot.server.database.Database;
import io.entrepot.server.database.Micros;
import io.entrepot.server.jobs.Tick;
import java.time.Instant;
import java.util.List;

/** SQL access to how the ticks of schedules were dealt with. */
final class TickTable {

  private final Database database;

  TickTable(Database database) {
    this.database = database;
  }

  /** Records how a tick was dealt with; false when it had been dealt with before. */
  boolean record(Id schedule, Tick tick, Instant now) {
    Id job = tick.job();
    return database
            .sql(
                """
                insert into schedule_tick
                  (schedule_id, scheduled_for, outcome, job_id, reason, created_at)
                values (?, ?, ?, ?, ?, ?)
                on conflict (schedule_id, scheduled_for) do nothing
                """)
            .param(schedule.hex())
            .param(Micros.of(tick.scheduledFor()))
            .param(tick.outcome().stored())
            .param(job == null ? null : job.hex())
            .param(tick.reason())
            .param(Micros.of(now))
            .update()
        == 1;
  }

  void started(Id schedule, Instant scheduledFor, Id job) {
    database
        .sql("update schedule_tick set job_id = ? where schedule_id = ? and scheduled_for = ?")
        .params(job.hex(), schedule.hex(), Micros.of(scheduledFor))
        .update();
  }

  /** Takes those away that were due before this. */
  void forget(Id schedule, Instant before) {
    database
        .sql("delete from schedule_tick where schedule_id = ? and scheduled_for < ?")
        .params(schedule.hex(), Micros.of(before))
        .update();
  }

  /** Newest first. */
  List<Tick> newest(Id schedule, int limit) {
    return database
        .sql(
            "select scheduled_for, outcome, job_id, reason from schedule_tick"
                + " where schedule_id = ? order by scheduled_for desc limit ?")
        .params(schedule.hex(), limit)
        .query(
            (row, _) ->
                new Tick(
                    Micros.instant(row.getLong("scheduled_for")),
                    Tick.Outcome.of(row.getString("outcome")),
                    JobRow.id(row, "job_id"),
                    row.getString("reason")))
        .list();
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs.engine;

import io.entrepot.base.Id;
import io.entrepot.server.database.Database;
import io.entrepot.server.database.Micros;
import io.entrepot.server.jobs.Misfire;
import io.entrepot.server.jobs.Schedule;
import io.entrepot.server.jobs.ScheduleFilter;
import io.entrepot.server.jobs.ScheduleOrder;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** SQL access to schedules. */
final class ScheduleTable {

  private static final String SELECT =
      "select id, number, kind, subject, cron, timezone, misfire, enabled, parameters, priority,"
          + " owner, next_at, last_at, created_at, updated_at, deleted_at from schedule";

  private static final JsonMapper JSON = JsonMapper.shared();

  private final Database database;

  ScheduleTable(Database database) {
    this.database = database;
  }

  void insert(Id id, ScheduleOrder order, Id owner, @Nullable Instant next, Instant now) {
    long number =
        database
            .sql("update schedule_number set last = last + 1 returning last")
            .query(Long.class)
            .single();
    database
        .sql(
            """
            insert into schedule (id, number, kind, subject, cron, timezone, misfire, enabled,
              parameters, priority, owner, next_at, created_at, updated_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .param(id.hex())
        .param(number)
        .param(order.kind())
        .param(order.subject())
        .param(order.timing().cron())
        .param(order.timing().zone().getId())
        .param(order.timing().misfire().word())
        .param(order.enabled() ? 1 : 0)
        .param(order.parameters().toString())
        .param(order.priority())
        .param(owner.hex())
        .param(Micros.ofNullable(next))
        .param(Micros.of(now))
        .param(Micros.of(now))
        .update();
  }

  boolean update(Id id, ScheduleOrder order, @Nullable Instant next, Instant now) {
    return database
            .sql(
                """
                update schedule set subject = ?, cron = ?, timezone = ?, misfire = ?, enabled = ?,
                  parameters = ?, priority = ?, next_at = ?, updated_at = ?
                where id = ? and deleted_at is null
                """)
            .param(order.subject())
            .param(order.timing().cron())
            .param(order.timing().zone().getId())
            .param(order.timing().misfire().word())
            .param(order.enabled() ? 1 : 0)
            .param(order.parameters().toString())
            .param(order.priority())
            .param(Micros.ofNullable(next))
            .param(Micros.of(now))
            .param(id.hex())
            .update()
        == 1;
  }

  /** Marks it deleted, or takes that back; either way it is switched off. */
  boolean delete(Id id, @Nullable Instant deleted, @Nullable Instant next, Instant now) {
    return database
            .sql(
                "update schedule set deleted_at = ?, enabled = 0, next_at = ?, updated_at = ?"
                    + " where id = ?"
                    + (deleted == null ? " and deleted_at is not null" : " and deleted_at is null"))
            .param(Micros.ofNullable(deleted))
            .param(Micros.ofNullable(next))
            .param(Micros.of(now))
            .param(id.hex())
            .update()
        == 1;
  }

  Optional<Schedule> find(Id id) {
    return database
        .sql(SELECT + " where id = ?")
        .param(id.hex())
        .query(ScheduleTable::read)
        .optional();
  }

  Optional<Schedule> findByNumber(long number) {
    return database
        .sql(SELECT + " where number = ?")
        .param(number)
        .query(ScheduleTable::read)
        .optional();
  }

  List<Schedule> list(ScheduleFilter filter, int skip, int limit) {
    Conditions conditions = conditions(filter);
    return database
        .sql(SELECT + conditions.where() + " order by id limit ? offset ?")
        .params(conditions.values())
        .param(limit)
        .param(skip)
        .query(ScheduleTable::read)
        .list();
  }

  long count(ScheduleFilter filter) {
    Conditions conditions = conditions(filter);
    return database
        .sql("select count(*) from schedule" + conditions.where())
        .params(conditions.values())
        .query(Long.class)
        .single();
  }

  private static Conditions conditions(ScheduleFilter filter) {
    Conditions conditions =
        new Conditions().and("kind = ?", filter.kind()).and("subject = ?", filter.subject());
    return filter.deletedToo() ? conditions : conditions.and("deleted_at is null");
  }

  /** Those with a tick to answer, and those whose last tick lies ahead of a clock set back. */
  List<Schedule> toLookAt(Instant now, Instant future) {
    return database
        .sql(
            SELECT
                + " where enabled = 1 and deleted_at is null and (next_at <= ? or last_at > ?)"
                + " order by next_at, id")
        .params(Micros.of(now), Micros.of(future))
        .query(ScheduleTable::read)
        .list();
  }

  /** Moves on from a tick; false when another server did, or somebody changed the schedule. */
  boolean moveOn(Schedule from, Instant last, @Nullable Instant next) {
    return database
            .sql(
                "update schedule set last_at = ?, next_at = ?"
                    + " where id = ? and next_at is not distinct from ? and enabled = 1 and deleted_at is null"
                    + " and updated_at = ?")
            .param(Micros.of(last))
            .param(Micros.ofNullable(next))
            .param(from.id().hex())
            .param(Micros.ofNullable(from.times().next()))
            .param(Micros.of(from.times().updated()))
            .update()
        == 1;
  }

  /** A schedule with no tick to come at all stays so. */
  void bringForward(Id schedule, Instant due) {
    database
        .sql(
            "update schedule set next_at = ?"
                + " where id = ? and next_at > ? and enabled = 1 and deleted_at is null")
        .params(Micros.of(due), schedule.hex(), Micros.of(due))
        .update();
  }

  /** A job of this schedule that has not ended. */
  Optional<Id> unfinishedJob(Id schedule) {
    return database
        .sql("select id from job where schedule_id = ? and finished_at is null limit 1")
        .param(schedule.hex())
        .query((row, _) -> new Id(row.getString(1)))
        .optional();
  }

  private static Schedule read(ResultSet row, int number) throws SQLException {
    ScheduleOrder order =
        new ScheduleOrder(
            row.getString("kind"),
            row.getString("subject"),
            JSON.readTree(row.getString("parameters")),
            row.getInt("priority"),
            new ScheduleOrder.Timing(
                row.getString("cron"),
                ZoneId.of(row.getString("timezone")),
                Misfire.ofWord(row.getString("misfire"))),
            row.getInt("enabled") == 1);
    return new Schedule(
        new Id(row.getString("id")),
        row.getLong("number"),
        new Id(row.getString("owner")),
        order,
        new Schedule.Times(
            Micros.instant(row.getLong("created_at")),
            Micros.instant(row.getLong("updated_at")),
            JobRow.time(row, "deleted_at"),
            JobRow.time(row, "next_at"),
            JobRow.time(row, "last_at")));
  }
}

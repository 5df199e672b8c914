// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.notices.channels;

import io.entrepot.base.Id;
import io.entrepot.server.database.Database;
import io.entrepot.server.database.Micros;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** SQL access to deliveries. */
final class DeliveryTable {

  private static final String SELECT = "select * from notice_delivery";

  private final Database database;

  DeliveryTable(Database database) {
    this.database = database;
  }

  void insert(Delivery delivery) {
    Announcement what = delivery.what();
    database
        .sql(
            """
            insert into notice_delivery (id, channel_id, message_id, event, severity, things, title,
              message, link, state, attempts, due_at, created_at, updated_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .param(delivery.id().hex())
        .param(delivery.channel().hex())
        .param(delivery.message().hex())
        .param(what.event())
        .param(what.severity().word())
        .param(String.join("\n", what.things()))
        .param(what.title())
        .param(what.message())
        .param(what.link())
        .param(delivery.state().word())
        .param(delivery.attempts())
        .param(Micros.ofNullable(delivery.due()))
        .param(Micros.of(delivery.createdAt()))
        .param(Micros.of(delivery.updatedAt()))
        .update();
  }

  Optional<Delivery> find(Id id) {
    return database
        .sql(SELECT + " where id = ?")
        .param(id.hex())
        .query(DeliveryTable::read)
        .optional();
  }

  /** Of each channel the longest due, and of these the longest due first. */
  List<Delivery> due(Instant now, int limit) {
    return database
        .sql(
            """
            select * from (
              select d.*, row_number() over (partition by channel_id order by due_at, id) as place
              from notice_delivery d where due_at is not null and due_at <= ?) as queued
            where place = 1 order by due_at, id limit ?
            """)
        .params(Micros.of(now), limit)
        .query(DeliveryTable::read)
        .list();
  }

  /** The longest due of a channel. */
  Optional<Delivery> dueOf(Id channel, Instant now) {
    return database
        .sql(
            SELECT
                + " where due_at is not null and due_at <= ? and channel_id = ?"
                + " order by due_at, id limit 1")
        .params(Micros.of(now), channel.hex())
        .query(DeliveryTable::read)
        .optional();
  }

  /** Newest first. */
  List<Delivery> ofChannel(Id channel, int skip, int limit) {
    return database
        .sql(SELECT + " where channel_id = ? order by id desc limit ? offset ?")
        .params(channel.hex(), limit, skip)
        .query(DeliveryTable::read)
        .list();
  }

  long count(Id channel) {
    return database
        .sql("select count(*) from notice_delivery where channel_id = ?")
        .param(channel.hex())
        .query(Long.class)
        .single();
  }

  /**
   * Begins an attempt: whoever finds it as it was has it until then, and counts the attempt.
   *
   * @return whether nobody else was faster
   */
  boolean claim(Delivery found, Instant until, Instant now) {
    return database
            .sql(
                """
                update notice_delivery set due_at = ?, attempts = attempts + 1, updated_at = ?
                where id = ? and state = 'waiting' and attempts = ? and due_at = ?
                """)
            .param(Micros.of(until))
            .param(Micros.of(now))
            .param(found.id().hex())
            .param(found.attempts())
            .param(Micros.ofNullable(found.due()))
            .update()
        == 1;
  }

  /** Ends an attempt, unless it took so long that another one has begun. */
  boolean ended(
      Delivery tried, Delivery.State state, String outcome, @Nullable Instant due, Instant now) {
    return database
            .sql(
                """
                update notice_delivery set state = ?, outcome = ?, due_at = ?, updated_at = ?
                where id = ? and state = 'waiting' and attempts = ?
                """)
            .param(state.word())
            .param(outcome)
            .param(Micros.ofNullable(due))
            .param(Micros.of(now))
            .param(tried.id().hex())
            .param(tried.attempts())
            .update()
        == 1;
  }

  /**
   * How the delivery that was tried to its end last before this one has ended; empty when there was
   * none. A test counts only where it arrived: nobody else was told that it did not.
   */
  Optional<Delivery.State> endedBefore(Delivery one) {
    return database
        .sql(
            """
            select state from notice_delivery
            where channel_id = ? and id <> ?
              and (state = 'sent' or (state = 'failed' and event <> ?))
            order by updated_at desc, id desc limit 1
            """)
        .params(one.channel().hex(), one.id().hex(), Deliveries.TEST)
        .query(String.class)
        .optional()
        .map(Delivery.State::ofWord);
  }

  void forgetEndedBefore(Instant time) {
    database
        .sql("delete from notice_delivery where created_at < ? and due_at is null")
        .param(Micros.of(time))
        .update();
  }

  private static Set<String> things(@Nullable String lines) {
    return lines == null || lines.isEmpty()
        ? Set.of()
        : new LinkedHashSet<>(lines.lines().toList());
  }

  private static Delivery read(ResultSet row, int number) throws SQLException {
    return new Delivery(
        new Id(row.getString("id")),
        new Id(row.getString("channel_id")),
        new Id(row.getString("message_id")),
        new Announcement(
            row.getString("event"),
            Severity.ofWord(row.getString("severity")),
            things(row.getString("things")),
            row.getString("title"),
            Objects.requireNonNull(row.getString("message")),
            row.getString("link")),
        Delivery.State.ofWord(row.getString("state")),
        row.getInt("attempts"),
        row.getString("outcome"),
        Micros.instantOrNull((Number) row.getObject("due_at")),
        Micros.instant(row.getLong("created_at")),
        Micros.instant(row.getLong("updated_at")));
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.notices.channels;

import io.entrepot.base.Id;
import io.entrepot.server.database.Database;
import io.entrepot.server.database.Json;
import io.entrepot.server.database.Micros;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** SQL access to channels. */
final class ChannelTable {

  private static final String SELECT = "select * from notice_channel";

  private final Database database;

  ChannelTable(Database database) {
    this.database = database;
  }

  long nextNumber() {
    return database
        .sql("update notice_channel_number set last = last + 1 returning last")
        .query(Long.class)
        .single();
  }

  void insert(Channel channel) {
    database
        .sql(
            """
            insert into notice_channel (id, number, name, provider, config, severity, events, things,
              enabled, created_at, updated_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .param(channel.id().hex())
        .param(channel.number())
        .param(channel.name())
        .param(channel.provider().word())
        .param(Json.text(channel.config()))
        .param(channel.rule().from().word())
        .param(lines(channel.rule().events()))
        .param(lines(channel.rule().things()))
        .param(channel.enabled() ? 1 : 0)
        .param(Micros.of(channel.createdAt()))
        .param(Micros.of(channel.updatedAt()))
        .update();
  }

  void update(Channel channel) {
    database
        .sql(
            """
            update notice_channel set name = ?, provider = ?, config = ?, severity = ?, events = ?,
              things = ?, enabled = ?, updated_at = ?
            where id = ?
            """)
        .param(channel.name())
        .param(channel.provider().word())
        .param(Json.text(channel.config()))
        .param(channel.rule().from().word())
        .param(lines(channel.rule().events()))
        .param(lines(channel.rule().things()))
        .param(channel.enabled() ? 1 : 0)
        .param(Micros.of(channel.updatedAt()))
        .param(channel.id().hex())
        .update();
  }

  void delete(Id id) {
    database.sql("delete from notice_delivery where channel_id = ?").param(id.hex()).update();
    database.sql("delete from notice_channel where id = ?").param(id.hex()).update();
  }

  Optional<Channel> find(Id id) {
    return database
        .sql(SELECT + " where id = ?")
        .param(id.hex())
        .query(ChannelTable::read)
        .optional();
  }

  Optional<Channel> findByNumber(long number) {
    return database
        .sql(SELECT + " where number = ?")
        .param(number)
        .query(ChannelTable::read)
        .optional();
  }

  Optional<Channel> findByName(String name) {
    return database
        .sql(SELECT + " where name = ?")
        .param(name)
        .query(ChannelTable::read)
        .optional();
  }

  /** Oldest first. */
  List<Channel> list() {
    return database.sql(SELECT + " order by number").query(ChannelTable::read).list();
  }

  private static String lines(Set<String> words) {
    return String.join("\n", new TreeSet<>(words));
  }

  private static Set<String> words(String lines) {
    return lines.lines().filter(line -> !line.isEmpty()).collect(Collectors.toSet());
  }

  private static Channel read(ResultSet row, int number) throws SQLException {
    return new Channel(
        new Id(row.getString("id")),
        row.getLong("number"),
        row.getString("name"),
        Provider.ofWord(row.getString("provider")).orElseThrow(),
        config(row.getString("config")),
        new Rule(
            Severity.ofWord(row.getString("severity")),
            words(row.getString("events")),
            words(row.getString("things"))),
        row.getInt("enabled") == 1,
        Micros.instant(row.getLong("created_at")),
        Micros.instant(row.getLong("updated_at")));
  }

  private static Map<String, Object> config(String text) {
    Map<String, Object> config = new LinkedHashMap<>();
    Map<String, @Nullable Object> stored = Objects.requireNonNull(Json.object(text));
    stored.forEach(
        (name, value) -> {
          if (value != null) {
            config.put(name, value);
          }
        });
    return config;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.server.DrillSize;
import io.entrepot.server.TestFolders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An upgrade that is killed before and after each of its statements. The next start has to end it
 * unaided, with the tables and rows of one that was left alone, and the tables that a new server
 * makes in one go. It begins with nothing at all, and at the first version that had all rooms of a
 * harvest, with rows in every table.
 */
class KilledMigrationTest {

  /** Where an upgrade begins. */
  private enum From {
    NOTHING,
    OLDEST
  }

  private static final String OLDEST = "60";
  private static final int ROWS = DrillSize.of(20, 200, 2_000);

  /** More than there are statements; the last one is found out. */
  private static final int POINTS_LIMIT = 2_000;

  private record Upgrade(Dialect dialect, From from) {}

  static List<Upgrade> upgrades() {
    return Stream.of(Dialect.values())
        .filter(dialect -> dialect == Dialect.SQLITE || !DrillSize.isShort())
        .flatMap(dialect -> Stream.of(From.values()).map(from -> new Upgrade(dialect, from)))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("upgrades")
  void an_upgrade_killed_at_any_statement_is_ended_by_the_next_start(Upgrade upgrade)
      throws Exception {
    Old old = new Old(upgrade.dialect(), upgrade.from());
    Map<String, List<String>> leftAlone = upgraded(old.copy());
    Map<String, List<String>> fresh = upgraded(new Old(upgrade.dialect(), From.NOTHING).copy());
    assertThat(leftAlone.get("schema")).isEqualTo(fresh.get("schema"));
    int step = DrillSize.of(400, 11, 1);
    int killed = 0;
    int point = 1 + DrillSize.random().nextInt(step);
    for (; point < POINTS_LIMIT; point += step) {
      String database = old.copy();
      if (!MigrationProcess.killed(database, point)) {
        break;
      }
      killed++;
      assertThat(upgraded(database)).as("killed at %d", point).isEqualTo(leftAlone);
    }
    assertThat(killed).isPositive();
    DrillSize.tell(
        "%s, from %s: killed at %d points up to %d, %d tables with up to %,d rows as of one left alone",
        upgrade.dialect(),
        upgrade.from(),
        killed,
        point - step,
        leftAlone.size() - 1,
        upgrade.from() == From.NOTHING ? 0 : ROWS);
  }

  /** What is in a database after the server's own way of bringing it to this version. */
  private static Map<String, List<String>> upgraded(String database) throws SQLException {
    try (Pools pools = TestDatabases.pools(database)) {
      Migrations.run(pools.writer());
      try (Connection connection = pools.reader().getConnection()) {
        return content(connection);
      }
    }
  }

  private static Map<String, List<String>> content(Connection connection) throws SQLException {
    Map<String, List<String>> content = new TreeMap<>();
    content.put("schema", rows(connection, schema(connection)));
    for (String table : tables(connection)) {
      boolean history = table.equals("flyway_schema_history");
      String columns = history ? "version, description, checksum, success" : "*";
      List<String> rows = rows(connection, "select " + columns + " from " + table);
      content.put(table, rows.stream().sorted().toList());
    }
    return content;
  }

  private static String schema(Connection connection) throws SQLException {
    return connection.getMetaData().getDatabaseProductName().equals("SQLite")
        ? "select type, name, tbl_name, sql from sqlite_master order by type, name"
        : """
          select 'column', table_name, column_name, data_type, is_nullable, column_default,
            cast(character_maximum_length as text), cast(ordinal_position as text)
          from information_schema.columns where table_schema = 'public'
          union all
          select 'index', tablename, indexname, indexdef, '', '', '', ''
          from pg_indexes where schemaname = 'public'
          union all
          select 'constraint', conrelid::regclass::text, conname, pg_get_constraintdef(oid),
            '', '', '', ''
          from pg_constraint where connamespace = 'public'::regnamespace
          order by 1, 2, 3
          """;
  }

  private static List<String> tables(Connection connection) throws SQLException {
    List<String> tables = new ArrayList<>();
    DatabaseMetaData data = connection.getMetaData();
    String schema = data.getDatabaseProductName().equals("SQLite") ? null : "public";
    try (ResultSet found = data.getTables(null, schema, "%", new String[] {"TABLE"})) {
      while (found.next()) {
        tables.add(found.getString("TABLE_NAME"));
      }
    }
    return tables;
  }

  private static List<String> rows(Connection connection, String question) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(question)) {
      int columns = found.getMetaData().getColumnCount();
      while (found.next()) {
        StringBuilder row = new StringBuilder();
        for (int i = 1; i <= columns; i++) {
          row.append(found.getString(i)).append('|');
        }
        rows.add(row.toString());
      }
    }
    return rows;
  }

  /** A database of the oldest version, and copies of it. */
  private static final class Old {

    private static final AtomicInteger MADE = new AtomicInteger();

    private final Dialect dialect;
    private final String name = "old_" + MADE.incrementAndGet();
    private final String original;
    private int copies;

    Old(Dialect dialect, From from) throws SQLException {
      this.dialect = dialect;
      this.original =
          dialect == Dialect.SQLITE
              ? TestFolders.create("old").resolve("entrepot.db").toString()
              : server().url(made(name, "template0"));
      if (from == From.OLDEST) {
        install();
      }
    }

    private void install() throws SQLException {
      try (Pools pools = TestDatabases.pools(original)) {
        Flyway.configure()
            .dataSource(pools.writer())
            .locations("classpath:db/migration")
            .target(OLDEST)
            .load()
            .migrate();
        try (Connection connection = pools.writer().getConnection()) {
          fill(connection);
        }
      }
    }

    private static TestPostgresql server() {
      return TestPostgresql.shared().orElseThrow();
    }

    private static String made(String name, String template) {
      server().execute("create database " + name + " template " + template);
      return name;
    }

    /** Rows for which only their types and keys were thought of: an upgrade may not mind. */
    private void fill(Connection connection) throws SQLException {
      connection
          .createStatement()
          .execute(
              dialect == Dialect.SQLITE
                  ? "pragma foreign_keys = off"
                  : "set session_replication_role = replica");
      for (String table : tables(connection)) {
        if (!table.equals("flyway_schema_history")
            && rows(connection, "select 1 from " + table).isEmpty()) {
          fill(connection, table);
        }
      }
    }

    private static void fill(Connection connection, String table) throws SQLException {
      List<String> names = new ArrayList<>();
      List<IntFunction<String>> values = new ArrayList<>();
      try (ResultSet columns = connection.getMetaData().getColumns(null, null, table, "%")) {
        while (columns.next()) {
          names.add(columns.getString("COLUMN_NAME"));
          values.add(values(columns.getInt("DATA_TYPE"), columns.getInt("COLUMN_SIZE")));
        }
      }
      for (int i = 1; i <= ROWS; i++) {
        int row = i;
        String text =
            values.stream().map(value -> value.apply(row)).collect(Collectors.joining(", "));
        connection
            .createStatement()
            .execute(
                "insert into %s (%s) values (%s) on conflict do nothing"
                    .formatted(table, String.join(", ", names), text));
      }
    }

    private static IntFunction<String> values(int type, int size) {
      return switch (type) {
        case Types.CHAR, Types.VARCHAR -> row -> "'" + text(row, size) + "'";
        case Types.BIT, Types.BOOLEAN -> _ -> "false";
        case Types.BINARY, Types.BLOB -> _ -> "'\\x00'";
        default -> Integer::toString;
      };
    }

    /** As long as an id, unless that is too long. */
    private static String text(int row, int size) {
      String id = "%024x".formatted(row);
      return size >= id.length() ? id : id.substring(id.length() - size);
    }

    String copy() {
      copies++;
      if (dialect == Dialect.POSTGRESQL) {
        return server().url(made(name + "_" + copies, name));
      }
      Path copy = TestFolders.create("upgrade").resolve("entrepot.db");
      try {
        if (Files.exists(Path.of(original))) {
          Files.copy(Path.of(original), copy);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return copy.toString();
    }
  }
}

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
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An upgrade that is killed before and after each of its statements. The next start has to end it
 * unaided, with the tables and rows of one that was left alone. It begins at the first version that
 * had all rooms of a harvest, with rows in every table.
 */
class KilledMigrationTest {

  private static final String OLDEST = "60";
  private static final int ROWS = DrillSize.of(20, 200, 2_000);

  /** More than there are statements; the last one is found out. */
  private static final int POINTS_LIMIT = 2_000;

  static List<Dialect> dialects() {
    return DrillSize.isShort() ? List.of(Dialect.SQLITE) : List.of(Dialect.values());
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void an_upgrade_killed_at_any_statement_is_ended_by_the_next_start(Dialect dialect)
      throws Exception {
    Old old = new Old(dialect);
    Map<String, List<String>> leftAlone = upgraded(old.copy());
    int step = DrillSize.of(250, 11, 1);
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
        "%s: killed at %d points up to %d, %d tables with up to %,d rows each as of one left alone",
        dialect, killed, point - step, leftAlone.size() - 1, ROWS);
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

    private final Dialect dialect;
    private final String original;
    private int copies;

    Old(Dialect dialect) throws SQLException {
      this.dialect = dialect;
      this.original =
          dialect == Dialect.SQLITE
              ? TestFolders.create("old").resolve("entrepot.db").toString()
              : server().url(made("old_original", "template0"));
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
        return server().url(made("old_" + copies, "old_original"));
      }
      Path copy = TestFolders.create("upgrade").resolve("entrepot.db");
      try {
        Files.copy(Path.of(original), copy);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return copy.toString();
    }
  }
}

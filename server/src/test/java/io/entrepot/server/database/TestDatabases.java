// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.database;

import io.entrepot.server.TestFolders;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Fresh, migrated databases of both kinds, for tests that take a {@code Database}:
 *
 * <pre>{@code
 * @ParameterizedTest
 * @MethodSource("io.entrepot.server.database.TestDatabases#both")
 * void a_sentence(Database database) { … }
 * }</pre>
 */
public final class TestDatabases {

  private static final AtomicInteger COUNTER = new AtomicInteger();

  private TestDatabases() {}

  /**
   * One empty database of each kind; PostgreSQL is left out, with a notice, where it is missing.
   */
  public static Stream<Database> both() {
    return Stream.concat(
        Stream.of(sqlite()), TestPostgresql.shared().stream().map(TestDatabases::postgresql));
  }

  /** An empty SQLite database in a folder of its own. */
  public static Database sqlite() {
    Path folder = TestFolders.create("sqlite");
    return migrated(Dialect.SQLITE, Pools.sqlite(folder.resolve("entrepot.db")));
  }

  private static Database postgresql(TestPostgresql server) {
    String name = "test" + COUNTER.incrementAndGet();
    try (Connection admin = DriverManager.getConnection(server.url("postgres"), "postgres", "")) {
      admin.createStatement().execute("create database " + name);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return migrated(Dialect.POSTGRESQL, Pools.postgresql(server.url(name), "postgres", ""));
  }

  private static Database migrated(Dialect dialect, Pools pools) {
    Migrations.run(pools.writer());
    return new Database(dialect, pools);
  }
}

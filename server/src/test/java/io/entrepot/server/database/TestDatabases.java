// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.database;

import io.entrepot.server.TestFolders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

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

  /** How those are called that are emptied for the next test: making one takes longer than most. */
  private static final String REUSED = "reused";

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
    return new Database(Dialect.SQLITE, sqlitePools());
  }

  static Pools sqlitePools() {
    Path file = TestFolders.create("sqlite").resolve("entrepot.db");
    copySqlite(file);
    return Pools.sqlite(file);
  }

  /** For what SQLite has no part in; the test is left out where there is no PostgreSQL. */
  public static Database postgresql() {
    Optional<TestPostgresql> server = TestPostgresql.shared();
    Assumptions.assumeTrue(server.isPresent(), "no PostgreSQL here");
    return postgresql(server.orElseThrow());
  }

  private static Database postgresql(TestPostgresql server) {
    String url = server.url(server.left(REUSED).orElseGet(() -> makePostgresql(server, REUSED)));
    return new Database(Dialect.POSTGRESQL, Pools.postgresql(url, "postgres", ""));
  }

  /** Puts a migrated SQLite database without rows where there is no file yet. */
  public static void copySqlite(Path file) {
    try {
      Files.copy(SqliteTemplate.FILE, file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The connections of a database.
   *
   * @param address a SQLite file, or a JDBC address
   */
  public static Pools pools(String address) {
    return dialect(address) == Dialect.POSTGRESQL
        ? Pools.postgresql(address, "postgres", "")
        : Pools.sqlite(Path.of(address));
  }

  /** Of a database with such an address. */
  public static Dialect dialect(String address) {
    return address.startsWith("jdbc:") ? Dialect.POSTGRESQL : Dialect.SQLITE;
  }

  /** The address of a new, migrated database without rows. */
  public static String createPostgresql(TestPostgresql server) {
    return server.url(makePostgresql(server, "test"));
  }

  private static String makePostgresql(TestPostgresql server, String kind) {
    String name = kind + COUNTER.incrementAndGet();
    server.execute("create database " + name + " template " + PostgresqlTemplate.NAME);
    return name;
  }

  /** Migrating takes half a second; hundreds of tests share one that is migrated. */
  private static final class SqliteTemplate {

    static final Path FILE = TestFolders.create("template").resolve("entrepot.db");

    static {
      try (Pools pools = Pools.sqlite(FILE)) {
        Migrations.run(pools.writer());
      }
    }
  }

  private static final class PostgresqlTemplate {

    static final String NAME = migrated("migrated");

    private static String migrated(String name) {
      TestPostgresql server = TestPostgresql.shared().orElseThrow();
      server.execute("create database " + name);
      try (Pools pools = Pools.postgresql(server.url(name), "postgres", "")) {
        Migrations.run(pools.writer());
      }
      return name;
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.util.Properties;

/**
 * The connections of one database: one kind for writing, one for reading, one for the job engine.
 *
 * <p>SQLite has a single writer connection whose transactions start IMMEDIATE, so a transaction
 * never finds the database busy half-way; {@code synchronous=FULL}, because anything less loses
 * acknowledged commits in a power cut.
 */
public record Pools(HikariDataSource writer, HikariDataSource reader, HikariDataSource scheduler)
    implements AutoCloseable {

  private static final int SQLITE_READERS = 4;
  private static final int SCHEDULER_CONNECTIONS = 2;
  private static final int POSTGRESQL_CONNECTIONS = 12;
  private static final String BUSY_MILLIS = "10000";
  private static final String LOOKING_BUSY_MILLIS = "2000";
  private static final String WRITER_CACHE_KIB = "-65536";

  /**
   * A server that says nothing for so long amid a transaction is frozen or gone, and its rows are
   * not kept from the others any longer: less than it takes until its jobs are taken over.
   */
  private static final String FROZEN = "15s";

  /** Whoever only wants to read is told that the database is busy or away while he still waits. */
  private static final long READER_PATIENCE_MILLIS = 8_000;

  /** Measured: checkpointing less often than SQLite's own 1,000 pages halves the ingest time. */
  private static final String CHECKPOINT_PAGES = "10000";

  /** The SQLite database in this file, made when it is missing. */
  public static Pools sqlite(Path file) {
    HikariDataSource writer = new HikariDataSource(sqlite(file, "sqlite-writer", 1, writing()));
    HikariConfig scheduler = sqlite(file, "sqlite-scheduler", SCHEDULER_CONNECTIONS, writing());
    scheduler.setExceptionOverride(new FlushWatch());
    return new Pools(
        writer,
        new HikariDataSource(sqlite(file, "sqlite-reader", SQLITE_READERS, reading())),
        new HikariDataSource(scheduler));
  }

  private static HikariConfig sqlite(Path file, String name, int size, Properties pragmas) {
    HikariConfig config = new HikariConfig();
    boolean reads = pragmas.containsKey("open_mode");
    if (reads) {
      config.setConnectionTimeout(READER_PATIENCE_MILLIS);
    }
    config.setPoolName(name);
    config.setJdbcUrl("jdbc:sqlite:" + file.toAbsolutePath());
    config.setMaximumPoolSize(size);
    config.setReadOnly(reads);
    config.setDataSourceProperties(pragmas);
    return config;
  }

  private static Properties writing() {
    Properties pragmas = new Properties();
    pragmas.setProperty("journal_mode", "WAL");
    pragmas.setProperty("synchronous", "FULL");
    pragmas.setProperty("transaction_mode", "IMMEDIATE");
    pragmas.setProperty("busy_timeout", BUSY_MILLIS);
    pragmas.setProperty("cache_size", WRITER_CACHE_KIB);
    pragmas.setProperty("foreign_keys", "true");
    pragmas.setProperty("temp_store", "MEMORY");
    pragmas.setProperty("mmap_size", "0");
    pragmas.setProperty("wal_autocheckpoint", CHECKPOINT_PAGES);
    return pragmas;
  }

  private static Properties reading() {
    Properties pragmas = new Properties();
    pragmas.setProperty("open_mode", "1");
    pragmas.setProperty("busy_timeout", BUSY_MILLIS);
    pragmas.setProperty("temp_store", "MEMORY");
    return pragmas;
  }

  /**
   * Of a SQLite database that may or may not be in use, for somebody who changes nothing: every
   * statement that writes fails.
   */
  public static Pools looking(Path file) {
    Properties pragmas = new Properties();
    pragmas.setProperty("busy_timeout", LOOKING_BUSY_MILLIS);
    HikariConfig config = new HikariConfig();
    config.setPoolName("sqlite-looking");
    config.setJdbcUrl("jdbc:sqlite:" + file.toAbsolutePath());
    config.setMaximumPoolSize(2);
    config.setDataSourceProperties(pragmas);
    config.setConnectionInitSql("pragma query_only = on");
    HikariDataSource source = new HikariDataSource(config);
    return new Pools(source, source, source);
  }

  /** The PostgreSQL database that this JDBC address names; its collation must be C. */
  public static Pools postgresql(String url, String user, String password) {
    return new Pools(
        postgresql(url, user, password, "writer", false),
        postgresql(url, user, password, "reader", true),
        postgresql(url, user, password, "scheduler", false));
  }

  private static HikariDataSource postgresql(
      String url, String user, String password, String name, boolean readOnly) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("postgresql-" + name);
    config.setJdbcUrl(url);
    config.setUsername(user);
    config.setPassword(password);
    config.setReadOnly(readOnly);
    config.addDataSourceProperty("readOnlyMode", "always");
    config.addDataSourceProperty("tcpKeepAlive", "true");
    if (readOnly) {
      config.setConnectionTimeout(READER_PATIENCE_MILLIS);
    } else {
      config.addDataSourceProperty("options", "-c idle_in_transaction_session_timeout=" + FROZEN);
    }
    config.setMinimumIdle(1);
    config.setMaximumPoolSize(
        name.equals("scheduler") ? SCHEDULER_CONNECTIONS : POSTGRESQL_CONNECTIONS);
    return new HikariDataSource(config);
  }

  @Override
  public void close() {
    scheduler.close();
    reader.close();
    writer.close();
  }
}

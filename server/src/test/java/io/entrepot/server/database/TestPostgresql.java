// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.database;

import io.entrepot.client.local.LocalPostgresql;
import io.entrepot.server.TestFolders;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** A private PostgreSQL cluster that lives as long as this JVM. */
public final class TestPostgresql {

  private static final String LEFT =
      """
      select datname from pg_database
      where datname like '%s%%' and datname not in
        (select datname from pg_stat_activity where datname is not null)
      limit 1
      """;

  /** What looks after tables that live longer than those of a test. */
  private static final String[] SETTINGS = {"autovacuum=off", "full_page_writes=off", "jit=off"};

  /** Most tables of a test have no rows. */
  private static final String EMPTY =
      """
      do $$
      declare
        one record;
        filled boolean;
      begin
        set local session_replication_role = replica; -- else foreign keys ask for an order
        for one in select quote_ident(tablename) as name from pg_tables
            where schemaname = 'public' and tablename not in (
              'flyway_schema_history', 'ledger_stream', 'schedule_number', 'notice_channel_number'
            ) loop
          execute 'select exists (select 1 from ' || one.name || ')' into filled;
          if filled then
            -- To truncate makes new files, which takes longer than to delete a few rows; of many,
            -- what is deleted would be in everybody's way from then on.
            if pg_relation_size(one.name::regclass) < 256 * 1024 then
              execute 'delete from ' || one.name;
            else
              execute 'truncate ' || one.name || ' cascade';
            end if;
          end if;
        end loop;
        for one in select quote_ident(sequencename) as name from pg_sequences
            where schemaname = 'public' and last_value is not null loop
          execute 'alter sequence ' || one.name || ' restart';
        end loop;
        -- Those have rows from the beginning.
        update ledger_stream set closings = 0;
        update schedule_number set last = 0;
        update notice_channel_number set last = 0;
      end $$
      """;

  private static final Optional<TestPostgresql> SHARED = start();

  private final LocalPostgresql cluster;

  private TestPostgresql(LocalPostgresql cluster) {
    this.cluster = cluster;
  }

  /** Empty where PostgreSQL is not installed; on a build machine that is a failure instead. */
  public static Optional<TestPostgresql> shared() {
    return SHARED;
  }

  public String url(String database) {
    return cluster.url(database);
  }

  /** As the administrator of the cluster, outside of any test's database. */
  void execute(String statement) {
    execute("postgres", statement);
  }

  private void execute(String database, String statement) {
    try (Connection admin = DriverManager.getConnection(url(database), LocalPostgresql.USER, "")) {
      admin.createStatement().execute(statement);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * A database of this kind that nobody is connected to any more; there are no rows in it and all
   * counters begin anew.
   */
  Optional<String> left(String kind) {
    Optional<String> found = Optional.empty();
    try (Connection admin = DriverManager.getConnection(url("postgres"), LocalPostgresql.USER, "");
        ResultSet names = admin.createStatement().executeQuery(LEFT.formatted(kind))) {
      if (names.next()) {
        found = Optional.of(names.getString(1));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    found.ifPresent(name -> execute(name, EMPTY));
    return found;
  }

  private static Optional<TestPostgresql> start() {
    if (!LocalPostgresql.installed()) {
      if (System.getenv("CI") != null) {
        throw new IllegalStateException("PostgreSQL is not installed: apt-get install postgresql");
      }
      System.err.println("SKIPPED: no PostgreSQL under /usr/lib/postgresql; SQLite only");
      return Optional.empty();
    }
    LocalPostgresql cluster = LocalPostgresql.start(TestFolders.create("postgresql"), SETTINGS);
    TestFolders.beforeTheyGo(cluster::close);
    return Optional.of(new TestPostgresql(cluster));
  }
}

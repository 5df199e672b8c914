// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.database;

import io.entrepot.client.local.LocalPostgresql;
import io.entrepot.server.TestFolders;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;

/** A private PostgreSQL cluster that lives as long as this JVM. */
public final class TestPostgresql {

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
    try (Connection admin =
        DriverManager.getConnection(url("postgres"), LocalPostgresql.USER, "")) {
      admin.createStatement().execute(statement);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Optional<TestPostgresql> start() {
    if (!LocalPostgresql.installed()) {
      if (System.getenv("CI") != null) {
        throw new IllegalStateException("PostgreSQL is not installed: apt-get install postgresql");
      }
      System.err.println("SKIPPED: no PostgreSQL under /usr/lib/postgresql; SQLite only");
      return Optional.empty();
    }
    LocalPostgresql cluster = LocalPostgresql.start(TestFolders.create("postgresql"));
    TestFolders.beforeTheyGo(cluster::close);
    return Optional.of(new TestPostgresql(cluster));
  }
}

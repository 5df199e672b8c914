// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.database;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Brings a database to this version's tables, or refuses one from a newer version. */
public final class Migrations {

  private Migrations() {}

  /**
   * Runs what is missing, each migration in one transaction.
   *
   * @throws org.flywaydb.core.api.FlywayException when the database knows migrations that this
   *     version does not; nothing was changed then
   */
  public static void run(DataSource writer) {
    Flyway.configure()
        .dataSource(writer)
        .locations("classpath:db/migration")
        .ignoreMigrationPatterns("*:missing")
        .load()
        .migrate();
  }
}

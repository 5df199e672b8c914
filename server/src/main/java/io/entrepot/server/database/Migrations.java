// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

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

  /** The newest migration that this version knows. */
  public static int newest() {
    try {
      return Stream.of(
              new PathMatchingResourcePatternResolver()
                  .getResources("classpath*:db/migration/V*__*.sql"))
          .map(file -> String.valueOf(file.getFilename()))
          .mapToInt(name -> Integer.parseInt(name.substring(1, name.indexOf("__"))))
          .max()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

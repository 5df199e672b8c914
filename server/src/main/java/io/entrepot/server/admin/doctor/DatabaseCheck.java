// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.admin.doctor;

import io.entrepot.server.database.Database;
import io.entrepot.server.database.DatabaseCopy;
import io.entrepot.server.database.Dialect;
import io.entrepot.server.database.Pools;
import io.entrepot.server.settings.EntrepotSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Whether the database can be reached, and SQLite's be written to. */
final class DatabaseCheck implements Check {

  private static final int BUSY = 5;

  /** A running server's own transactions are over long before. */
  private static final int PATIENCE_MILLIS = 5_000;

  private final EntrepotSettings settings;

  DatabaseCheck(EntrepotSettings settings) {
    this.settings = settings;
  }

  @Override
  public String name() {
    return "database";
  }

  @Override
  public Outcome look() {
    String url = settings.database().url();
    if (url != null) {
      return postgresql(url);
    }
    Path file = settings.data().resolve("entrepot.db");
    return Files.exists(file) ? sqlite(file) : Outcome.notApplicable("there is no database yet");
  }

  private static Outcome sqlite(Path file) {
    try (Connection connection = DatabaseCopy.connect(file);
        Statement statement = connection.createStatement()) {
      statement.execute("pragma busy_timeout = " + PATIENCE_MILLIS);
      statement.execute("begin immediate");
      statement.execute("rollback");
      return Outcome.well();
    } catch (SQLException e) {
      return (e.getErrorCode() & 0xff) == BUSY
          ? Outcome.fault(
              "the database " + file + " is locked by another program",
              "end that program (fuser -v " + file + " names it): a sqlite3 shell, or a copy tool")
          : Outcome.fault(
              "the database " + file + " cannot be used: " + e.getMessage(),
              "stop the server and put a backup into a new directory: ./entrepot admin restore");
    }
  }

  private Outcome postgresql(String url) {
    try (Database database =
        new Database(
            Dialect.POSTGRESQL,
            Pools.postgresql(url, settings.database().user(), settings.database().password()))) {
      database.sql("select 1").query(Integer.class).single();
      return Outcome.well();
    } catch (RuntimeException e) {
      return Outcome.fault(
          "the database at entrepot.database.url cannot be reached: " + deepest(e),
          "start PostgreSQL, and check entrepot.database.url, .user and .password");
    }
  }

  private static String deepest(Throwable failure) {
    Throwable deepest = failure;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return String.valueOf(deepest.getMessage());
  }
}

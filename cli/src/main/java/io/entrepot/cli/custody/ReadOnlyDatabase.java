// SPDX-License-Identifier: Apache-2.0
package io.entrepot.cli.custody;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Connections that cannot write, each in one transaction that sees one moment. */
final class ReadOnlyDatabase {

  private static final String SQLITE = "jdbc:sqlite:";
  private static final String POSTGRESQL = "jdbc:postgresql:";
  private static final String BUSY_MILLIS = "10000";

  private ReadOnlyDatabase() {}

  static Connection open(String url) {
    if (url.startsWith(SQLITE)) {
      Path file = Whereabouts.resolved(Path.of(url.substring(SQLITE.length())));
      if (!Files.exists(file)) {
        throw new EntrepotException(ErrorCode.NOT_FOUND, "There is no database file " + file + ".");
      }
      return sqlite(file);
    }
    if (url.startsWith(POSTGRESQL)) {
      return postgresql(url);
    }
    throw new EntrepotException(
        ErrorCode.BAD_REQUEST,
        "A database address begins with "
            + POSTGRESQL
            + " or "
            + SQLITE
            + ", not \""
            + url
            + "\".");
  }

  /**
   * Beside a running server its log of changes is read too. Where there is none, nobody has the
   * file open, and it is read as it lies, so that not even a lock file is left in a folder of
   * evidence.
   */
  static Connection sqlite(Path file) {
    Properties properties = new Properties();
    properties.setProperty("open_mode", "1");
    properties.setProperty("busy_timeout", BUSY_MILLIS);
    String name = file.toAbsolutePath().toString();
    boolean inUse = Files.exists(Path.of(name + "-wal")) || Files.exists(Path.of(name + "-shm"));
    return connect(SQLITE + (inUse ? name : file.toUri() + "?immutable=1"), properties);
  }

  private static Connection postgresql(String url) {
    Map<String, String> environment = System.getenv();
    Properties properties = new Properties();
    properties.setProperty("readOnly", "true");
    properties.setProperty("ApplicationName", "entrepot custody");
    set(properties, "user", environment.get("ENTREPOT_DATABASE_USER"));
    set(properties, "password", environment.get("ENTREPOT_DATABASE_PASSWORD"));
    Connection connection = connect(url, properties);
    try {
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      return connection;
    } catch (SQLException e) {
      throw unreachable(e);
    }
  }

  private static void set(Properties properties, String name, @Nullable String value) {
    if (value != null) {
      properties.setProperty(name, value);
    }
  }

  private static Connection connect(String url, Properties properties) {
    try {
      Connection connection = DriverManager.getConnection(url, properties);
      connection.setAutoCommit(false);
      return connection;
    } catch (SQLException e) {
      throw unreachable(e);
    }
  }

  private static EntrepotException unreachable(SQLException e) {
    return new EntrepotException(
        ErrorCode.STORE_READ_FAILED, "The database cannot be opened: " + e.getMessage(), e);
  }
}

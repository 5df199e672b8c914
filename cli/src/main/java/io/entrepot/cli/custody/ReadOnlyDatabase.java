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

  /** Whether an address names a file, and not a server. */
  static boolean isFile(String url) {
    return url.startsWith(SQLITE);
  }

  /** The file that such an address names, as seen from where the user stands. */
  static Path file(String url) {
    Path file = Whereabouts.resolved(Path.of(url.substring(SQLITE.length())));
    if (!Files.exists(file)) {
      throw new EntrepotException(ErrorCode.NOT_FOUND, "There is no database file " + file + ".");
    }
    return file;
  }

  static Connection server(String url) {
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

  /** Beside others that have it open, with their log of changes. */
  static Connection shared(Path file) {
    return sqlite(file.toAbsolutePath().toString());
  }

  /** As it lies, without its log of changes, leaving not even a lock file. */
  static Connection atRest(Path file) {
    return sqlite(file.toUri() + "?immutable=1");
  }

  private static Connection sqlite(String name) {
    Properties properties = new Properties();
    properties.setProperty("open_mode", "1");
    properties.setProperty("busy_timeout", BUSY_MILLIS);
    return connect(SQLITE + name, properties);
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

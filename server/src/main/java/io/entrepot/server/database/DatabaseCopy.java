// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.database;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** SQLite databases as files: copied while they are in use, and read without a server. */
public final class DatabaseCopy {

  private static final String BUSY_MILLIS = "10000";

  private DatabaseCopy() {}

  /**
   * Copies a database as it is at one moment, while others read and write it.
   *
   * @param target a file that does not exist yet; flushing it is the caller's business
   */
  public static void make(Path source, Path target) throws SQLException {
    try (Connection connection = connect(source);
        PreparedStatement copy = connection.prepareStatement("vacuum into ?")) {
      copy.setString(1, target.toAbsolutePath().toString());
      copy.execute();
    }
  }

  /** A connection of the caller's, as a server would open it. */
  public static Connection connect(Path file) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("busy_timeout", BUSY_MILLIS);
    return DriverManager.getConnection("jdbc:sqlite:" + file.toAbsolutePath(), properties);
  }

  /** A connection that only reads a file that nobody else has open, and leaves none beside it. */
  public static Connection connectAtRest(Path file) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("open_mode", "1");
    return DriverManager.getConnection("jdbc:sqlite:" + file.toUri() + "?immutable=1", properties);
  }

  /** The newest migration that the database has had; 0 for one that is no server's. */
  public static int schema(Connection connection) throws SQLException {
    String text =
        "select coalesce(max(cast(version as integer)), 0) from flyway_schema_history"
            + " where version is not null";
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(text)) {
      row.next();
      return row.getInt(1);
    }
  }
}

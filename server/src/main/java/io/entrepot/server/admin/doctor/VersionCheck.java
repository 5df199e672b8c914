// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.admin.doctor;

import io.entrepot.server.database.DatabaseCopy;
import io.entrepot.server.database.Migrations;
import io.entrepot.server.settings.EntrepotSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** Whether the database is one that this version can use. */
final class VersionCheck implements Check {

  private final EntrepotSettings settings;

  VersionCheck(EntrepotSettings settings) {
    this.settings = settings;
  }

  @Override
  public String name() {
    return "version";
  }

  @Override
  public Outcome look() {
    Path file = settings.data().resolve("entrepot.db");
    if (settings.database().url() == null && !Files.exists(file)) {
      return Outcome.notApplicable("there is no database yet");
    }
    try (Connection connection = connect(file)) {
      int schema = DatabaseCopy.schema(connection);
      return schema <= Migrations.newest()
          ? Outcome.well()
          : Outcome.fault(
              "the database was made by a newer version of Entrepot (migration %d; this one knows %d)"
                  .formatted(schema, Migrations.newest()),
              "start that version, or restore a backup of this one into a new directory");
    } catch (SQLException _) {
      return Outcome.notApplicable("the database cannot be read, or was never used");
    }
  }

  private Connection connect(Path file) throws SQLException {
    String url = settings.database().url();
    return url == null
        ? DatabaseCopy.connect(file)
        : DriverManager.getConnection(
            url, settings.database().user(), settings.database().password());
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.admin.doctor;

import io.entrepot.server.database.Database;
import io.entrepot.server.database.Dialect;
import io.entrepot.server.database.Migrations;
import io.entrepot.server.database.Pools;
import io.entrepot.server.settings.EntrepotSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The server's database for looking only, or why there is none to look at. Opened when needed. */
final class Books implements AutoCloseable {

  private static final String UNREADABLE = "the database cannot be read";

  private final EntrepotSettings settings;
  private @Nullable Database database;
  private String why = "";

  Books(EntrepotSettings settings) {
    this.settings = settings;
  }

  /** What the reader makes of the database; not applicable where it cannot be read. */
  Outcome consult(Function<Database, Outcome> reader) {
    if (database == null && why.isEmpty()) {
      open();
    }
    return database == null ? Outcome.notApplicable(why) : reader.apply(database);
  }

  private void open() {
    String url = settings.database().url();
    Path file = settings.data().resolve("entrepot.db");
    if (url == null && !Files.exists(file)) {
      why = "there is no database yet";
      return;
    }
    try {
      keep(
          url == null
              ? new Database(Dialect.SQLITE, Pools.looking(file))
              : new Database(
                  Dialect.POSTGRESQL,
                  Pools.postgresql(
                      url, settings.database().user(), settings.database().password())));
    } catch (RuntimeException _) {
      why = UNREADABLE;
    }
  }

  private void keep(Database opened) {
    try {
      why = schema(opened) > Migrations.newest() ? "the database is of a newer version" : "";
    } catch (RuntimeException _) {
      why = UNREADABLE;
    }
    if (why.isEmpty()) {
      database = opened;
    } else {
      opened.close();
    }
  }

  /** The newest migration that it has had. */
  static int schema(Database database) {
    return database
        .sql(
            "select coalesce(max(cast(version as integer)), 0) from flyway_schema_history"
                + " where version is not null")
        .query(Integer.class)
        .single();
  }

  @Override
  public void close() {
    if (database != null) {
      database.close();
    }
  }
}

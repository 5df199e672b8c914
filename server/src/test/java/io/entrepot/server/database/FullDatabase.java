// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.database;

import io.entrepot.server.TestFolders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** A SQLite database that can be told to have no room, also when its reserve is given back. */
public final class FullDatabase {

  private static final int RESERVE = 10_000;

  private final Path reserve = TestFolders.create("full").resolve("reserve");
  private final Database database;

  public FullDatabase() {
    Path file = reserve.resolveSibling("entrepot.db");
    TestDatabases.copySqlite(file);
    database = new Database(Dialect.SQLITE, Pools.sqlite(file), Reserve.of(reserve, RESERVE));
  }

  public Database database() {
    return database;
  }

  /**
   * From now on this cannot be done to a table.
   *
   * @param what as a trigger names it, such as {@code insert on account}
   */
  public void refuse(String what) {
    database.write(
        () -> {
          database.sql("create table filler (content blob)").update();
          database
              .sql(
                  "create trigger no_room after "
                      + what
                      + " begin insert into filler values (zeroblob(1000000)); end")
              .update();
          database.sql("pragma max_page_count = 1").query(Long.class).single();
        });
    try {
      Files.write(reserve, new byte[RESERVE]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the reserve was given back, and taken anew, since something is refused. */
  public boolean hasUsedReserve() {
    try {
      return !Arrays.equals(Files.readAllBytes(reserve), new byte[RESERVE]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

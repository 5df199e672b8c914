// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.health;

import io.entrepot.server.database.Database;
import java.util.Optional;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** Whether the database answers. */
@Component
final class DatabasePart implements HealthPart {

  private final Database database;

  DatabasePart(Database database) {
    this.database = database;
  }

  @Override
  public String name() {
    return "database";
  }

  @Override
  public Optional<String> trouble() {
    try {
      database.sql("select 1").query(Long.class).single();
      if (database.isReadOnly()) {
        return Optional.of(
            "its disk failed to keep what was written, and nothing more is; check the disk, then"
                + " start the server again");
      }
      return database.isOnReserve()
          ? Optional.of("its disk is full and the reserve is in use; free some space")
          : Optional.empty();
    } catch (DataAccessException _) {
      return Optional.of("the database does not answer");
    }
  }
}

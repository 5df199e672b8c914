// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.catalog;

import io.entrepot.base.Id;
import io.entrepot.server.database.Database;
import io.entrepot.server.places.KeptCopies;
import io.entrepot.storage.ObjectPath;
import java.util.List;

/** The copies in one storage location that are on record as proved. */
final class RecordedCopies implements KeptCopies {

  /** Enough to find one even where somebody took some away. */
  private static final int SOME = 20;

  private final Database database;

  RecordedCopies(Database database) {
    this.database = database;
  }

  @Override
  public List<ObjectPath> someOf(Id storageLocation) {
    return database
        .sql(
            """
            select destination_path from transfer
            where storage_location_id = ? and status = 'completed'
              and destination_path not like '/%'
            order by id desc limit ?
            """)
        .params(storageLocation.hex(), SOME)
        .query((row, _) -> new ObjectPath(row.getString(1)))
        .list();
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.places;

import io.entrepot.base.ErrorCode;
import io.entrepot.base.IdSource;
import io.entrepot.server.database.Database;
import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.Renaming;
import io.entrepot.storage.Store;
import io.entrepot.storage.StoreException;
import io.entrepot.storage.Unfinished;
import io.entrepot.storage.WriteOptions;
import io.entrepot.storage.mover.Staging;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Tells the folder of a storage location from the empty one that its disk leaves behind when it is
 * not mounted: by a file that is put there when the location is first used.
 */
final class FolderMarks {

  private static final ObjectPath MARKER = new ObjectPath(StorageLocation.MARKER);

  private static final byte[] CONTENT =
      """
      Entrepot keeps files in this folder and knows it by this file. Leave it here.
      """
          .getBytes(StandardCharsets.UTF_8);

  private final Database database;
  private final Unfinished unfinished;
  private final KeptCopies copies;

  FolderMarks(Database database, KeptCopies copies, IdSource ids) {
    this.database = database;
    this.unfinished = new Unfinished(ids);
    this.copies = copies;
  }

  /** Whether the folder at its present base path was marked. */
  boolean isMarked(StorageLocation location) {
    return database
            .sql("select count(*) from storage_location where id = ? and marked_path = ?")
            .params(location.id().hex(), location.basePath())
            .query(Integer.class)
            .single()
        == 1;
  }

  /**
   * Marks the folder, unless it is, and remembers that.
   *
   * @throws StoreException {@code STORE_ROOT_MISSING} when it has neither a marker nor any copy
   *     that it is known to hold
   */
  void mark(StorageLocation location, Store folder) {
    if (folder.stat(MARKER).isEmpty()) {
      refuseStranger(location, folder);
      put(folder);
    }
    database.write(
        () ->
            database
                .sql("update storage_location set marked_path = ? where id = ? and base_path = ?")
                .params(location.basePath(), location.id().hex(), location.basePath())
                .update());
  }

  /** Begun where the next run looks for what a crash left behind. */
  private void put(Store folder) {
    ObjectPath begun = Staging.FOLDER.child(unfinished.name());
    folder.write(begun, new ByteArrayInputStream(CONTENT), WriteOptions.replace(CONTENT.length));
    try {
      folder.publish(List.of(new Renaming(begun, MARKER)));
    } catch (StoreException e) {
      if (e.code() != ErrorCode.ALREADY_EXISTS) {
        throw e;
      }
      folder.delete(begun); // another server was faster
    }
  }

  private void refuseStranger(StorageLocation location, Store folder) {
    List<ObjectPath> known = copies.someOf(location.id());
    if (!known.isEmpty() && known.stream().noneMatch(path -> folder.stat(path).isPresent())) {
      throw new StoreException(
          ErrorCode.STORE_ROOT_MISSING,
          "The folder %s holds none of the newest copies of the storage location \"%s\". Mount its disk there. If it is to begin anew in this folder, put an empty file named %s into it."
              .formatted(location.basePath(), location.name(), StorageLocation.MARKER));
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.places;

import io.entrepot.base.ErrorCode;
import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.ReadOptions;
import io.entrepot.storage.Store;
import io.entrepot.storage.StoreException;
import io.entrepot.storage.WriteOptions;
import io.entrepot.storage.mover.Staging;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Tries whether a place can be used for keeping files. */
final class PlaceCheck {

  private static final byte[] CONTENT =
      "written by a connection test\n".getBytes(StandardCharsets.UTF_8);

  private PlaceCheck() {}

  /**
   * Lists, writes a small object beside the mover's own, reads it back and removes it.
   *
   * @param name one that nobody else uses, so that tests at the same moment do not meet
   * @throws StoreException saying which of this failed
   */
  static void readsAndWrites(Store store, String name) {
    store.list(ObjectPath.BASE).close();
    ObjectPath probe = Staging.FOLDER.child(name);
    store.write(probe, new ByteArrayInputStream(CONTENT), WriteOptions.replace(CONTENT.length));
    try {
      readBack(store, probe);
    } finally {
      store.delete(probe);
    }
  }

  private static void readBack(Store store, ObjectPath probe) {
    byte[] read;
    try (InputStream in = store.read(probe, ReadOptions.WHOLE)) {
      read = in.readAllBytes();
    } catch (IOException e) {
      throw new StoreException(
          ErrorCode.STORE_READ_FAILED,
          "What was just written cannot be read back: " + e.getMessage() + ". Check the disk.",
          e);
    }
    if (!Arrays.equals(read, CONTENT)) {
      throw new StoreException(
          ErrorCode.CHECKSUM_MISMATCH,
          "What was read back is not what was written. Check the disk before using it.");
    }
  }
}

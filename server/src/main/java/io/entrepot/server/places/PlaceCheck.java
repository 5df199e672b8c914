// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.places;

import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.ReadOptions;
import io.entrepot.storage.Store;
import io.entrepot.storage.StoreException;
import io.entrepot.storage.WriteOptions;
import io.entrepot.storage.mover.Staging;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Supplier;

/** Tries whether a place can be used for keeping files. */
public final class PlaceCheck {

  private static final byte[] CONTENT =
      "written by a connection test\n".getBytes(StandardCharsets.UTF_8);

  private PlaceCheck() {}

  /**
   * Lists, writes a small object beside the mover's own, reads it back and removes it.
   *
   * @throws StoreException saying which of this failed
   */
  public static void readsAndWrites(Supplier<Store> door) {
    try (Store store = door.get()) {
      store.list(ObjectPath.BASE).close();
      ObjectPath probe = Staging.FOLDER.child("connection-test");
      try {
        store.write(probe, new ByteArrayInputStream(CONTENT), WriteOptions.replace(CONTENT.length));
        try (InputStream in = store.read(probe, ReadOptions.WHOLE)) {
          if (!Arrays.equals(in.readAllBytes(), CONTENT)) {
            throw new StoreException(
                io.entrepot.base.ErrorCode.CHECKSUM_MISMATCH,
                "What was read back is not what was written. Check the disk before using it.");
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } finally {
        store.delete(probe);
      }
    }
  }
}

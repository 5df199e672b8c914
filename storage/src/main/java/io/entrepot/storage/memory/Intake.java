// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.memory;

import io.entrepot.base.ErrorCode;
import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.StoreException;
import io.entrepot.storage.WriteOptions;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Takes in what somebody writes. */
final class Intake {

  private Intake() {}

  static Content read(ObjectPath path, InputStream in, long expected) {
    Content content = read(path, in);
    if (expected != WriteOptions.UNKNOWN && content.size() != expected) {
      throw new StoreException(
          ErrorCode.STORE_SHORT_SOURCE,
          "%s was to be %d bytes, but %d came. Nothing was kept; read the source again."
              .formatted(path, expected, content.size()));
    }
    return content;
  }

  private static Content read(ObjectPath path, InputStream in) {
    List<byte[]> chunks = new ArrayList<>();
    long size = 0;
    try {
      byte[] chunk = in.readNBytes(Content.Held.CHUNK);
      while (chunk.length > 0) {
        if (Thread.currentThread().isInterrupted()) {
          throw new StoreException(
              ErrorCode.CANCELLED, "writing " + path + " was interrupted. Nothing was kept.");
        }
        chunks.add(chunk);
        size += chunk.length;
        chunk = in.readNBytes(Content.Held.CHUNK);
      }
    } catch (IOException e) {
      throw new StoreException(
          ErrorCode.STORE_READ_FAILED,
          "what was to be written to " + path + " could not be read: " + e.getMessage(),
          e);
    }
    return chunks.size() == 1
        ? new Content.Small(chunks.getFirst())
        : new Content.Held(List.copyOf(chunks), size);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.memory;

import io.entrepot.base.ErrorCode;
import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.StoreException;
import io.entrepot.storage.WriteOptions;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Takes in what somebody writes. */
final class Intake {

  private static final int PROBE = 4096;

  private Intake() {}

  static Content read(ObjectPath path, InputStream in, long expected) {
    List<byte[]> chunks = new ArrayList<>();
    long size = 0;
    try {
      byte[] chunk = next(in, expected);
      while (chunk.length > 0) {
        MemoryStore.refuseInterrupted(path);
        chunks.add(chunk);
        size += chunk.length;
        chunk = next(in, expected - size);
      }
    } catch (IOException e) {
      throw new StoreException(
          ErrorCode.STORE_READ_FAILED,
          "what was to be written to " + path + " could not be read: " + e.getMessage(),
          e);
    }
    if (expected != WriteOptions.UNKNOWN && size != expected) {
      throw new StoreException(
          ErrorCode.STORE_SHORT_SOURCE,
          "%s was to be %d bytes, but %d came. Nothing was kept; read the source again."
              .formatted(path, expected, size));
    }
    return chunks.size() == 1
        ? new Content.Small(chunks.getFirst())
        : new Content.Held(List.copyOf(chunks), size);
  }

  /** A full chunk, or what there is up to the end; of the right size at once where it is known. */
  private static byte[] next(InputStream in, long left) throws IOException {
    byte[] chunk = new byte[left > 0 ? (int) Math.min(left, Content.Held.CHUNK) : PROBE];
    int filled = 0;
    int got = 0;
    while (got >= 0 && filled < Content.Held.CHUNK) {
      if (filled == chunk.length) {
        if (left > 0) {
          return chunk;
        }
        chunk = Arrays.copyOf(chunk, Math.min(2 * chunk.length, Content.Held.CHUNK));
      }
      got = in.read(chunk, filled, chunk.length - filled);
      filled += Math.max(got, 0);
    }
    return filled == chunk.length ? chunk : Arrays.copyOf(chunk, filled);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.harvest;

import io.entrepot.base.Digest;
import io.entrepot.base.DigestAlgorithm;
import io.entrepot.base.ErrorCode;
import io.entrepot.server.catalog.FileContents;
import io.entrepot.server.edge.ByteRange;
import io.entrepot.storage.Digester;
import io.entrepot.storage.ReadOptions;
import io.entrepot.storage.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Set;

/**
 * Sends a proved copy. Of a whole file the last bytes are held back until its digest was compared
 * with the proof, so that a damaged one never arrives whole.
 */
final class ProvedDownload {

  private static final int BUFFER = 1 << 17;

  private ProvedDownload() {}

  static void send(FileContents.Content content, ByteRange range, OutputStream out)
      throws IOException {
    ReadOptions options = ReadOptions.range(range.first(), range.length());
    try (InputStream in = content.read(options)) {
      if (range.isPart()) {
        in.transferTo(out);
      } else {
        sendWhole(content, in, out);
      }
    }
  }

  private static void sendWhole(FileContents.Content content, InputStream in, OutputStream out)
      throws IOException {
    Digester digester = new Digester(Set.of(DigestAlgorithm.XXH64));
    byte[] held = new byte[BUFFER];
    byte[] next = new byte[BUFFER];
    int heldLength = in.readNBytes(held, 0, BUFFER);
    digester.update(held, 0, heldLength);
    for (int got = in.readNBytes(next, 0, BUFFER); got > 0; got = in.readNBytes(next, 0, BUFFER)) {
      out.write(held, 0, heldLength);
      digester.update(next, 0, got);
      byte[] free = held;
      held = next;
      heldLength = got;
      next = free;
    }
    Digest found = digester.finish().get(DigestAlgorithm.XXH64);
    if (found == null || !found.hex().equals(content.xxhash())) {
      throw new StoreException(
          ErrorCode.CHECKSUM_MISMATCH,
          "The copy "
              + content.path()
              + " no longer holds what was proved. It was not sent whole; take another copy.");
    }
    out.write(held, 0, heldLength);
  }
}

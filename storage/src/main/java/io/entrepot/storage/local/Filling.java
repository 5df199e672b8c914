// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.local;

import io.entrepot.base.ErrorCode;
import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.StoreException;
import io.entrepot.storage.WriteOptions;
import java.io.IOException;
import java.io.InputStream;

/** Copies a source into a file by way of a buffer, and counts. */
record Filling(byte[] buffer, Sink sink, ObjectPath path) {

  /** Where the buffer's first bytes go. */
  interface Sink {
    void take(int count) throws IOException;
  }

  void from(InputStream content, long announced) {
    long total = 0;
    int got;
    do {
      LocalStore.refuseInterrupted(path);
      got = read(content);
      total += got;
      if (announced != WriteOptions.UNKNOWN && total > announced) {
        throw wrongCount(announced, "more");
      }
      write(got);
    } while (got == buffer.length);
    if (announced != WriteOptions.UNKNOWN && total < announced) {
      throw wrongCount(announced, "only " + total);
    }
  }

  private int read(InputStream content) {
    try {
      return fill(content);
    } catch (IOException e) {
      LocalStore.refuseInterrupted(path);
      throw new StoreException(
          ErrorCode.STORE_READ_FAILED,
          "the source of \"" + path + "\" broke off: " + e.getMessage() + ". Nothing was kept.",
          e);
    }
  }

  /** Not {@code readNBytes}: some streams answer that with what one read brought. */
  private int fill(InputStream content) throws IOException {
    int filled = 0;
    while (filled < buffer.length) {
      int got = content.read(buffer, filled, buffer.length - filled);
      if (got < 0) {
        return filled;
      }
      filled += got;
    }
    return filled;
  }

  private void write(int count) {
    try {
      sink.take(count);
    } catch (IOException e) {
      throw Refusal.whileWriting(e, path);
    }
  }

  private StoreException wrongCount(long announced, String came) {
    return new StoreException(
        ErrorCode.STORE_SHORT_SOURCE,
        "\""
            + path
            + "\" was announced with "
            + announced
            + " bytes but "
            + came
            + " came. Nothing was kept; look at the source again.");
  }
}

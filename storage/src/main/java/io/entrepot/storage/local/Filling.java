// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.local;

import io.entrepot.base.ErrorCode;
import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.StoreException;
import io.entrepot.storage.WriteOptions;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Copies a source into an open file and counts. */
record Filling(Frame frame, Chunk chunk, int file, ObjectPath path) {

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
    } while (got == Chunk.SIZE);
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
    while (filled < Chunk.SIZE) {
      int got = content.read(chunk.heap, filled, Chunk.SIZE - filled);
      if (got < 0) {
        return filled;
      }
      filled += got;
    }
    return filled;
  }

  private void write(int count) {
    MemorySegment.copy(chunk.heap, 0, chunk.memory, ValueLayout.JAVA_BYTE, 0, count);
    int done = 0;
    while (done < count) {
      MemorySegment rest = done == 0 ? chunk.memory : chunk.memory.asSlice(done);
      int wrote = Libc.write(frame, file, rest, count - done);
      if (wrote < 0) {
        throw Errno.whileWriting(-wrote, path);
      }
      done += wrote;
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

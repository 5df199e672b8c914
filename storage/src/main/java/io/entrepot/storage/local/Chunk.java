// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.local;

import io.entrepot.storage.ObjectPath;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** A pooled piece of content: the same room twice, where Java and where the kernel can reach it. */
final class Chunk {

  /** Larger was not faster; smaller costs a kernel call more for each piece. */
  static final int SIZE = 256 * 1024;

  final byte[] heap = new byte[SIZE];
  final MemorySegment memory = Arena.ofAuto().allocate(SIZE, 64);

  /** Appends the first bytes of {@link #heap} to an open file. */
  void write(Frame frame, int file, int count, ObjectPath path) {
    MemorySegment.copy(heap, 0, memory, ValueLayout.JAVA_BYTE, 0, count);
    int done = 0;
    while (done < count) {
      MemorySegment rest = done == 0 ? memory : memory.asSlice(done);
      int wrote = Libc.write(frame, file, rest, count - done);
      if (wrote < 0) {
        throw Errno.whileWriting(-wrote, path);
      }
      done += wrote;
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.local;

import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.ReadOptions;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;

/** The bytes of one open file. */
final class FileInput extends InputStream {

  private final LocalStore store;
  private final ObjectPath path;
  private final int descriptor;
  private final Frame frame;
  private final Chunk chunk;
  private long offset;
  private long left;
  private int at;
  private int end;
  private boolean closed;

  FileInput(LocalStore store, ObjectPath path, int descriptor, ReadOptions options) {
    this.store = store;
    this.path = path;
    this.descriptor = descriptor;
    this.frame = store.frames().take();
    this.chunk = store.chunks().take();
    this.offset = options.offset();
    this.left = options.length();
  }

  @Override
  public synchronized int read() {
    return at < end || fill() ? chunk.memory.get(ValueLayout.JAVA_BYTE, at++) & 0xff : -1;
  }

  @Override
  public synchronized int read(byte[] into, int off, int length) {
    Objects.checkFromIndexSize(off, length, into.length);
    if (length == 0) {
      return 0;
    }
    if (at == end && !fill()) {
      return -1;
    }
    int count = Math.min(length, end - at);
    MemorySegment.copy(chunk.memory, ValueLayout.JAVA_BYTE, at, into, off, count);
    at += count;
    return count;
  }

  @Override
  public synchronized int available() {
    return end - at;
  }

  private boolean fill() {
    if (closed) {
      throw new IllegalStateException("this stream is closed");
    }
    LocalStore.refuseInterrupted(path);
    if (left == 0) {
      return false;
    }
    int got = Libc.pread(frame, descriptor, chunk.memory, Math.min(left, Chunk.SIZE), offset);
    if (got < 0) {
      throw Errno.whileReading(-got, path);
    }
    at = 0;
    end = got;
    offset += got;
    left -= got;
    return got > 0;
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      at = 0;
      end = 0;
      int ignored = Libc.close(frame, descriptor);
      store.frames().give(frame);
      store.chunks().give(chunk);
    }
  }
}

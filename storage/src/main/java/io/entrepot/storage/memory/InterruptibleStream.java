// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.memory;

import io.entrepot.storage.ObjectPath;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Stops when its thread is interrupted, as a stream over a wire would. */
final class InterruptibleStream extends FilterInputStream {

  private final ObjectPath path;

  InterruptibleStream(InputStream content, ObjectPath path) {
    super(content);
    this.path = path;
  }

  @Override
  public int read() throws IOException {
    MemoryStore.refuseInterrupted(path);
    return super.read();
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    MemoryStore.refuseInterrupted(path);
    return super.read(buffer, offset, length);
  }
}

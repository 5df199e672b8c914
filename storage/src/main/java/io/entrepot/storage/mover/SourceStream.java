// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.mover;

import io.entrepot.base.ErrorCode;
import io.entrepot.storage.Digester;
import io.entrepot.storage.StoreException;
import java.io.IOException;
import java.io.InputStream;

/** The source's bytes on their way to the target: counted, hashed, cancellable. */
final class SourceStream extends InputStream {

  private final InputStream source;
  private final Digester digester;
  private final CopyOrder order;
  private final CopyControl control;
  private long count;
  private boolean ended;

  SourceStream(InputStream source, Digester digester, CopyOrder order, CopyControl control) {
    this.source = source;
    this.digester = digester;
    this.order = order;
    this.control = control;
  }

  static void refuseWhenCancelled(CopyControl control, CopyOrder order) {
    if (control.cancelled().getAsBoolean()) {
      throw cancelled(order);
    }
  }

  static StoreException cancelled(CopyOrder order) {
    return new StoreException(
        ErrorCode.CANCELLED, "the copy of " + order.source().path() + " was cancelled.");
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    refuseWhenCancelled(control, order);
    int got = source.read(buffer, offset, length);
    if (got > 0) {
      count += got;
      digester.update(buffer, offset, got);
      control.progress().read(order, got);
    } else if (got < 0) {
      ended = true;
    }
    return got;
  }

  @Override
  public void close() throws IOException {
    source.close();
  }

  long count() {
    return count;
  }

  /** Whether the source has no byte left, looking once more if its end was not yet seen. */
  boolean atEnd() throws IOException {
    return ended || read() < 0;
  }
}

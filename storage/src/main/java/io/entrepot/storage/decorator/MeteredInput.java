// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.decorator;

import java.io.IOException;
import java.io.InputStream;

/** What is read from a store; the call ends with the stream. */
final class MeteredInput extends BlockInput {

  private final InputStream in;
  private final MeteredCall call;

  MeteredInput(InputStream in, MeteredCall call) {
    this.in = in;
    this.call = call;
  }

  @Override
  public int read(byte[] into, int off, int length) throws IOException {
    int got = call.in(() -> in.read(into, off, length));
    if (got > 0) {
      call.moved(got);
    }
    return got;
  }

  /** Who reads in turn may leave closing it to the next file. */
  void end() {
    call.end();
  }

  @Override
  public void close() throws IOException {
    try {
      in.close();
    } finally {
      end();
    }
  }
}

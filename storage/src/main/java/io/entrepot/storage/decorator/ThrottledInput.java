// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.decorator;

import java.io.IOException;
import java.io.InputStream;

/** A stream whose bytes are handed over when they are within the limit. */
final class ThrottledInput extends BlockInput {

  private final InputStream in;
  private final Bandwidth bandwidth;

  ThrottledInput(InputStream in, Bandwidth bandwidth) {
    this.in = in;
    this.bandwidth = bandwidth;
  }

  @Override
  public int read(byte[] into, int off, int length) throws IOException {
    if (length == 0) {
      return in.read(into, off, 0);
    }
    int portion = bandwidth.enter(length);
    try {
      int got = in.read(into, off, portion);
      if (got > 0) {
        bandwidth.spend(got);
      }
      return got;
    } finally {
      bandwidth.leave();
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}

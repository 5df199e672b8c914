// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.decorator;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.IntConsumer;

/** Tells how many bytes each read brought, and asks for no more than a limit at once. */
final class WatchedInput extends InputStream {

  private final InputStream in;
  private final int limit;
  private final IntConsumer brought;

  WatchedInput(InputStream in, int limit, IntConsumer brought) {
    this.in = in;
    this.limit = limit;
    this.brought = brought;
  }

  @Override
  public int read() throws IOException {
    int one = in.read();
    if (one >= 0) {
      brought.accept(1);
    }
    return one;
  }

  @Override
  public int read(byte[] into, int off, int length) throws IOException {
    int got = in.read(into, off, Math.min(length, limit));
    if (got > 0) {
      brought.accept(got);
    }
    return got;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}

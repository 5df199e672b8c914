// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.decorator;

import java.io.IOException;
import java.io.InputStream;

/** What is written to a store; where it comes from takes its own time and has its own failures. */
final class MeteredContent extends BlockInput {

  private final InputStream in;
  private final MeteredCall call;

  MeteredContent(InputStream in, MeteredCall call) {
    this.in = in;
    this.call = call;
  }

  @Override
  public int read(byte[] into, int off, int length) throws IOException {
    int got = call.elsewhere(() -> in.read(into, off, length));
    if (got > 0) {
      call.moved(got);
    }
    return got;
  }
}

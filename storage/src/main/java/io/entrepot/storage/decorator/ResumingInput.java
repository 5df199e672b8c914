// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.decorator;

import io.entrepot.storage.ObjectStat;
import io.entrepot.storage.ReadOptions;
import io.entrepot.storage.StoreException;
import java.io.IOException;
import java.io.InputStream;

/** A stream that is opened anew at the byte where it failed. */
final class ResumingInput extends BlockInput {

  private final RetryingStore store;
  private final ObjectStat version;
  private final ReadOptions options;
  private InputStream in;
  private long done;
  private int failed;

  ResumingInput(RetryingStore store, ObjectStat version, ReadOptions options, InputStream in) {
    this.store = store;
    this.version = version;
    this.options = options;
    this.in = in;
  }

  @Override
  public int read(byte[] into, int off, int length) throws IOException {
    while (true) {
      try {
        int got = in.read(into, off, length);
        if (got > 0) {
          done += got;
          failed = 0;
        }
        return got;
      } catch (StoreException e) {
        resume(e);
      }
    }
  }

  private void resume(StoreException failure) throws IOException {
    store.waitBeforeAnother(++failed, failure);
    closeFailed(failure);
    long left =
        options.length() == ReadOptions.TO_END ? ReadOptions.TO_END : options.length() - done;
    ReadOptions rest = new ReadOptions(options.offset() + done, left, options.fromMedium());
    in = store.reopen(version, rest, failure);
  }

  private void closeFailed(StoreException failure) throws IOException {
    try {
      in.close();
    } catch (StoreException e) {
      failure.addSuppressed(e);
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}

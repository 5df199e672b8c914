// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.fault;

import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.ObjectStat;
import io.entrepot.storage.ReadOptions;
import io.entrepot.storage.WriteOptions;
import io.entrepot.storage.memory.MemoryStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * A target that keeps no bytes: it compares samples of what is written with what it expects, which
 * follows from a seed, and reading gives those bytes. So files of any size are copied to their end.
 */
public final class ExpectingStore extends WatchedStore {

  private static final int CHUNK = 1 << 20;
  private static final int CHUNKS_TO_A_SAMPLE = 32;

  private final MemoryStore inner;
  private final long seed;

  public ExpectingStore(MemoryStore inner, long seed) {
    super(inner);
    this.inner = inner;
    this.seed = seed;
  }

  @Override
  void before(Operation operation, ObjectPath path) {}

  @Override
  public ObjectStat write(ObjectPath path, InputStream content, WriteOptions options) {
    ObjectStat expected = inner.generate(path, seed, options.size());
    long at = 0;
    byte[] got = new byte[CHUNK];
    try {
      int count = content.readNBytes(got, 0, CHUNK);
      for (int chunk = 0; count > 0; chunk++) {
        if (count < CHUNK || chunk % CHUNKS_TO_A_SAMPLE == 0) {
          compare(path, at, got, count);
        }
        at += count;
        count = content.readNBytes(got, 0, CHUNK);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (at != options.size()) {
      throw new AssertionError(at + " bytes were written instead of " + options.size());
    }
    return expected;
  }

  private void compare(ObjectPath path, long at, byte[] got, int count) throws IOException {
    try (InputStream right = inner.read(path, ReadOptions.range(at, count))) {
      byte[] wanted = right.readAllBytes();
      if (!Arrays.equals(got, 0, count, wanted, 0, wanted.length)) {
        throw new AssertionError("other bytes than expected after " + at);
      }
    }
  }
}

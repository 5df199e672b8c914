// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.memory;

import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Objects;

/** Byte {@code i} is byte {@code i % 8} of the mixed sum of the seed and {@code i / 8}. */
final class GeneratedStream extends InputStream {

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final long seed;
  private long at;
  private final long end;

  GeneratedStream(long seed, long offset, long length) {
    this.seed = seed;
    this.at = offset;
    this.end = offset + length;
  }

  @Override
  public int read() {
    return at == end ? -1 : next();
  }

  @Override
  public int read(byte[] buffer, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, buffer.length);
    if (length == 0) {
      return 0;
    }
    if (at == end) {
      return -1;
    }
    int count = (int) Math.min(length, end - at);
    int to = offset + count;
    int i = offset;
    while (i < to && at % 8 != 0) {
      buffer[i++] = (byte) next();
    }
    for (; i + 8 <= to; i += 8, at += 8) {
      LONG.set(buffer, i, word(at / 8));
    }
    while (i < to) {
      buffer[i++] = (byte) next();
    }
    return count;
  }

  private int next() {
    int value = (int) (word(at / 8) >>> (8 * (at % 8))) & 0xff;
    at++;
    return value;
  }

  /** The finisher of SplitMix64 over a Weyl sequence: fast, and looks random to any compressor. */
  private long word(long index) {
    long z = seed + (index + 1) * 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.memory;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Collections;
import java.util.List;

/** The bytes of one file. */
sealed interface Content {

  long size();

  /** {@code offset + length} lies within the size. */
  InputStream open(long offset, long length);

  /** Bytes held in memory, in chunks of {@link #CHUNK} of which the last may be shorter. */
  record Held(List<byte[]> chunks, long size) implements Content {

    static final int CHUNK = 1 << 20;

    @Override
    public InputStream open(long offset, long length) {
      List<InputStream> parts = new java.util.ArrayList<>();
      long end = offset + length;
      for (long at = offset; at < end; ) {
        byte[] chunk = chunks.get((int) (at / CHUNK));
        int from = (int) (at % CHUNK);
        int count = (int) Math.min(chunk.length - from, end - at);
        parts.add(new ByteArrayInputStream(chunk, from, count));
        at += count;
      }
      return parts.size() == 1
          ? parts.getFirst()
          : new SequenceInputStream(Collections.enumeration(parts));
    }
  }

  /** A small file: one exact array. */
  record Small(byte[] bytes) implements Content {

    @Override
    public long size() {
      return bytes.length;
    }

    @Override
    public InputStream open(long offset, long length) {
      return new ByteArrayInputStream(bytes, (int) offset, (int) length);
    }
  }

  /** Bytes that follow from a seed. */
  record Generated(long seed, long size) implements Content {

    @Override
    public InputStream open(long offset, long length) {
      return new GeneratedStream(seed, offset, length);
    }
  }
}

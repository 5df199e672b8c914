// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.mover;

import java.util.concurrent.ConcurrentLinkedDeque;

/** Keeps read buffers for use again; as many as were ever in use at once. */
final class Buffers {

  /** Large enough that a call costs little beside its bytes, small enough for a processor cache. */
  static final int SIZE = 1 << 20;

  private final ConcurrentLinkedDeque<byte[]> free = new ConcurrentLinkedDeque<>();

  byte[] take() {
    byte[] buffer = free.pollFirst();
    return buffer == null ? new byte[SIZE] : buffer;
  }

  void give(byte[] buffer) {
    free.addFirst(buffer);
  }
}

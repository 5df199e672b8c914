// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.local;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** A pooled piece of content: the same room twice, where Java and where the kernel can reach it. */
final class Chunk {

  /** Larger was not faster; smaller costs a kernel call more for each piece. */
  static final int SIZE = 256 * 1024;

  final byte[] heap = new byte[SIZE];
  final MemorySegment memory = Arena.ofAuto().allocate(SIZE, 64);
}

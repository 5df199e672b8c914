// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.admin.doctor;

/** Whether the server has memory enough, and the machine has what the server was promised. */
final class HeapCheck implements Check {

  /** Half of what the launcher gives. */
  private static final long LEAST = 384L << 20;

  /** What the JVM needs besides its heap. */
  private static final long BESIDES = 128L << 20;

  private final long heap;
  private final long memory;

  HeapCheck(long heap, long memory) {
    this.heap = heap;
    this.memory = memory;
  }

  @Override
  public String name() {
    return "heap";
  }

  @Override
  public Outcome look() {
    if (heap < LEAST) {
      return Outcome.fault(
          "the heap may grow to %d MiB only; a server needs 384".formatted(heap >> 20),
          "take -Xmx out of ENTREPOT_JAVA_OPTIONS, or raise it to -Xmx768m");
    }
    return memory >= heap + BESIDES
        ? Outcome.well()
        : Outcome.fault(
            "the heap may grow to %d MiB, but there are only %d MiB of memory in all"
                .formatted(heap >> 20, memory >> 20),
            "give the machine or the container more memory, or set -Xmx lower in"
                + " ENTREPOT_JAVA_OPTIONS");
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.local;

import java.util.Map;

/** Numbers of the kernel calls that older C libraries have no function for. */
record Syscalls(long openat2, long statx, long renameat2, long getdents64) {

  private static final Map<String, Syscalls> BY_MACHINE =
      Map.of(
          "amd64", new Syscalls(437, 332, 316, 217),
          "aarch64", new Syscalls(437, 291, 276, 61));

  private static final boolean SYNCFS_TELLS_FAILURES = kernelIsAtLeast(5, 8);

  static boolean known() {
    return System.getProperty("os.name", "").equals("Linux")
        && BY_MACHINE.containsKey(System.getProperty("os.arch", ""));
  }

  /** Before Linux 5.8 a flush of a volume said nothing of the writes that failed in it. */
  static boolean syncfsTellsFailures() {
    return SYNCFS_TELLS_FAILURES;
  }

  static boolean kernelIsAtLeast(int major, int minor) {
    String[] parts = System.getProperty("os.version", "0.0").split("[^0-9]+", 3);
    int first = Integer.parseInt("0" + parts[0]);
    int second = parts.length > 1 ? Integer.parseInt("0" + parts[1]) : 0;
    return first > major || (first == major && second >= minor);
  }

  static Syscalls ofThisMachine() {
    Syscalls numbers = BY_MACHINE.get(System.getProperty("os.arch", ""));
    if (numbers == null) {
      throw new IllegalStateException("no kernel call numbers for this machine");
    }
    return numbers;
  }
}

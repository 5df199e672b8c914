// SPDX-License-Identifier: Apache-2.0
package io.entrepot.drills.kit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The library that ends a process before its N-th durable operation; see {@code native/}. */
public final class CrashShim {

  private CrashShim() {}

  public static boolean buildable() {
    return Files.isExecutable(Path.of("/usr/bin/gcc"));
  }

  /** Compiles it into a folder. */
  public static Path build(Path folder) {
    return NativeLibrary.build("crash_at.c", folder.resolve("crash.so"));
  }

  /**
   * What a process needs to be ended.
   *
   * @param point counted from 1
   * @param armed counting begins once this file exists
   */
  public static Map<String, String> environment(Path library, int point, Path armed) {
    return Map.of(
        "LD_PRELOAD", library.toString(),
        "CRASH_AT", Integer.toString(point),
        "CRASH_ARMED", armed.toString());
  }
}

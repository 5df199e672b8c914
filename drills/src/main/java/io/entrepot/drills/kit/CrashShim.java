// SPDX-License-Identifier: Apache-2.0
package io.entrepot.drills.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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
    Path library = folder.resolve("crash.so");
    Path source = DrillSettings.home().resolve("drills/native/crash_at.c");
    try {
      Files.createDirectories(folder);
      Process gcc =
          new ProcessBuilder(
                  "gcc",
                  "-shared",
                  "-fPIC",
                  "-O2",
                  "-o",
                  library.toString(),
                  source.toString(),
                  "-ldl")
              .redirectErrorStream(true)
              .start();
      String output = new String(gcc.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (gcc.onExit().join().exitValue() != 0) {
        throw new IllegalStateException("gcc: " + output);
      }
      return library;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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

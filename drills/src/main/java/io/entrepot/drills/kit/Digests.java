// SPDX-License-Identifier: Apache-2.0
package io.entrepot.drills.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** XXH64 of every file of a tree, as {@code xxhsum} says it. */
public final class Digests {

  private static final Path PROGRAM = Path.of("/usr/bin/xxhsum");
  private static final String SEPARATOR = "  ./";

  private Digests() {}

  public static boolean installed() {
    return Files.isExecutable(PROGRAM);
  }

  /** By the path below the folder. Links are passed over, as harvests pass them over. */
  public static Map<String, String> of(Path folder) {
    List<ProcessBuilder> programs =
        List.of(
            new ProcessBuilder("find", ".", "-type", "f", "-print0").directory(folder.toFile()),
            new ProcessBuilder("xargs", "-0", "-r", PROGRAM.toString(), "-H64")
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD));
    Map<String, String> digests = new HashMap<>();
    try {
      Process last = ProcessBuilder.startPipeline(programs).getLast();
      try (var lines = last.inputReader(StandardCharsets.UTF_8)) {
        lines.lines().forEach(line -> put(digests, line));
      }
      if (last.onExit().join().exitValue() != 0) {
        throw new IllegalStateException("xxhsum failed in " + folder);
      }
      return digests;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void put(Map<String, String> digests, String line) {
    int at = line.indexOf(SEPARATOR);
    digests.put(line.substring(at + SEPARATOR.length()), line.substring(0, at));
  }
}

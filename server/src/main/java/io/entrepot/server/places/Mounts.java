// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.places;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the system says is mounted where. */
final class Mounts {

  private static final Path TABLE = Path.of("/proc/self/mounts");

  private Mounts() {}

  /** Whether the file system that holds this path is a network one. */
  static boolean isOnNfs(Path path) {
    String type = "";
    int longest = -1;
    for (String line : lines()) {
      String[] fields = line.split(" ", -1);
      Path point = Path.of(fields[1].replace("\\040", " "));
      if (path.startsWith(point) && point.getNameCount() > longest) {
        longest = point.getNameCount();
        type = fields[2];
      }
    }
    return type.startsWith("nfs");
  }

  private static List<String> lines() {
    try {
      return Files.readAllLines(TABLE);
    } catch (IOException e) {
      return List.of();
    }
  }
}

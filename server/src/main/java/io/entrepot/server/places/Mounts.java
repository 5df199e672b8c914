// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.places;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the system says is mounted where. */
final class Mounts {

  private static final Path TABLE = Path.of("/proc/self/mounts");

  private static final Pattern OCTAL = Pattern.compile("\\\\([0-7]{3})");
  private static final int OCTAL_RADIX = 8;

  private Mounts() {}

  /** Whether the file system that holds this path is a network one. */
  static boolean isOnNfs(Path path) {
    return isOnNfs(path, lines());
  }

  /** Of two file systems on one point the later one covers the other. */
  static boolean isOnNfs(Path path, List<String> table) {
    String type = "";
    int longest = -1;
    for (String line : table) {
      String[] fields = line.split(" ", -1);
      Path point = Path.of(decoded(fields[1]));
      if (path.startsWith(point) && point.getNameCount() >= longest) {
        longest = point.getNameCount();
        type = fields[2];
      }
    }
    return type.startsWith("nfs");
  }

  /** Blanks, tabs, line ends and backslashes of a name stand there in octal. */
  private static String decoded(String field) {
    return OCTAL
        .matcher(field)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    Character.toString(Integer.parseInt(found.group(1), OCTAL_RADIX))));
  }

  private static List<String> lines() {
    try {
      return Files.readAllLines(TABLE);
    } catch (IOException e) {
      return List.of();
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Folders made and removed between rounds. */
final class Folders {

  private Folders() {}

  /** Removes a folder and all that is in it; nothing happens when it is not there. */
  static void delete(Path folder) {
    if (Files.notExists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same path, with nothing there any more. */
  static Path absent(Path folder) {
    delete(folder);
    return folder;
  }

  /** An empty folder at this place. */
  static Path fresh(Path folder) {
    delete(folder);
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.drills.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/** What drills do with whole folders. */
public final class Folders {

  private Folders() {}

  /**
   * Copies all of a folder, modes and times too. What is apart from the one is apart from the
   * other.
   *
   * @param to made unless it is there, and empty
   */
  public static void copy(Path from, Path to) {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : all.toList()) {
        Path target = to.resolve(from.relativize(path).toString());
        if (FolderApart.is(path)) {
          copy(path.toRealPath(), FolderApart.make(target).toRealPath());
        } else if (!target.equals(to) || Files.notExists(to)) {
          Files.copy(path, target, StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.admin.backup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Folders that are made and taken away again. */
final class Folders {

  private Folders() {}

  /** Removes what is there with all that is in it; links are not followed. */
  static void remove(Path top) {
    if (!Files.exists(top, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> all = Files.walk(top)) {
      for (Path entry : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(entry);
      }
    } catch (UncheckedIOException e) {
      throw new UncheckedIOException(top + " cannot be removed", e.getCause());
    } catch (IOException e) {
      throw new UncheckedIOException(top + " cannot be removed", e);
    }
  }

  /** What lies in a folder; nothing where there is none. */
  static List<Path> entries(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}

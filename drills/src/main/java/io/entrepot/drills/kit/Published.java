// SPDX-License-Identifier: Apache-2.0
package io.entrepot.drills.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What has its final name in a store. A blow that waits for some of it falls amid work, however
 * slow the machine is.
 *
 * @param folders of the instruments, by whose names the store orders its files
 */
public record Published(Path store, List<Path> folders) {

  private static final Duration LOOK = Duration.ofMillis(5);

  /** All of it, below the store. */
  public List<Path> files() {
    List<Path> files = new ArrayList<>();
    for (Path instrument : folders) {
      Path folder = store.resolve(instrument.getFileName());
      if (Files.isDirectory(folder)) {
        try (Stream<Path> all = Files.walk(folder)) {
          all.filter(Files::isRegularFile).map(store::relativize).forEach(files::add);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
    return files;
  }

  /** Waits until there are so many, or so long. */
  public void await(int count, Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    while (files().size() < count && System.nanoTime() < end) {
      Pauses.sleep(LOOK);
    }
  }
}

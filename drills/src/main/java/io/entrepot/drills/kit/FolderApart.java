// SPDX-License-Identifier: Apache-2.0
package io.entrepot.drills.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A folder on another file system than what it is named beside, where this machine has one: what
 * befalls the one does not befall the other. Its name is a link then.
 */
public final class FolderApart {

  private static final String MARK = "entrepot-apart-";

  /** In containers the memory's file system is often too small for a long drill. */
  private static final long ROOM = 1L << 30;

  private FolderApart() {}

  /**
   * Makes one, unless it is there.
   *
   * @throws IllegalStateException when it was there and is gone
   */
  public static Path make(Path name) {
    if (is(name) && Files.notExists(name)) {
      throw new IllegalStateException(
          "%s led to a folder that is gone, as after a restart of the machine: remove %s to begin anew"
              .formatted(name, name.getParent()));
    }
    try {
      if (Files.exists(name)) {
        return name;
      }
      Path beside = Files.createDirectories(name.toAbsolutePath().getParent());
      Optional<Path> elsewhere = elsewhere(Files.getFileStore(beside));
      return elsewhere.isEmpty()
          ? Files.createDirectory(name)
          : Files.createSymbolicLink(name, Files.createTempDirectory(elsewhere.get(), MARK));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<Path> elsewhere(FileStore here) {
    return Stream.of(Path.of(System.getProperty("java.io.tmpdir")), Path.of("/dev/shm"))
        .filter(Files::isWritable)
        .filter(place -> hasRoomElsewhere(place, here))
        .findFirst();
  }

  private static boolean hasRoomElsewhere(Path place, FileStore here) {
    try {
      FileStore store = Files.getFileStore(place);
      return !store.equals(here) && store.getUsableSpace() >= ROOM;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether this is the name of a folder that was put elsewhere, be it still there or not. */
  public static boolean is(Path name) {
    try {
      return Files.isSymbolicLink(name)
          && Files.readSymbolicLink(name).getFileName().toString().startsWith(MARK);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.local;

import io.entrepot.storage.ObjectPath;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Puts into a folder what a store itself never makes. */
record Planting(Path base) {

  boolean link(ObjectPath link, String target) {
    try {
      Files.createSymbolicLink(base.resolve(link.text()), Path.of(target));
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean pipe(ObjectPath path) {
    try {
      String[] command = {"mkfifo", base.resolve(path.text()).toString()};
      return new ProcessBuilder(command).start().waitFor() == 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  boolean sparse(ObjectPath path, long size) {
    try (RandomAccessFile file = new RandomAccessFile(base.resolve(path.text()).toFile(), "rw")) {
      file.setLength(size);
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

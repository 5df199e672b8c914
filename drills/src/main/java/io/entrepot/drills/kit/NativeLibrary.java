// SPDX-License-Identifier: Apache-2.0
package io.entrepot.drills.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A library that is put before the system's own in a process; see {@code native/}. */
final class NativeLibrary {

  private NativeLibrary() {}

  /**
   * Compiles one.
   *
   * @param source its name in {@code native/}
   * @param library where it goes
   */
  static Path build(String source, Path library) {
    Path text = DrillSettings.home().resolve("drills/native").resolve(source);
    try {
      Files.createDirectories(library.getParent());
      Command.run(
          "gcc", "-shared", "-fPIC", "-O2", "-o", library.toString(), text.toString(), "-ldl");
      return library;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

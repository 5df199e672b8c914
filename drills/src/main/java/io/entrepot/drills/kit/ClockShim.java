// SPDX-License-Identifier: Apache-2.0
package io.entrepot.drills.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;

/** The library that moves the wall clock of a process while it runs; see {@code native/}. */
public final class ClockShim {

  private final Path library;
  private final Path offset;

  /**
   * Compiles it; the clock is right at first.
   *
   * @param folder where it lies, with the file that says how wrong the clock is
   */
  public ClockShim(Path folder) {
    this.library = NativeLibrary.build("clock_offset.c", folder.resolve("clock.so"));
    this.offset = folder.resolve("offset");
    set(Duration.ZERO);
  }

  /** What a process needs for that. */
  public Map<String, String> environment() {
    return Map.of("LD_PRELOAD", library.toString(), "CLOCK_OFFSET", offset.toString());
  }

  /** From now on the clock is so much ahead, or behind when this is negative. */
  public void set(Duration ahead) {
    try {
      Path fresh = offset.resolveSibling("offset.new");
      Files.writeString(fresh, Long.toString(ahead.toSeconds()));
      Files.move(fresh, offset, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

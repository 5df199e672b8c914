// SPDX-License-Identifier: Apache-2.0
package io.entrepot.drills.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Random;

/** A folder in which files of an instrument appear, each told to the journal first. */
public final class SimulatedInstrument {

  private static final int SMALL = 64 << 10;
  private static final int LARGE = 8 << 20;
  private static final int HUGE = 64 << 20;

  private final Path folder;
  private final String prefix;
  private final Journal journal;
  private int made;

  /**
   * @param prefix what file names begin with, so that two instruments of one journal differ
   * @param made how many files it has made already, in an earlier run of this drill
   */
  public SimulatedInstrument(Path folder, String prefix, Journal journal, int made) {
    this.folder = folder;
    this.prefix = prefix;
    this.journal = journal;
    this.made = made;
  }

  public Path folder() {
    return folder;
  }

  /** Makes so many files of 0 bytes to 64 MB, most of them small. */
  public void measure(int files, Random random) {
    for (int i = 0; i < files; i++) {
      byte[] content = new byte[size(random)];
      random.nextBytes(content);
      put("run-%02d/%s-%05d.raw".formatted(made / 50, prefix, made++), content);
    }
  }

  /**
   * Makes one file of this size.
   *
   * @return its path below the folder
   */
  public String measureOne(int size, Random random) {
    byte[] content = new byte[size];
    random.nextBytes(content);
    String path = "run-%02d/%s-%05d.raw".formatted(made / 50, prefix, made++);
    put(path, content);
    return path;
  }

  private static int size(Random random) {
    int kind = random.nextInt(100);
    if (kind < 5) {
      return 0;
    }
    if (kind < 85) {
      return random.nextInt(SMALL);
    }
    return random.nextInt(kind < 99 ? LARGE : HUGE);
  }

  private void put(String path, byte[] content) {
    Path target = folder.resolve(path);
    Path hidden = folder.resolveSibling(folder.getFileName() + ".making");
    try {
      Files.createDirectories(target.getParent());
      Files.write(hidden, content);
      journal.source(folder, path, content.length, Sha256.hex(content));
      Files.move(hidden, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

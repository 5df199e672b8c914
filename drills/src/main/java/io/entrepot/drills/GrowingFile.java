// SPDX-License-Identifier: Apache-2.0
package io.entrepot.drills;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Random;

/**
 * A file that an instrument is still writing, by a thread of its own.
 *
 * <p>Some grow with pauses shorter than the quiet window, some with one that is longer, and some
 * are whole at once, and later overwritten in place with their old time given back.
 */
final class GrowingFile {

  /** How such a file comes to be. */
  enum Manner {
    STEADY,
    PAUSING,
    REWRITTEN
  }

  private static final int PIECE = 64 << 10;
  private static final int PIECES = 8;

  private final Path file;
  private final Manner manner;
  private final Duration window;
  private final Random random;
  private long longestPause;
  private long lastWrite;

  GrowingFile(Path file, Manner manner, Duration window, long seed) {
    this.file = file;
    this.manner = manner;
    this.window = window;
    this.random = new Random(seed);
  }

  Path file() {
    return file;
  }

  /** Ends when the file has its last content. */
  Thread begin() {
    return Thread.ofVirtual().start(this::write);
  }

  /** Whether no pause was long enough for the file to be taken before its end. */
  boolean neverQuiet() {
    return manner == Manner.STEADY && longestPause < window.toNanos();
  }

  private void write() {
    try {
      switch (manner) {
        case STEADY -> grow(PIECES + 1);
        case PAUSING -> grow(PIECES / 2);
        case REWRITTEN -> rewrite();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void grow(int longPauseBefore) throws IOException {
    for (int i = 1; i <= PIECES; i++) {
      append();
      Pauses.sleep(
          i == longPauseBefore ? window.multipliedBy(2) : window.dividedBy(2 + random.nextInt(8)));
    }
    append();
  }

  private void append() throws IOException {
    Files.write(file, piece(PIECE), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    long now = System.nanoTime();
    longestPause = lastWrite == 0 ? 0 : Math.max(longestPause, now - lastWrite);
    lastWrite = now;
  }

  private void rewrite() throws IOException {
    Files.write(file, piece(PIECES * PIECE));
    FileTime time = Files.getLastModifiedTime(file);
    Pauses.sleep(window.multipliedBy(3));
    Files.write(file, piece(PIECES * PIECE), StandardOpenOption.WRITE);
    Files.setLastModifiedTime(file, time);
  }

  private byte[] piece(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  /** SHA-256 of what it holds now, in hex. */
  String sha256() {
    try {
      return Sha256.hex(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

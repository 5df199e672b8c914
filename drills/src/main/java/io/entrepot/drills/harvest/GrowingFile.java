// SPDX-License-Identifier: Apache-2.0
package io.entrepot.drills.harvest;

import io.entrepot.drills.kit.Pauses;
import io.entrepot.drills.kit.WrittenFile;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A file that an instrument is still writing, by a thread of its own. Its pauses are 5, 30 and 90
 * sixtieths of the quiet window: with a window of a minute, so many seconds.
 */
public final class GrowingFile {

  /** How such a file comes to be. */
  enum Manner {
    /** Grows, and never pauses as long as the window. */
    STEADY,
    /** Grows, and pauses once for longer than the window. */
    PAUSING,
    /** Is whole at once; later overwritten in place, with its old time given back. */
    REWRITTEN,
    /** Is whole at once; later another takes its name, of the same size and time. */
    REPLACED
  }

  private static final int SIXTIETHS = 60;
  private static final int SHORT_PAUSE = 5;
  private static final int MIDDLE_PAUSE = 30;
  private static final int LONG_PAUSE = 90;
  private static final int BURSTS = 5;
  private static final int PIECES = 4;

  /**
   * How fast it is written.
   *
   * @param piece bytes written in each sixtieth of the window
   */
  record Pace(Duration window, int piece) {

    private Duration sixtieths(int count) {
      return window.multipliedBy(count).dividedBy(SIXTIETHS);
    }
  }

  private final WrittenFile written;
  private final Manner manner;
  private final Pace pace;
  private final Path beside;

  /**
   * @param beside a folder that is not harvested
   */
  GrowingFile(WrittenFile written, Manner manner, Pace pace, Path beside) {
    this.written = written;
    this.manner = manner;
    this.pace = pace;
    this.beside = beside;
  }

  WrittenFile written() {
    return written;
  }

  /** Ends when the file has its last content. */
  Thread begin() {
    return Thread.ofVirtual().start(this::write);
  }

  private void write() {
    int size = PIECES * pace.piece();
    switch (manner) {
      case STEADY -> grow(false);
      case PAUSING -> grow(true);
      case REWRITTEN -> {
        written.rewrite(size);
        pause(LONG_PAUSE);
        written.rewrite(size);
        pause(MIDDLE_PAUSE);
        written.rewrite(size);
      }
      case REPLACED -> {
        written.rewrite(size);
        pause(LONG_PAUSE);
        written.replace(size, beside);
        pause(MIDDLE_PAUSE);
        written.replace(size, beside);
      }
    }
  }

  private void grow(boolean once) {
    for (int burst = 0; burst < BURSTS; burst++) {
      for (int i = 0; i < PIECES; i++) {
        written.append(pace.piece());
        pause(1);
      }
      if (once && burst == BURSTS / 2) {
        pause(LONG_PAUSE);
      } else {
        pause(written.random().nextBoolean() ? SHORT_PAUSE : MIDDLE_PAUSE);
      }
    }
    written.append(pace.piece());
  }

  private void pause(int sixtieths) {
    Pauses.sleep(pace.sixtieths(sixtieths));
  }
}

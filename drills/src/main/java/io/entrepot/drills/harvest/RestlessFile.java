// SPDX-License-Identifier: Apache-2.0
package io.entrepot.drills.harvest;

import io.entrepot.drills.kit.Pauses;
import io.entrepot.drills.kit.WrittenFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A file that somebody overwrites in place, or replaces by another of its size and time, again and
 * again while it is copied. Its size and time never tell.
 */
public final class RestlessFile {

  private static final int LONGEST_REST_MILLIS = 150;

  private final WrittenFile written;
  private final int size;
  private final Path beside;

  /**
   * @param beside a folder that is not harvested
   */
  RestlessFile(WrittenFile written, int size, Path beside) {
    this.written = written;
    this.size = size;
    this.beside = beside;
    written.rewrite(size);
  }

  WrittenFile written() {
    return written;
  }

  /** Goes on until it is told to stop; then the file has its last content. */
  Thread begin(AtomicBoolean stop) {
    return Thread.ofVirtual()
        .start(
            () -> {
              while (!stop.get()) {
                disturb();
              }
            });
  }

  private void disturb() {
    Pauses.sleep(Duration.ofMillis(written.random().nextInt(LONGEST_REST_MILLIS)));
    if (written.random().nextBoolean()) {
      written.rewrite(size);
    } else {
      written.replace(size, beside);
    }
  }
}

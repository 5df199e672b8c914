// SPDX-License-Identifier: Apache-2.0
package io.entrepot.drills.kit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * How much of the machine others take while something is timed. A start that shares two cores with
 * a build takes three times as long, which says nothing of the server.
 */
public final class Contention {

  private static final Path STAT = Path.of("/proc/stat");

  /** A tick of the kernel's accounts. */
  private static final long TICK_MILLIS = 10;

  private static final int IDLE = 4;
  private static final int WAITING = 5;
  private static final int LAST = 8;

  private final long busyAtFirst = busyMillis();
  private final long began = System.nanoTime();

  /**
   * From 0, the machine was its own, to 1.
   *
   * @param own processor time that what is timed has taken itself
   */
  public double share(Duration own) {
    long elapsed = Duration.ofNanos(System.nanoTime() - began).toMillis();
    long others = busyMillis() - busyAtFirst - own.toMillis();
    long all = Math.max(1, elapsed * Runtime.getRuntime().availableProcessors());
    return Math.clamp((double) others / all, 0, 1);
  }

  /** Processor time of everybody since the machine started; 0 where the system does not say. */
  private static long busyMillis() {
    try (Stream<String> lines = Files.lines(STAT)) {
      String[] ticks = lines.findFirst().orElse("").split(" +");
      long busy = 0;
      for (int i = 1; i <= Math.min(LAST, ticks.length - 1); i++) {
        busy += i == IDLE || i == WAITING ? 0 : Long.parseLong(ticks[i]);
      }
      return busy * TICK_MILLIS;
    } catch (IOException notLinux) {
      return 0;
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.base;

import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * Makes ids that increase for as long as this source lives, even when the clock steps back.
 *
 * <p>Safe for use by many threads. Two sources (two nodes) never share a counter, so what keeps
 * their ids apart is the random part: 32 bits for an ordinary id, 28 for a file.
 */
public final class IdSource {

  private static final int COUNTER_LIMIT = 1 << 16;
  private static final int FILE_COUNTER_LIMIT = 1 << 15;

  private final InstantSource clock;
  private final RandomGenerator random;
  private final Ticks ticks = new Ticks(COUNTER_LIMIT);
  private final Ticks fileTicks = new Ticks(FILE_COUNTER_LIMIT);

  /**
   * @param random must be safe for use by many threads and hard to guess, such as {@code
   *     SecureRandom}
   */
  public IdSource(InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  /** An id of 48 bits milliseconds, 16 bits counter, 32 bits random. */
  public synchronized Id next() {
    ticks.advance(clock.millis());
    return new Id(
        LowerHex.of(ticks.millis, 12)
            + LowerHex.of(ticks.counter, 4)
            + LowerHex.of(random.nextInt(), 8));
  }

  /**
   * An id of at most 87 bits (9 zero bits, 44 bits milliseconds, 15 counter, 28 random), which fits
   * the 18 characters of an ARK name.
   */
  public synchronized Id nextForFile() {
    fileTicks.advance(clock.millis());
    long tail = ((long) fileTicks.counter << 28) | (random.nextInt() & 0x0fff_ffffL);
    // 44 + 43 bits: the low 5 bits of the milliseconds share a hex digit group with the tail.
    long high = fileTicks.millis >>> 5;
    long low = ((fileTicks.millis & 0x1f) << 43) | tail;
    return new Id(LowerHex.of(high, 12) + LowerHex.of(low, 12));
  }

  /** A millisecond and how many ids were made in it; runs ahead of the clock when it overflows. */
  private static final class Ticks {
    private final int limit;
    private long millis = -1;
    private int counter;

    Ticks(int limit) {
      this.limit = limit;
    }

    void advance(long now) {
      if (now > millis) {
        millis = now;
        counter = 0;
      } else if (++counter == limit) {
        millis++;
        counter = 0;
      }
    }
  }
}

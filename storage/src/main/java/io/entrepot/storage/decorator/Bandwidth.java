// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.decorator;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * So many bytes in a second, shared by all who spend them. Whoever comes first is served first, and
 * nobody brings so much at once that the others have to wait long for their turn.
 */
final class Bandwidth {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  /** All portions under way together are worth a tenth of a second, so a wait is that long. */
  private static final int PORTIONS = 10;

  /** What was not used for longer than this is lost. */
  private static final long BURST = SECOND / PORTIONS;

  private final long bytesPerSecond;
  private final LongSupplier nanos;
  private final Pause pause;
  private long paidUntil;
  private int sharing;

  Bandwidth(long bytesPerSecond, LongSupplier nanos, Pause pause) {
    if (bytesPerSecond < 1) {
      throw new IllegalArgumentException("at least one byte a second");
    }
    this.bytesPerSecond = bytesPerSecond;
    this.nanos = nanos;
    this.pause = pause;
    this.paidUntil = nanos.getAsLong() - BURST;
  }

  /**
   * Comes to share it, until {@link #leave}.
   *
   * @return how many of the wanted bytes to bring before they are spent; at least one
   */
  synchronized int enter(int wanted) {
    sharing++;
    return Math.clamp(bytesPerSecond / PORTIONS / sharing, 1, wanted);
  }

  synchronized void leave() {
    sharing--;
  }

  /** Waits until so many more bytes are within the limit. */
  void spend(int bytes) {
    long wait = reserve(bytes);
    if (wait > 0) {
      pause.waitFor(Duration.ofNanos(wait));
    }
  }

  private synchronized long reserve(int bytes) {
    long now = nanos.getAsLong();
    if (now - paidUntil > BURST) {
      paidUntil = now - BURST;
    }
    paidUntil += bytes * SECOND / bytesPerSecond;
    return paidUntil - now;
  }
}

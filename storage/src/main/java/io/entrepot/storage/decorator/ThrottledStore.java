// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.decorator;

import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.ObjectStat;
import io.entrepot.storage.ReadOptions;
import io.entrepot.storage.Store;
import io.entrepot.storage.WriteOptions;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Lets no more than so many bytes a second pass, read and written together, over all threads. Time
 * not used is not saved up.
 */
public final class ThrottledStore extends DelegatingStore {

  private static final long NANOS = 1_000_000_000L;

  /** A second's bytes come in at least this many pieces, so that the flow is even. */
  private static final int PIECES_PER_SECOND = 10;

  /** A debt longer than this is not ours: somebody has set the clock back. */
  private static final Duration LONGEST_DEBT = Duration.ofMinutes(1);

  private final long bytesPerSecond;
  private final InstantSource clock;
  private final Pause pause;
  private Instant paidUntil = Instant.MIN;

  public ThrottledStore(Store inner, long bytesPerSecond, InstantSource clock, Pause pause) {
    super(inner);
    if (bytesPerSecond < 1) {
      throw new IllegalArgumentException("bytes per second is at least 1");
    }
    this.bytesPerSecond = bytesPerSecond;
    this.clock = clock;
    this.pause = pause;
  }

  @Override
  public InputStream read(ObjectPath path, ReadOptions options) {
    return slowed(super.read(path, options));
  }

  @Override
  public ObjectStat write(ObjectPath path, InputStream content, WriteOptions options) {
    return super.write(path, slowed(content), options);
  }

  private InputStream slowed(InputStream in) {
    int piece = (int) Math.clamp(bytesPerSecond / PIECES_PER_SECOND, 1, Integer.MAX_VALUE);
    return new WatchedInput(in, piece, this::pay);
  }

  private void pay(int bytes) {
    Duration debt = owe(bytes);
    if (debt.isPositive()) {
      pause.waitFor(debt);
    }
  }

  private synchronized Duration owe(int bytes) {
    Instant now = clock.instant();
    if (paidUntil.isBefore(now) || paidUntil.isAfter(now.plus(LONGEST_DEBT))) {
      paidUntil = now;
    }
    long nanos = Math.ceilDiv(bytes * NANOS, bytesPerSecond);
    paidUntil = paidUntil.plusNanos(nanos);
    return Duration.between(now, paidUntil);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.runs;

import io.entrepot.base.ErrorCode;
import io.entrepot.server.harvest.instruments.HarvestPolicy;
import io.entrepot.storage.ObjectStat;
import io.entrepot.storage.Store;
import io.entrepot.storage.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds findings back until they were seen twice, far enough apart, in the same state.
 *
 * <p>The second look is made in the same run, or was the last look of an earlier run. While it
 * waits it goes on discovering, up to a limit; what moved between two looks is passed by for this
 * run and remembered.
 */
final class Settling implements Iterator<Finding> {

  /** A file that was not taken because it may still be written to. */
  record Restless(ObjectStat stat, Instant seenAt, String reason) {}

  /** What the wait needs of the world. */
  interface World {
    InstantSource clock();

    /** Sleeps, or less when the work is to end; then throws. */
    void pause(Duration time);

    void restless(Restless restless);
  }

  private record Waiting(Finding finding, Instant seenAt) {}

  /** Bounds the memory of a first harvest of very many files. */
  private static final int MOST_WAITING = 50_000;

  private final Iterator<Finding> findings;
  private final Store store;
  private final HarvestPolicy policy;
  private final Map<String, Restless> earlier;
  private final World world;
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private @Nullable Finding next;

  /**
   * @param earlier what was restless at the end of the last run, by path
   */
  Settling(
      Iterator<Finding> findings,
      Store store,
      HarvestPolicy policy,
      Map<String, Restless> earlier,
      World world) {
    this.findings = findings;
    this.store = store;
    this.policy = policy;
    this.earlier = earlier;
    this.world = world;
  }

  /** Whether {@link #next} would answer without waiting. */
  boolean isReady() {
    while (next == null && (discover() || settle())) {
      continue;
    }
    return next != null;
  }

  @Override
  public boolean hasNext() {
    while (!isReady()) {
      if (waiting.isEmpty()) {
        return false;
      }
      Instant ripe = waiting.getFirst().seenAt().plus(policy.stability());
      world.pause(Duration.between(world.clock().instant(), ripe));
    }
    return true;
  }

  @Override
  public Finding next() {
    if (!hasNext() || next == null) {
      throw new NoSuchElementException();
    }
    Finding found = next;
    next = null;
    return found;
  }

  /** Takes one finding from the walk; false when there is none or too many wait. */
  private boolean discover() {
    if (waiting.size() >= MOST_WAITING || !findings.hasNext()) {
      return false;
    }
    Finding finding = findings.next();
    if (!finding.mustSettle()) {
      next = finding;
      return true;
    }
    Instant now = world.clock().instant();
    if (isTooYoung(finding.stat(), now)) {
      world.restless(
          new Restless(
              finding.stat(),
              now,
              "last changed less than " + policy.minimumAge().toSeconds() + " s ago"));
    } else if (policy.stability().isZero() || stoodStill(finding.stat(), now)) {
      next = finding;
    } else {
      waiting.addLast(new Waiting(finding, now));
    }
    return true;
  }

  private boolean isTooYoung(ObjectStat stat, Instant now) {
    return policy.minimumAge().isPositive()
        && stat.modified().isAfter(now.minus(policy.minimumAge()));
  }

  private boolean stoodStill(ObjectStat stat, Instant now) {
    Restless before = earlier.get(stat.path().text());
    return before != null
        && before.stat().size() == stat.size()
        && before.stat().modified().equals(stat.modified().truncatedTo(ChronoUnit.MICROS))
        && !before.seenAt().plus(policy.stability()).isAfter(now);
  }

  /** Looks a second time at the one that waits longest, when its time has come. */
  private boolean settle() {
    Waiting first = waiting.peekFirst();
    Instant now = world.clock().instant();
    if (first == null || first.seenAt().plus(policy.stability()).isAfter(now)) {
      return false;
    }
    waiting.removeFirst();
    ObjectStat before = first.finding().stat();
    Optional<ObjectStat> after;
    try {
      after = store.stat(before.path());
    } catch (StoreException e) {
      // The next path would end the same way.
      if (e.code() == ErrorCode.CANCELLED || HarvestResults.STORE_IS_GONE.contains(e.code())) {
        throw e;
      }
      world.restless(
          new Restless(before, now, "could not be looked at a second time: " + e.getMessage()));
      return true;
    }
    if (after.isPresent() && after.get().sameVersion(before)) {
      next = first.finding();
    } else if (after.isPresent() && after.get().isFile()) {
      world.restless(new Restless(after.get(), now, "still being written to"));
    }
    return true;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * One process that stops dead at its Nth operation, whichever of its stores that is on. From then
 * on every operation of all of them throws {@link Crash}, so nothing is cleaned up either.
 */
public final class CrashPlan {

  private final long at;
  private final RandomGenerator random;
  private final List<CrashingStore> stores = new ArrayList<>();
  private long operations;

  /**
   * @param at the operation that is not reached, counted from 1
   * @param random decides what becomes of bytes that were not yet durable
   */
  public CrashPlan(long at, RandomGenerator random) {
    this.at = at;
    this.random = random;
  }

  /** How many operations were begun, the one that crashed included. */
  public synchronized long operations() {
    return operations;
  }

  public synchronized boolean crashed() {
    return operations >= at;
  }

  synchronized void join(CrashingStore store) {
    stores.add(store);
  }

  synchronized void operation() {
    if (crashed()) {
      throw new Crash(at);
    }
    operations++;
    if (crashed()) {
      stores.forEach(store -> store.losePower(random));
      throw new Crash(at);
    }
  }
}

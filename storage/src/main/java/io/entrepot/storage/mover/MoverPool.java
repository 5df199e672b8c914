// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.mover;

import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/**
 * Carries out a stream of orders with several workers.
 *
 * <p>Small files are grouped into batches, large ones go alone. Orders are asked for only as
 * workers become free, so memory stays flat however many there are.
 */
public final class MoverPool {

  private final Mover mover;
  private final int workers;

  /**
   * @param workers how many batches are under way at once
   */
  public MoverPool(Mover mover, int workers) {
    if (workers < 1) {
      throw new IllegalArgumentException("a pool has at least one worker");
    }
    this.mover = mover;
    this.workers = workers;
  }

  /**
   * Carries out all orders and returns when the last outcome was handed over.
   *
   * <p>The consumer is called on the calling thread with the outcomes of one or more batches at a
   * time; their order is free, every order pulled has exactly one outcome. Orders are pulled on
   * another thread, one at a time.
   *
   * <p>When the orders throw, those pulled before are finished and handed over, then what they
   * threw is thrown from here. When a worker breaks (a store threw something that is no failure of
   * a store), the work under way is cancelled, what the others had finished is handed over, and
   * what broke it is thrown; the orders of its own batch have no outcome then. When the consumer
   * throws, the work under way is cancelled and cleaned up, then the same; a copy may have been
   * published whose outcome was not handed over, which {@link Occupied#ADOPT} finds next time.
   *
   * <p>When cancelled, no more orders are pulled; those pulled and not published fail with {@code
   * CANCELLED}. When the calling thread is interrupted, the same, and {@code CANCELLED} is thrown.
   * A store that does not answer is interrupted after a second.
   */
  public void run(
      Route route, Iterator<CopyOrder> orders, CopyControl control, Consumer<List<Outcome>> done) {
    new PoolRun(mover, workers, route, control).run(workers, orders, done);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.runs;

import io.entrepot.storage.mover.CopyOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;

/**
 * Turns findings into copy orders as the mover asks for them, putting as many on record together as
 * are there without waiting.
 */
final class PlannedOrders implements Iterator<CopyOrder> {

  /** Large enough that the cost of a commit is spread thin, small enough to begin soon. */
  private static final int MOST_TOGETHER = 1_000;

  private final Settling findings;
  private final HarvestPlan plan;
  private final Function<Planned, CopyOrder> handOver;
  private final Deque<Planned> ready = new ArrayDeque<>();

  PlannedOrders(Settling findings, HarvestPlan plan, Function<Planned, CopyOrder> handOver) {
    this.findings = findings;
    this.plan = plan;
    this.handOver = handOver;
  }

  @Override
  public boolean hasNext() {
    while (ready.isEmpty() && findings.hasNext()) {
      List<Finding> together = new ArrayList<>();
      do {
        together.add(findings.next());
      } while (together.size() < MOST_TOGETHER && findings.isReady());
      ready.addAll(plan.record(together));
      if (!findings.isReady()) {
        plan.tellTotal();
      }
    }
    return !ready.isEmpty();
  }

  @Override
  public CopyOrder next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return handOver.apply(ready.removeFirst());
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.mover;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Orders between the one thread that pulls them and the workers, grouped into batches. */
final class Pending {

  /** A batch is published by one call, so this many files share its cost. */
  static final int MOST_FILES = 256;

  /** Bounds what waits unpublished, and what a cancelled batch has done in vain. */
  static final long MOST_BYTES = 64L << 20;

  /** From this size a file's own bytes cost far more than its publication. */
  static final long ALONE_FROM = 16L << 20;

  /** The first batches are small so that every worker soon has one, also of few files. */
  private static final int FIRST_FILES = 8;

  /** How long an idle worker leaves a batch to fill before it takes what is there. */
  private static final long PATIENCE_MILLIS = 20;

  private final int workers;
  private final Deque<List<CopyOrder>> full = new ArrayDeque<>();
  private List<CopyOrder> open = new ArrayList<>();
  private long openBytes;
  private int limit = FIRST_FILES;
  private int closed;
  private boolean ended;

  Pending(int workers) {
    this.workers = workers;
  }

  /** Waits while there is a full batch for every worker. */
  synchronized void add(CopyOrder order) throws InterruptedException {
    while (full.size() >= workers) {
      wait();
    }
    if (order.source().size() >= ALONE_FROM) {
      full.add(List.of(order));
      notifyAll();
      return;
    }
    open.add(order);
    openBytes += order.source().size();
    if (open.size() >= limit || openBytes >= MOST_BYTES) {
      full.add(close());
      notifyAll();
    }
  }

  /** No more will be added. */
  synchronized void end() {
    ended = true;
    notifyAll();
  }

  /** The next batch; an empty one when there are no more. */
  synchronized List<CopyOrder> take() throws InterruptedException {
    boolean waited = false;
    while (full.isEmpty() && !ended && (open.isEmpty() || !waited)) {
      wait(PATIENCE_MILLIS);
      waited = true;
    }
    List<CopyOrder> batch = full.isEmpty() ? close() : full.remove();
    notifyAll();
    return batch;
  }

  /** What nobody took; only after all workers have ended. */
  synchronized List<CopyOrder> remaining() {
    List<CopyOrder> rest = new ArrayList<>();
    full.forEach(rest::addAll);
    rest.addAll(open);
    full.clear();
    open.clear();
    return rest;
  }

  private List<CopyOrder> close() {
    List<CopyOrder> batch = open;
    open = new ArrayList<>();
    openBytes = 0;
    closed++;
    if (closed % workers == 0 && limit < MOST_FILES) {
      limit *= 2;
    }
    return batch;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server;

import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;

/** What is done at the end; the last one told is done first. */
final class LastActs {

  private final Deque<Runnable> acts = new ConcurrentLinkedDeque<>();

  void add(Runnable act) {
    acts.push(act);
  }

  /**
   * Does all of them, also when some fail.
   *
   * @throws IllegalStateException when one failed, with what each threw
   */
  void run() {
    List<Throwable> thrown = new ArrayList<>();
    for (Runnable act : acts) {
      try {
        act.run();
      } catch (RuntimeException | Error e) {
        thrown.add(e);
      }
    }
    if (!thrown.isEmpty()) {
      IllegalStateException failure =
          new IllegalStateException(thrown.size() + " last acts failed");
      thrown.forEach(failure::addSuppressed);
      throw failure;
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import io.entrepot.base.Id;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Parts of pages that many look at: made once for each event, however many are told of it, and kept
 * as long as somebody looks.
 */
final class SharedParts {

  private final Map<Id, Shown> shown = new ConcurrentHashMap<>();

  /** One more looks at this thing. */
  void join(Id thing) {
    shown.compute(thing, (_, now) -> (now == null ? new Shown() : now).joined());
  }

  /** One of those who joined has gone. */
  void leave(Id thing) {
    shown.computeIfPresent(thing, (_, now) -> now.left());
  }

  /** How many things are looked at. */
  int count() {
    return shown.size();
  }

  /**
   * The parts as they are after an event.
   *
   * @param number of the event; what was made for a later one shows this one too
   * @param maker makes them from the present state
   */
  String at(Id thing, long number, Supplier<String> maker) {
    Shown now = shown.get(thing);
    return now == null ? maker.get() : now.at(number, maker);
  }

  private static final class Shown {
    private final ReentrantLock making = new ReentrantLock();
    private int lookers;
    private long number = Long.MIN_VALUE;
    private String html = "";

    Shown joined() {
      lookers++;
      return this;
    }

    /** Null when nobody is left. */
    @Nullable Shown left() {
      lookers--;
      return lookers == 0 ? null : this;
    }

    String at(long wanted, Supplier<String> maker) {
      making.lock();
      try {
        if (number < wanted) {
          html = maker.get();
          number = wanted;
        }
        return html;
      } finally {
        making.unlock();
      }
    }
  }
}

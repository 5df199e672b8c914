// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.local;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.Supplier;

/** Things that are costly to make and used for a moment, kept for the next who needs one. */
final class Pool<T> {

  private final ArrayBlockingQueue<T> idle;
  private final Supplier<T> maker;

  Pool(int kept, Supplier<T> maker) {
    this.idle = new ArrayBlockingQueue<>(kept);
    this.maker = maker;
  }

  T take() {
    T kept = idle.poll();
    return kept == null ? maker.get() : kept;
  }

  /** Gives back; the caller no longer uses it. */
  void give(T done) {
    boolean kept = idle.offer(done);
  }
}

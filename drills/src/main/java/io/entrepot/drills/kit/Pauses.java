// SPDX-License-Identifier: Apache-2.0
package io.entrepot.drills.kit;

import java.time.Duration;

/** Waiting, where being interrupted only ends the wait. */
public final class Pauses {

  private Pauses() {}

  public static void sleep(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  public static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Does something after a while, on a thread of its own. */
  public static Thread later(Duration wait, Runnable work) {
    return Thread.ofVirtual()
        .start(
            () -> {
              sleep(wait);
              work.run();
            });
  }
}

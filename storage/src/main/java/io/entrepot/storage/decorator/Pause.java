// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.decorator;

import io.entrepot.base.ErrorCode;
import io.entrepot.storage.StoreException;
import java.time.Duration;

/** How a store waits; a test's way is to move its clock. */
@FunctionalInterface
public interface Pause {

  Pause SLEEP = Thread::sleep;

  void of(Duration time) throws InterruptedException;

  /** Waits; an interrupted wait is {@code CANCELLED}, with the interrupt flag set again. */
  default void waitFor(Duration time) {
    try {
      of(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException(
          ErrorCode.CANCELLED, "stopped while waiting, because the work was cancelled.", e);
    }
  }
}

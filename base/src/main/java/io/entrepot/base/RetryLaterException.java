// SPDX-License-Identifier: Apache-2.0
package io.entrepot.base;

import java.time.Duration;

/** Refused only because too much was asked lately; the same request will do after a while. */
public final class RetryLaterException extends EntrepotException {

  private final Duration after;

  /**
   * @param after how long to wait; shown to the caller in whole seconds, at least one
   */
  public RetryLaterException(String message, Duration after) {
    super(ErrorCode.TOO_MANY_REQUESTS, message);
    this.after = after;
  }

  public Duration after() {
    return after;
  }

  /** {@link #after} rounded up to whole seconds, at least 1. */
  public long seconds() {
    return Math.max(1, after.plusMillis(999).toSeconds());
  }
}

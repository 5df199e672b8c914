// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.decorator;

import java.time.Duration;

/**
 * How often and after how long to try again.
 *
 * @param attempts how often at most in all, the first time included
 * @param firstWait before the second attempt; each further wait is twice as long
 * @param longestWait no wait is longer than this
 */
public record RetrySettings(int attempts, Duration firstWait, Duration longestWait) {

  /** Gets over a restarted server, not over a night without network. */
  public static final RetrySettings USUAL =
      new RetrySettings(6, Duration.ofMillis(250), Duration.ofSeconds(8));

  public RetrySettings {
    if (attempts < 1 || firstWait.isNegative() || longestWait.compareTo(firstWait) < 0) {
      throw new IllegalArgumentException(
          "at least one attempt, no negative wait, the longest not shorter than the first");
    }
  }

  /** The wait after so many failed attempts, counted from 1. */
  Duration waitAfter(int failed) {
    Duration wait = firstWait;
    for (int i = 1; i < failed && wait.compareTo(longestWait) < 0; i++) {
      wait = wait.multipliedBy(2);
    }
    return wait.compareTo(longestWait) < 0 ? wait : longestWait;
  }
}

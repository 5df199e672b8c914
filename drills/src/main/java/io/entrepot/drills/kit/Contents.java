// SPDX-License-Identifier: Apache-2.0
package io.entrepot.drills.kit;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What one file held from when to when, as its writer knows it. Whatever is kept of the file has to
 * be one of these; anything else was torn.
 */
public final class Contents {

  private static final Duration FOR_GOOD = Duration.ofNanos(Long.MAX_VALUE);

  private record Stay(long began, long ended) {}

  private final Map<String, Stay> stays = new HashMap<>();
  private String last = "";

  /**
   * The file holds this from now on, or will in a moment.
   *
   * @param since a {@link System#nanoTime} before which it certainly did not
   */
  public synchronized void begin(String sha256, long since) {
    stays.put(sha256, new Stay(since, 0));
    last = sha256;
  }

  /** The file holds something else since a moment ago. */
  public synchronized void end() {
    stays.computeIfPresent(last, (_, stay) -> new Stay(stay.began(), System.nanoTime()));
  }

  /** SHA-256 of what it holds now, in hex. */
  public synchronized String last() {
    return last;
  }

  /** How long at most the file held this; empty when it never did. */
  public synchronized Optional<Duration> lasted(String sha256) {
    return Optional.ofNullable(stays.get(sha256))
        .map(
            stay -> sha256.equals(last) ? FOR_GOOD : Duration.ofNanos(stay.ended() - stay.began()));
  }
}

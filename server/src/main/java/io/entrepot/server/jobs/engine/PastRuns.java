// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How long the latest runs of the same schedule took: all that is known of the end of a run before
 * anybody knows how much there is to do.
 *
 * @param begun when this run began
 * @param took how long the runs before took; empty when there were none
 */
record PastRuns(Instant begun, List<Duration> took) {

  /** Null when nothing is known, or when it lasts longer than any of them did. */
  @Nullable Duration soonest(Instant now) {
    Duration latest = latest(now);
    Duration left = latest == null ? null : Collections.min(took).minus(passed(now));
    return left == null || !left.isNegative() ? left : Duration.ZERO;
  }

  /** Null when nothing is known, or when it lasts longer than any of them did. */
  @Nullable Duration latest(Instant now) {
    if (took.isEmpty()) {
      return null;
    }
    Duration left = Collections.max(took).minus(passed(now));
    return left.isNegative() ? null : left;
  }

  private Duration passed(Instant now) {
    return Duration.between(begun, now);
  }
}

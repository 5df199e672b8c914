// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How far a job is.
 *
 * @param total what there is to do; null until it is known
 * @param item what is being worked on
 * @param pace null until enough was seen to tell, and once the job has ended
 * @param counts the kind's own counts, sorted by name
 */
public record JobProgress(
    Amount done,
    @Nullable Amount total,
    @Nullable String item,
    @Nullable Pace pace,
    Map<String, Long> counts) {

  public static final JobProgress NONE =
      new JobProgress(new Amount(0, 0), null, null, null, Map.of());

  public JobProgress {
    counts = Collections.unmodifiableMap(new TreeMap<>(counts));
  }

  /** One of the kind's own counts; 0 when it was never reported. */
  public long count(String name) {
    return counts.getOrDefault(name, 0L);
  }

  /** Bytes and whole files. */
  public record Amount(long bytes, long files) {}

  /**
   * How fast it goes lately, and what that means for the rest.
   *
   * @param soonest time left if it goes on as in its faster moments; null while the total is
   *     unknown
   * @param latest time left if it goes on as in its slower moments; null while that is unknown
   */
  public record Pace(
      long bytesPerSecond,
      double filesPerSecond,
      @Nullable Duration soonest,
      @Nullable Duration latest) {}
}

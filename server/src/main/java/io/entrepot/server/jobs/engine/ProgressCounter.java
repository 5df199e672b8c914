// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs.engine;

import io.entrepot.server.jobs.JobProgress;
import io.entrepot.server.jobs.JobProgress.Amount;
import io.entrepot.server.jobs.ProgressMeter;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Counts what a job reports. Reporting is lock-free; somebody else reads at leisure. */
final class ProgressCounter implements ProgressMeter {

  private final LongAdder bytes = new LongAdder();
  private final LongAdder files = new LongAdder();
  private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();
  private final Tempo tempo;
  private final WorkMeter meter;
  private volatile @Nullable Amount total;
  private volatile @Nullable String item;

  /**
   * @param meter told of the same, for all jobs together
   */
  ProgressCounter(PastRuns past, WorkMeter meter) {
    this.meter = meter;
    tempo = new Tempo(past);
  }

  @Override
  public void total(long allBytes, long allFiles) {
    total = new Amount(allBytes, allFiles);
  }

  @Override
  public void done(long moreBytes, long moreFiles) {
    bytes.add(moreBytes);
    files.add(moreFiles);
    meter.done(moreBytes, moreFiles);
  }

  @Override
  public void item(@Nullable String name) {
    item = name;
  }

  @Override
  public void count(String name, long more) {
    counts.computeIfAbsent(name, _ -> new LongAdder()).add(more);
  }

  JobProgress at(Instant now) {
    Amount done = done();
    return new JobProgress(done, total, item, tempo.at(now, done, total), sums());
  }

  /** Whether nothing was reported since this was so; the pace aside. */
  boolean isAt(JobProgress earlier) {
    return done().equals(earlier.done())
        && Objects.equals(total, earlier.total())
        && Objects.equals(item, earlier.item())
        && sums().equals(earlier.counts());
  }

  private Amount done() {
    return new Amount(bytes.sum(), files.sum());
  }

  private Map<String, Long> sums() {
    Map<String, Long> sums = new HashMap<>();
    counts.forEach((name, adder) -> sums.put(name, adder.sum()));
    return sums;
  }
}

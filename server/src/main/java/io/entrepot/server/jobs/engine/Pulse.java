// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs.engine;

import io.entrepot.server.rounds.Complaint;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does small things again and again. One that fails is tried again at its next turn, and told of in
 * the log once as long as it fails alike.
 */
final class Pulse implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Pulse.class);
  private static final int THREADS = 3;

  private final LongSupplier nanos;
  private final Map<String, Long> turns = new ConcurrentHashMap<>();
  private final ScheduledExecutorService pool =
      Executors.newScheduledThreadPool(
          THREADS, Thread.ofPlatform().daemon().name("job-pulse-", 1).factory());

  /**
   * @param nanos never steps back, such as {@code System::nanoTime}
   */
  Pulse(LongSupplier nanos) {
    this.nanos = nanos;
  }

  void every(Duration pause, String what, Runnable work) {
    turns.put(what, nanos.getAsLong());
    Complaint complaint = new Complaint();
    pool.scheduleWithFixedDelay(
        () -> guarded(what, work, complaint),
        pause.toMillis(),
        pause.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  /** What has not come to a good end for so long; nothing when all goes well. */
  List<String> overdue(Duration patience) {
    long now = nanos.getAsLong();
    return turns.entrySet().stream()
        .filter(turn -> now - turn.getValue() > patience.toNanos())
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  private void guarded(String what, Runnable work, Complaint complaint) {
    try {
      work.run();
      turns.put(what, nanos.getAsLong());
      complaint.settle();
    } catch (Throwable e) {
      // Also an Error: whatever is thrown from here is never done again.
      if (complaint.isNew(e)) {
        LOG.warn("{} failed and will be tried again", what, e);
      }
    }
  }

  /** Begins nothing more; what has begun goes on. */
  @Override
  public void close() {
    pool.shutdownNow();
  }
}

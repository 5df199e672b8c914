// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs.engine;

import io.entrepot.base.Id;
import io.entrepot.server.jobs.EarlyEnd;
import io.entrepot.server.jobs.Job;
import io.entrepot.server.jobs.JobState;
import io.entrepot.server.jobs.LogLine;
import io.entrepot.server.jobs.engine.StartTable.Standing;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Carries news between the running jobs of this node, the database and the listeners. */
final class Watch {

  /** How far the clocks of two nodes may be apart before changes are missed. */
  private static final Duration SKEW = Duration.ofSeconds(10);

  private static final int NEWS_LIMIT = 500;

  private final Tables tables;
  private final InstantSource clock;
  private final JobRunner.Surroundings around;
  private Map<Id, Instant> known = new HashMap<>();
  private final Map<Id, Long> lastLines = new HashMap<>();

  Watch(Tables tables, InstantSource clock, JobRunner.Surroundings around) {
    this.tables = tables;
    this.clock = clock;
    this.around = around;
  }

  /** Stores the progress and the log of every job that runs here, and tells the listeners. */
  void store() {
    for (RunningJob job : around.live().all()) {
      if (job.isStale()) {
        job.inTurn(() -> storeAndTell(job));
      }
    }
  }

  /** Lines also while nobody listens: one that was cut off asks for these when it comes back. */
  private void storeAndTell(RunningJob job) {
    tables.database().write(() -> job.store(lines -> around.events().logged(job.job(), lines)));
    boolean counts = !job.earlyEnd().equals(Optional.of(EarlyEnd.FENCED));
    if (counts && around.events().isHeard()) {
      tables.jobs().find(job.job()).ifPresent(around.events()::changed);
    }
  }

  /** Hears what was asked of the jobs that run here, and whether their starts still count. */
  void listen() {
    Collection<RunningJob> running = around.live().all();
    if (running.isEmpty()) {
      return;
    }
    Map<Id, Standing> now =
        tables.starts().standings(running.stream().map(RunningJob::job).toList());
    for (RunningJob job : running) {
      Standing standing = now.get(job.job());
      if (standing == null
          || standing.state() != JobState.RUNNING
          || standing.lease().fence() != job.lease().fence()) {
        job.signal(EarlyEnd.FENCED);
      } else {
        standing.wish().ifPresent(job::signal);
      }
    }
  }

  /** Tells the listeners what other nodes did. */
  void relay() {
    if (!around.events().isHeard()) {
      known.clear();
      lastLines.clear();
      return;
    }
    Map<Id, Instant> seen = new HashMap<>();
    for (Job job : tables.jobs().changedSince(clock.instant().minus(SKEW), NEWS_LIMIT)) {
      seen.put(job.id(), job.times().updated());
      boolean elsewhere =
          !Optional.ofNullable(job.status().node()).equals(Optional.of(around.node()));
      if (elsewhere && !job.times().updated().equals(known.get(job.id()))) {
        around.events().changed(job);
        relayLog(job.id());
      }
    }
    known = seen;
  }

  private void relayLog(Id job) {
    Long last = lastLines.get(job);
    List<LogLine> lines =
        last == null ? tables.logs().tail(job, 1) : tables.logs().after(job, last, NEWS_LIMIT);
    if (last != null) {
      around.events().logged(job, lines);
    }
    lastLines.put(job, lines.isEmpty() ? (last == null ? 0L : last) : lines.getLast().number());
  }

  /** Mends what a lost commit or a strange hand left: jobs without a row, rows without a job. */
  void repair() {
    tables
        .database()
        .write(
            () -> {
              tables.tasks().addMissing();
              tables.tasks().removeUnneeded();
              tables.starts().removeStrayLocks();
            });
  }
}

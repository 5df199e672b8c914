// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs.engine;

import io.entrepot.base.IdSource;
import io.entrepot.server.database.Database;
import io.entrepot.server.database.Dialect;
import io.entrepot.server.jobs.JobEvents;
import io.entrepot.server.jobs.JobKinds;
import io.entrepot.server.jobs.Jobs;
import io.entrepot.server.jobs.Schedules;
import io.entrepot.server.jobs.engine.Workers.Crew;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything of this package on one node: orders can be taken as soon as it exists, work is done
 * between {@link #start} and {@link #close}.
 *
 * <p>On SQLite at most one engine may be started on a database at a time: its start takes every
 * claim that it finds for one of a dead predecessor. On PostgreSQL any number may, with different
 * node names; what a dead one had is taken over after some 20 seconds.
 */
final class JobEngine implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(JobEngine.class);

  private static final Duration STORE = Duration.ofMillis(250);
  private static final Duration LISTEN = Duration.ofMillis(500);
  private static final Duration FIRE = Duration.ofSeconds(1);
  private static final Duration SYNCHRONISE = Duration.ofSeconds(30);
  private static final Duration REPAIR = Duration.ofMinutes(1);
  private static final Duration KEEP_LOGS = Duration.ofMinutes(1);

  /** Three turns of the slowest beat. */
  private static final Duration PULSE_PATIENCE = REPAIR.multipliedBy(3);

  private final Database database;
  private final LeaseClock leases;
  private final Tables tables;
  private final LiveJobs live = new LiveJobs();
  private final WorkMeter meter = new WorkMeter();
  private final EventRing ring;
  private final JobRunner runner;
  private final Watch watch;
  private final LogKeeper logKeeper;
  private final StoredJobs jobs;
  private final StoredSchedules schedules;
  private final Crew crew;
  private final Pulse pulse = new Pulse(System::nanoTime);
  private volatile @Nullable Workers workers;

  /**
   * @param kinds may be filled until {@link #start}
   */
  JobEngine(Database database, JobKinds kinds, IdSource ids, InstantSource clock, Crew crew) {
    this(
        new Ground(database, new SteadyClock(database, clock, System::nanoTime), clock, ids),
        kinds,
        crew);
  }

  JobEngine(Ground ground, JobKinds kinds, Crew crew) {
    this.database = ground.database();
    this.leases = ground.leases();
    this.crew = crew;
    this.tables = Tables.of(database, leases);
    // Later than any number that an earlier life of this server can have reached.
    this.ring = new EventRing(tables.jobs(), ground.clock().millis() * 1000);
    JobRunner.Surroundings around =
        new JobRunner.Surroundings(crew.node(), live, ring, meter, this::nudge);
    this.runner = new JobRunner(tables, kinds, ground.clock(), around);
    this.logKeeper = new LogKeeper(tables.logs(), ground.clock(), crew.keepLogs());
    this.watch = new Watch(tables, ground.clock(), around);
    this.jobs = new StoredJobs(tables, kinds, ground.ids(), ground.clock(), around);
    this.schedules = new StoredSchedules(database, jobs, kinds, ground.ids(), ground.clock());
  }

  Jobs jobs() {
    return jobs;
  }

  Schedules schedules() {
    return schedules;
  }

  JobEvents events() {
    return ring;
  }

  Tables tables() {
    return tables;
  }

  JobRunner runner() {
    return runner;
  }

  LogKeeper logKeeper() {
    return logKeeper;
  }

  Watch watch() {
    return watch;
  }

  WorkMeter meter() {
    return meter;
  }

  LiveJobs live() {
    return live;
  }

  /** Sets tasks and jobs right with each other, then begins to work. Called once. */
  void start() {
    recover();
    Workers started = new Workers(database.schedulerSource(), runner, leases, crew);
    workers = started;
    started.start();
    pulse.every(STORE, "storing progress", watch::store);
    pulse.every(LISTEN, "listening for wishes", watch::listen);
    pulse.every(LISTEN, "minding the disk", this::stopWithTheDisk);
    pulse.every(FIRE, "firing schedules", schedules::fireDue);
    pulse.every(REPAIR, "repairing the queue", watch::repair);
    pulse.every(KEEP_LOGS, "keeping logs", logKeeper::keep);
    if (database.dialect() == Dialect.POSTGRESQL && leases instanceof SteadyClock steady) {
      pulse.every(SYNCHRONISE, "reading the database's clock", steady::synchronise);
      pulse.every(LISTEN, "relaying news of other nodes", watch::relay);
    }
  }

  void recover() {
    database.write(
        () -> {
          if (database.dialect() == Dialect.SQLITE) {
            tables.tasks().freeAll();
          }
          watch.repair();
        });
  }

  /** Why jobs or schedules stand still at the moment, in a few words; empty when they do not. */
  Optional<String> trouble() {
    Workers present = workers;
    if (present == null || !present.working()) {
      return Optional.of("jobs are not being worked on");
    }
    List<String> overdue = pulse.overdue(PULSE_PATIENCE);
    return overdue.isEmpty()
        ? Optional.empty()
        : Optional.of(String.join(", ", overdue) + " has not succeeded for some minutes");
  }

  /** What comes of a job can no longer be put on record, so none goes on. The next start does. */
  private void stopWithTheDisk() {
    Workers present = workers;
    if (database.isReadOnly() && present != null && present.working()) {
      LOG.error("Jobs are not worked on any more, as the disk of the database has failed.");
      live.shutDown();
      present.stop();
    }
  }

  private void nudge() {
    Workers present = workers;
    if (present != null) {
      present.nudge();
    }
  }

  /**
   * Tells the running jobs to end and waits up to ten seconds. Those that can resume are put back
   * and start again with the next engine; the others fail as INTERRUPTED.
   */
  @Override
  public void close() {
    ring.close();
    live.shutDown();
    Workers present = workers;
    if (present != null) {
      present.stop();
    }
    pulse.close();
  }

  /** What an engine stands on. */
  record Ground(Database database, LeaseClock leases, InstantSource clock, IdSource ids) {}
}

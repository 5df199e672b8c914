// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs.engine;

import io.entrepot.base.Id;
import io.entrepot.base.IdSource;
import io.entrepot.server.database.Database;
import io.entrepot.server.jobs.JobEvents;
import io.entrepot.server.jobs.JobKind;
import io.entrepot.server.jobs.JobKinds;
import io.entrepot.server.jobs.Jobs;
import io.entrepot.server.jobs.Schedules;
import io.entrepot.server.jobs.engine.JobEngine.Ground;
import io.entrepot.server.jobs.engine.Workers.Crew;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;

/**
 * A job engine without threads: nothing happens until a test says so, and it happens on the test's
 * own thread and clock.
 */
public final class ManualJobs {

  private final Database database;
  private final InstantSource clock;
  private final JobEngine engine;
  private Duration leaseShift = Duration.ZERO;

  public ManualJobs(Database database, InstantSource clock, JobKind... kinds) {
    this(database, clock, "manual", kinds);
  }

  /** One of several nodes on one database. */
  public ManualJobs(Database database, InstantSource clock, String node, JobKind... kinds) {
    this.database = database;
    this.clock = clock;
    JobKinds registered = new JobKinds();
    List.of(kinds).forEach(registered::register);
    IdSource ids = new IdSource(clock, new Random(node.hashCode()));
    this.engine =
        new JobEngine(
            new Ground(database, this::leaseTime, clock, ids),
            registered,
            new Crew(node, 1, Duration.ofDays(90)));
  }

  private Instant leaseTime() {
    return clock.instant().plus(leaseShift);
  }

  public Jobs jobs() {
    return engine.jobs();
  }

  public Schedules schedules() {
    return engine.schedules();
  }

  public JobEvents events() {
    return engine.events();
  }

  JobEngine engine() {
    return engine;
  }

  /** Answers the ticks that are due. */
  public void fire() {
    ((StoredSchedules) engine.schedules()).fireDue();
  }

  /** Runs every job that is due, and those that become due by that, until none is. */
  public void run() {
    List<Id> due = engine.tables().tasks().due();
    while (!due.isEmpty()) {
      due.forEach(this::attempt);
      due = engine.tables().tasks().due();
    }
  }

  /** Brings one job to the worker, as the scheduler would. */
  Attempt attempt(Id job) {
    Attempt attempt = engine.runner().attempt(job);
    database.write(
        () -> {
          switch (attempt) {
            case OVER -> engine.tables().tasks().remove(job);
            case WAIT -> postpone(job);
            case AGAIN, LOST -> {}
          }
        });
    return attempt;
  }

  private void postpone(Id job) {
    leaseShift = Workers.LOCK_PATIENCE;
    try {
      engine.tables().tasks().add(job, 0);
    } finally {
      leaseShift = Duration.ZERO;
    }
  }

  /** What the next start of a server does first. */
  public void recover() {
    engine.recover();
  }

  /** What happens in the background of a real engine. */
  void beat() {
    engine.watch().store();
    engine.watch().listen();
  }
}

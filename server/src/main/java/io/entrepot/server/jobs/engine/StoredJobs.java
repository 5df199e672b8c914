// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs.engine;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;
import io.entrepot.base.FieldProblem;
import io.entrepot.base.Id;
import io.entrepot.base.IdSource;
import io.entrepot.base.InvalidFieldsException;
import io.entrepot.base.NotFoundException;
import io.entrepot.base.Page;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.jobs.EarlyEnd;
import io.entrepot.server.jobs.EndedJobs;
import io.entrepot.server.jobs.Job;
import io.entrepot.server.jobs.JobFilter;
import io.entrepot.server.jobs.JobKind;
import io.entrepot.server.jobs.JobKinds;
import io.entrepot.server.jobs.JobOrder;
import io.entrepot.server.jobs.JobOrigin;
import io.entrepot.server.jobs.JobState;
import io.entrepot.server.jobs.JobStep;
import io.entrepot.server.jobs.Jobs;
import io.entrepot.server.jobs.LogLine;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The jobs in the database. */
final class StoredJobs implements Jobs {

  private final Tables tables;
  private final JobKinds kinds;
  private final IdSource ids;
  private final InstantSource clock;
  private final JobRunner.Surroundings around;

  StoredJobs(
      Tables tables,
      JobKinds kinds,
      IdSource ids,
      InstantSource clock,
      JobRunner.Surroundings around) {
    this.tables = tables;
    this.kinds = kinds;
    this.ids = ids;
    this.clock = clock;
    this.around = around;
  }

  @Override
  public Job start(JobOrder order) {
    JobKind kind = kinds.require(order.kind());
    return tables
        .database()
        .write(
            () -> {
              Id id = ids.next();
              String lockKey = kind.lockKey(order.parameters()).orElse(null);
              tables.jobs().insert(id, order, lockKey, clock.instant());
              Id retryOf = order.origin().retryOf();
              if (retryOf != null) {
                tables.steps().inherit(id, retryOf);
              }
              tables.tasks().add(id, order.priority());
              return changed(id);
            });
  }

  @Override
  public Optional<Job> find(Id job) {
    return tables.jobs().find(job);
  }

  private Job require(Id job) {
    return find(job).orElseThrow(() -> new NotFoundException("Job"));
  }

  /** As {@link #require}, and no worker changes the row before this transaction ends. */
  private Job hold(Id job) {
    tables.starts().hold(job);
    return require(job);
  }

  @Override
  public Page<Job> list(JobFilter filter, @Nullable String cursor, int limit) {
    List<Job> found = tables.jobs().list(filter, cursor, limit + 1);
    boolean more = found.size() > limit;
    List<Job> items = more ? found.subList(0, limit) : found;
    return new Page<>(items, more ? Optional.of(items.getLast().id().hex()) : Optional.empty());
  }

  @Override
  public long count(JobFilter filter, long limit) {
    return tables.jobs().count(filter, limit);
  }

  @Override
  public EndedJobs ended(JobFilter filter, Instant since) {
    return tables.jobs().ended(filter, since);
  }

  @Override
  public List<JobStep> steps(Id job) {
    return tables.steps().list(job);
  }

  @Override
  public Job cancel(Id job, Actor actor) {
    return endEarly(job, EarlyEnd.CANCEL, "cancelled by " + actor.email());
  }

  @Override
  public Job stop(Id job, Actor actor) {
    return endEarly(job, EarlyEnd.STOP, "stopped by " + actor.email());
  }

  private Job endEarly(Id job, EarlyEnd wish, String message) {
    return tables
        .database()
        .write(
            () -> {
              hold(job);
              Ending ending = Ending.cancelled(wish, message);
              if (tables.jobs().endIdle(job, ending, clock.instant())) {
                tables.tasks().remove(job);
              } else if (tables.jobs().wish(job, wish, clock.instant())) {
                tables.database().afterCommit(() -> around.live().signal(job, wish));
              } else {
                return require(job);
              }
              return changed(job);
            });
  }

  @Override
  public Job pause(Id job, Actor actor) {
    return tables
        .database()
        .write(
            () -> {
              Job now = hold(job);
              if (!kinds.require(now.kind()).pausable()) {
                throw new EntrepotException(
                    ErrorCode.NOT_SUPPORTED, "a " + now.kind() + " job cannot be paused");
              }
              if (tables.jobs().move(job, JobState.PENDING, JobState.PAUSED, clock.instant())
                  || tables.jobs().move(job, JobState.QUEUED, JobState.PAUSED, clock.instant())) {
                tables.tasks().remove(job);
              } else if (tables.jobs().wish(job, EarlyEnd.PAUSE, clock.instant())) {
                tables.database().afterCommit(() -> around.live().signal(job, EarlyEnd.PAUSE));
              } else if (require(job).state().isFinal()) {
                throw conflict(job, "has ended, so it cannot be paused");
              }
              return changed(job);
            });
  }

  @Override
  public Job resume(Id job, Actor actor) {
    return tables
        .database()
        .write(
            () -> {
              Job now = hold(job);
              if (!tables.jobs().move(job, JobState.PAUSED, JobState.PENDING, clock.instant())) {
                throw conflict(job, "is not paused, so it cannot be resumed");
              }
              tables.tasks().add(job, now.order().priority());
              return changed(job);
            });
  }

  @Override
  public Job prioritize(Id job, int priority) {
    if (Math.abs(priority) > JobOrder.HIGHEST_PRIORITY) {
      throw new InvalidFieldsException(
          FieldProblem.of(
              "priority",
              "value_error",
              "A priority lies between -%1$d and %1$d".formatted(JobOrder.HIGHEST_PRIORITY),
              priority));
    }
    return tables
        .database()
        .write(
            () -> {
              hold(job);
              if (!tables.jobs().prioritize(job, priority, clock.instant())) {
                throw conflict(job, "has ended, so nothing waits for it");
              }
              tables.tasks().prioritize(job, priority);
              return changed(job);
            });
  }

  @Override
  public Job retry(Id job, Actor actor) {
    Job old = require(job);
    if (!old.state().isFinal() || old.state() == JobState.COMPLETED) {
      throw conflict(
          job,
          "is "
              + old.state().stored()
              + "; only a job that failed or was ended"
              + " can be tried again");
    }
    JobOrder order = old.order();
    return start(
        new JobOrder(
            order.kind(),
            order.subject(),
            order.parameters(),
            order.priority(),
            new JobOrigin(actor.account(), order.origin().schedule(), null, job)));
  }

  private static EntrepotException conflict(Id job, String what) {
    return new EntrepotException(ErrorCode.CONFLICT_STATE, "job " + job.toUuid() + " " + what);
  }

  /** The job as this transaction leaves it; workers and listeners hear of it after the commit. */
  private Job changed(Id job) {
    tables
        .database()
        .afterCommit(
            () -> {
              find(job).ifPresent(around.events()::changed);
              around.nudge().run();
            });
    return require(job);
  }

  @Override
  public List<LogLine> log(Id job, long after, int limit) {
    return tables.logs().after(job, after, limit);
  }

  @Override
  public List<LogLine> logTail(Id job, int lines) {
    return tables.logs().tail(job, lines);
  }
}

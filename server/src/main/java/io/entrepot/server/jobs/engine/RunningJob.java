// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs.engine;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;
import io.entrepot.base.Id;
import io.entrepot.server.jobs.EarlyEnd;
import io.entrepot.server.jobs.EndedEarlyException;
import io.entrepot.server.jobs.JobContext;
import io.entrepot.server.jobs.JobOrder;
import io.entrepot.server.jobs.JobProgress;
import io.entrepot.server.jobs.JobStep;
import io.entrepot.server.jobs.LogLevel;
import io.entrepot.server.jobs.LogLine;
import io.entrepot.server.jobs.ProgressMeter;
import io.entrepot.server.jobs.StepState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** One start of a job on this node. */
final class RunningJob implements JobContext {

  /** The pace is stored anew this often even when nothing moves, so that a stall shows. */
  private static final Duration REFRESH = Duration.ofSeconds(5);

  private final Tables tables;
  private final InstantSource clock;
  private final JobOrder order;
  private final Lease lease;
  private final WorkMeter meter;
  private final LogBuffer log;
  private final ProgressCounter progress;
  private final AtomicLong warnings = new AtomicLong();
  private final AtomicReference<EarlyEnd> earlyEnd = new AtomicReference<>();
  private final ReentrantLock turn = new ReentrantLock();
  private volatile Stored stored;

  RunningJob(Tables tables, InstantSource clock, JobOrder order, Lease lease, WorkMeter meter) {
    this.meter = meter;
    this.tables = tables;
    this.clock = clock;
    this.order = order;
    this.lease = lease;
    this.log = new LogBuffer(clock, tables.logs().sizes(lease.job()));
    this.progress =
        new ProgressCounter(
            new PastRuns(clock.instant(), tables.jobs().lately(order.origin().schedule())), meter);
    this.stored = new Stored(clock.instant(), JobProgress.NONE, 0);
  }

  @Override
  public Id job() {
    return lease.job();
  }

  @Override
  public JobOrder order() {
    return order;
  }

  Lease lease() {
    return lease;
  }

  @Override
  public boolean step(String name, boolean required, Work work) throws Exception {
    if (tables.steps().state(job(), name).equals(Optional.of(StepState.COMPLETED))) {
      return true;
    }
    checkCancelled();
    counting(() -> tables.steps().begin(job(), name, clock.instant()));
    try {
      work.run();
    } catch (EndedEarlyException e) {
      throw e;
    } catch (Exception e) {
      failed(name, required, e);
      return false;
    }
    end(name, new JobStep.Outcome(StepState.COMPLETED, null));
    return true;
  }

  private void failed(String name, boolean required, Exception cause) throws Exception {
    Optional<EarlyEnd> ending = earlyEnd();
    if (ending.isPresent()) {
      throw new EndedEarlyException(ending.get());
    }
    String message = Ending.failed(cause).message();
    end(name, new JobStep.Outcome(StepState.FAILED, message));
    if (required) {
      throw cause;
    }
    warn(name + ": " + message);
  }

  private void end(String name, JobStep.Outcome outcome) {
    counting(() -> tables.steps().end(job(), name, outcome, clock.instant()));
  }

  private void counting(Runnable change) {
    tables
        .database()
        .write(
            () -> {
              if (!tables.starts().touch(lease, clock.instant())) {
                throw fenced();
              }
              change.run();
            });
  }

  @Override
  public boolean isResumed() {
    return lease.fence() > 1;
  }

  @Override
  public ProgressMeter progress() {
    return progress;
  }

  @Override
  public void log(LogLevel level, String text) {
    log.add(level, text);
  }

  @Override
  public void warn(String text) {
    warnings.incrementAndGet();
    log(LogLevel.WARNING, text);
  }

  @Override
  public boolean cancelled() {
    return earlyEnd.get() != null;
  }

  Optional<EarlyEnd> earlyEnd() {
    return Optional.ofNullable(earlyEnd.get());
  }

  @Override
  public void checkCancelled() {
    EarlyEnd why = earlyEnd.get();
    if (why != null) {
      throw new EndedEarlyException(why);
    }
  }

  /** Tells the job to end. The strongest reason counts: being fenced off beats any wish. */
  void signal(EarlyEnd why) {
    earlyEnd.accumulateAndGet(why, (old, next) -> old == null || next.outranks(old) ? next : old);
  }

  @Override
  public <T> T effect(Supplier<T> work) {
    return tables
        .database()
        .write(
            () -> {
              if (!tables.starts().holds(lease)) {
                throw fenced();
              }
              return work.get();
            });
  }

  private EntrepotException fenced() {
    signal(EarlyEnd.FENCED);
    meter.fenced();
    return new EntrepotException(
        ErrorCode.FENCED,
        "job "
            + job()
            + ": start "
            + lease.fence()
            + " no longer counts, because the job was given to another worker or has ended;"
            + " nothing was changed");
  }

  /**
   * Does something that stores news of this job and tells them after the commit, while nobody else
   * does: what was stored first is told first, and nothing after the end. To be called outside of
   * transactions.
   */
  <T> T inTurn(Supplier<T> work) {
    turn.lock();
    try {
      return work.get();
    } finally {
      turn.unlock();
    }
  }

  /** {@link #inTurn(Supplier)} for work that answers nothing. */
  void inTurn(Runnable work) {
    inTurn(
        () -> {
          work.run();
          return true;
        });
  }

  /** Whether anything was reported since it was last stored. */
  boolean isStale() {
    if (earlyEnd.get() == EarlyEnd.FENCED) {
      return false;
    }
    Stored old = stored;
    return log.isWaiting()
        || old.warnings != warnings.get()
        || !progress.isAt(old.progress)
        || clock.instant().isAfter(old.time.plus(REFRESH));
  }

  /**
   * Stores what was reported since the last time; inside a transaction. What does not come to its
   * commit is stored the next time.
   *
   * @param told of the new lines of the log, after the commit
   */
  void store(Consumer<List<LogLine>> told) {
    Stored next = new Stored(clock.instant(), progress.at(clock.instant()), warnings.get());
    if (!tables.starts().progress(lease, next.progress, next.warnings, next.time)) {
      signal(EarlyEnd.FENCED);
      return;
    }
    // Only now, as nobody else stores anything of this job before this transaction has ended.
    LogBuffer.Part part = log.take();
    tables.database().afterFailure(() -> log.giveBack(part));
    tables.logs().append(job(), part);
    tables
        .database()
        .afterCommit(
            () -> {
              stored = next;
              told.accept(part.lines());
            });
  }

  private record Stored(Instant time, JobProgress progress, long warnings) {}
}

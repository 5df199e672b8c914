// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs.engine;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.entrepot.base.Id;
import java.time.Duration;
import java.util.concurrent.Executors;
import javax.sql.DataSource;

/** The embedded scheduler, which brings due jobs to a bounded number of threads. */
final class Workers {

  static final Duration POLLING = Duration.ofSeconds(1);
  static final Duration HEARTBEAT = Duration.ofSeconds(5);

  /** A claim whose heartbeat was missed this often is dead; the scheduler allows no lower. */
  static final int MISSED_HEARTBEATS = 4;

  static final Duration LEASE = HEARTBEAT.multipliedBy(MISSED_HEARTBEATS);

  static final Duration STOP_PATIENCE = Duration.ofSeconds(10);

  /** How long a job waits for its resource before it looks again without being woken. */
  static final Duration LOCK_PATIENCE = Duration.ofSeconds(5);

  private static final int BACKOFF_LIMIT_SECONDS = 60;

  private final JobRunner runner;
  private final LeaseClock clock;
  private final Scheduler scheduler;

  Workers(DataSource source, JobRunner runner, LeaseClock clock, Crew crew) {
    this.runner = runner;
    this.clock = clock;
    // Platform threads: jobs hash and compress, which would hold up every virtual thread.
    this.scheduler =
        Scheduler.create(source, task())
            .jdbcCustomization(new BigintTimes())
            .clock(clock::now)
            .schedulerName(crew::node)
            .threads(crew.threads())
            .executorService(
                Executors.newFixedThreadPool(
                    crew.threads(), Thread.ofPlatform().name("job-", 1).factory()))
            .pollUsingFetchAndLockOnExecute(0.5, 1.0)
            .pollingInterval(POLLING)
            .heartbeatInterval(HEARTBEAT)
            .missedHeartbeatsLimit(MISSED_HEARTBEATS)
            .shutdownMaxWait(STOP_PATIENCE)
            .enablePriority()
            .enableImmediateExecution()
            .build();
  }

  private CustomTask<Void> task() {
    return Tasks.custom(TaskTable.TASK, Void.class)
        .onFailure(this::failed)
        .onDeadExecutionRevive()
        .execute((instance, _) -> completion(runner.attempt(new Id(instance.getId()))));
  }

  private CompletionHandler<Void> completion(Attempt attempt) {
    return switch (attempt) {
      case OVER -> (_, row) -> row.stop();
      case WAIT -> (done, row) -> row.reschedule(done, clock.now().plus(LOCK_PATIENCE));
      case AGAIN -> (done, row) -> row.reschedule(done, clock.now());
      case LOST -> (_, _) -> {};
    };
  }

  /** The attempt itself broke, for example because the database was away: try again, later. */
  private void failed(ExecutionComplete done, ExecutionOperations<Void> row) {
    if (scheduler.getSchedulerState().isShuttingDown()) {
      row.reschedule(done, clock.now());
      return;
    }
    int failures = done.getExecution().consecutiveFailures;
    long seconds = Math.min(BACKOFF_LIMIT_SECONDS, 1L << Math.min(failures, 10));
    row.reschedule(done, clock.now().plusSeconds(seconds));
  }

  void start() {
    scheduler.start();
  }

  boolean working() {
    return scheduler.getSchedulerState().isStarted()
        && !scheduler.getSchedulerState().isShuttingDown();
  }

  /** Looks for due jobs now instead of at the next poll. */
  void nudge() {
    scheduler.triggerCheckForDueExecutions();
  }

  /** Waits for the running jobs to end, within {@link #STOP_PATIENCE}. */
  void stop() {
    scheduler.stop();
  }

  /**
   * Who works, and how.
   *
   * @param node this server's name, which no other server on the database has
   * @param threads how many jobs at a time
   * @param keepLogs how long after the end of a job its log can be read
   */
  record Crew(String node, int threads, Duration keepLogs) {}
}

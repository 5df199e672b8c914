// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs.engine;

import io.entrepot.base.ErrorCode;
import io.entrepot.base.Id;
import io.entrepot.server.jobs.EarlyEnd;
import io.entrepot.server.jobs.Job;
import io.entrepot.server.jobs.JobKind;
import io.entrepot.server.jobs.JobKinds;
import io.entrepot.server.jobs.JobState;
import io.entrepot.server.jobs.LogLevel;
import io.entrepot.server.jobs.Recovery;
import io.entrepot.server.jobs.engine.StartTable.Standing;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts a job, does its work on the calling thread and ends it. */
final class JobRunner {

  private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);

  /** A job that took its server down this often is given up rather than tried for ever. */
  static final int START_LIMIT = 10;

  private final Tables tables;
  private final JobKinds kinds;
  private final InstantSource clock;
  private final Surroundings around;

  JobRunner(Tables tables, JobKinds kinds, InstantSource clock, Surroundings around) {
    this.tables = tables;
    this.kinds = kinds;
    this.clock = clock;
    this.around = around;
  }

  /** Looks at a job that was brought to this worker, and runs it if it can run. */
  Attempt attempt(Id job) {
    Start start = tables.database().write(() -> begin(job));
    return switch (start) {
      case Start.Refused(var answer) -> answer;
      case Start.Begun(var kind, var running) -> work(kind, running);
    };
  }

  private Start begin(Id id) {
    Optional<Standing> found = tables.starts().hold(id);
    if (found.isEmpty()) {
      return new Start.Refused(Attempt.OVER);
    }
    Standing standing = found.get();
    if (standing.state().isFinal() || standing.state() == JobState.PAUSED) {
      return new Start.Refused(Attempt.OVER);
    }
    Optional<JobKind> kind = kinds.find(standing.kind());
    if (kind.isEmpty()) {
      return new Start.Refused(Attempt.WAIT);
    }
    if (standing.state() == JobState.RUNNING) {
      Optional<Ending> ending = endingOfAbandoned(standing, kind.get());
      if (ending.isPresent()) {
        end(standing.lease(), ending.get());
        return new Start.Refused(Attempt.OVER);
      }
    }
    return lockAndRun(standing, kind.get());
  }

  /** How a job ends whose worker vanished; empty when it is to start again. */
  private static Optional<Ending> endingOfAbandoned(Standing standing, JobKind kind) {
    EarlyEnd wish = standing.wish().orElse(null);
    if (wish == EarlyEnd.CANCEL || wish == EarlyEnd.STOP) {
      return Optional.of(Ending.cancelled(wish, wish.sentence()));
    }
    if (kind.recovery() == Recovery.FAIL) {
      return Optional.of(interrupted("the server stopped while the job ran; start it again"));
    }
    if (standing.starts() >= START_LIMIT) {
      return Optional.of(
          interrupted(
              "the job was started "
                  + standing.starts()
                  + " times and the server stopped each time; look into the server's log before"
                  + " trying it again"));
    }
    return Optional.empty();
  }

  private static Ending interrupted(String message) {
    return Ending.failed(ErrorCode.INTERRUPTED, message);
  }

  private Start lockAndRun(Standing standing, JobKind kind) {
    Lease lease = standing.lease().next();
    if (givesWay(lease) || !tables.starts().lock(lease)) {
      tables.jobs().queued(lease.job(), clock.instant());
      tell(lease.job());
      return new Start.Refused(Attempt.WAIT);
    }
    tables.starts().running(lease, around.node(), clock.instant());
    Job job = tables.jobs().find(lease.job()).orElseThrow();
    kind.steps(job.order().parameters()).forEach(name -> tables.steps().declare(lease.job(), name));
    tell(lease.job());
    return new Start.Begun(kind, new RunningJob(tables, clock, job.order(), lease, around.meter()));
  }

  /** Who comes by when its resource has just become free need not be the one whose turn it is. */
  private boolean givesWay(Lease lease) {
    String key = lease.lockKey();
    if (key == null || !tables.starts().isFree(key) || !tables.tasks().isPreceded(lease.job())) {
      return false;
    }
    tables.tasks().wake(key);
    tables.database().afterCommit(around.nudge());
    return true;
  }

  private Attempt work(JobKind kind, RunningJob job) {
    around.live().add(job);
    Throwable thrown = run(kind, job);
    around.live().remove(job);
    return job.inTurn(() -> tables.database().write(() -> finish(kind, job, thrown)));
  }

  /**
   * Whatever a kind throws, errors included, ends this job and no other. A server that runs out of
   * memory has ended before.
   */
  private static @Nullable Throwable run(JobKind kind, RunningJob job) {
    try {
      kind.run(job);
      return null;
    } catch (Throwable e) {
      return e;
    } finally {
      // An interrupt meant for this job must not reach the next one on this thread.
      Thread.interrupted();
    }
  }

  private Attempt finish(JobKind kind, RunningJob job, @Nullable Throwable thrown) {
    EarlyEnd why = why(job);
    if (why == EarlyEnd.FENCED) {
      return Attempt.LOST;
    }
    if (thrown == null) {
      return close(job, Ending.completed());
    }
    if (why == null) {
      return close(job, failed(job, thrown));
    }
    return switch (why) {
      case PAUSE -> putBack(job, JobState.PAUSED, Attempt.OVER);
      case STOP, CANCEL -> close(job, Ending.cancelled(why, why.sentence()));
      case SHUTDOWN ->
          kind.recovery() == Recovery.RESUME
              ? putBack(job, JobState.PENDING, Attempt.AGAIN)
              : close(job, interrupted("the server was stopped while the job ran; start it again"));
      case FENCED -> Attempt.LOST;
    };
  }

  /** A wish that was stored but not heard yet comes before the mere stopping of this server. */
  private @Nullable EarlyEnd why(RunningJob job) {
    Optional<EarlyEnd> heard = job.earlyEnd();
    if (heard.equals(Optional.of(EarlyEnd.SHUTDOWN))) {
      Optional<EarlyEnd> stored = tables.starts().hold(job.job()).flatMap(Standing::wish);
      return stored.or(() -> heard).orElse(null);
    }
    return heard.orElse(null);
  }

  private static Ending failed(RunningJob job, Throwable thrown) {
    Ending ending = Ending.failed(thrown);
    job.log(LogLevel.ERROR, String.valueOf(ending.message()));
    if (ErrorCode.INTERNAL_ERROR.name().equals(ending.code())) {
      LOG.error("job {} ({}) failed unexpectedly", job.job(), job.order().kind(), thrown);
    }
    return ending;
  }

  private Attempt close(RunningJob job, Ending ending) {
    job.store(lines -> around.events().logged(job.job(), lines));
    return end(job.lease(), ending) ? Attempt.OVER : Attempt.LOST;
  }

  private boolean end(Lease lease, Ending ending) {
    if (!tables.starts().end(lease, ending, clock.instant())) {
      return false;
    }
    tables.steps().abandon(lease.job(), ending.message(), clock.instant());
    release(lease);
    if (ending.state() == JobState.FAILED) {
      tellAfterCommit(lease.job(), this::tellKind);
    }
    return true;
  }

  private void tellKind(Job job) {
    kinds.find(job.order().kind()).ifPresent(kind -> kind.failed(job));
  }

  private Attempt putBack(RunningJob job, JobState to, Attempt then) {
    job.store(lines -> around.events().logged(job.job(), lines));
    if (!tables.starts().putBack(job.lease(), to, clock.instant())) {
      return Attempt.LOST;
    }
    release(job.lease());
    return then;
  }

  private void release(Lease lease) {
    tables.starts().unlock(lease.job());
    String key = lease.lockKey();
    if (key != null) {
      tables.tasks().wake(key);
      tables.database().afterCommit(around.nudge());
    }
    tell(lease.job());
  }

  private void tell(Id job) {
    tellAfterCommit(job, around.events()::changed);
  }

  /** What is on record stays as it is, and the next is told, when telling somebody fails. */
  private void tellAfterCommit(Id id, Consumer<Job> whom) {
    tables
        .database()
        .afterCommit(
            () -> {
              try {
                tables.jobs().find(id).ifPresent(whom);
              } catch (RuntimeException e) {
                LOG.error("job {} changed, and who was to be told was not", id, e);
              }
            });
  }

  /**
   * What a runner shares with the rest of its node.
   *
   * @param nudge makes the workers look for due jobs now
   */
  record Surroundings(
      String node, LiveJobs live, EventRing events, WorkMeter meter, Runnable nudge) {}

  private sealed interface Start {
    record Refused(Attempt answer) implements Start {}

    record Begun(JobKind kind, RunningJob job) implements Start {}
  }
}

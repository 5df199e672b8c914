// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs;

import io.entrepot.base.Id;
import io.entrepot.base.Page;
import io.entrepot.server.identity.Actor;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Orders jobs, looks at them and ends them.
 *
 * <p>Who may do so is for the callers to decide.
 */
public interface Jobs {

  /**
   * Orders a job. Joins the transaction it is called in; otherwise it is durable when this returns.
   * A free worker starts it within moments of the commit.
   *
   * @throws io.entrepot.base.EntrepotException BAD_REQUEST when no such kind is registered
   */
  Job start(JobOrder order);

  Optional<Job> find(Id job);

  /**
   * Jobs that pass the filter, the newest first. No total: it is not counted.
   *
   * @param cursor as the page before gave it; null for the first page
   */
  Page<Job> list(JobFilter filter, @Nullable String cursor, int limit);

  /** How many jobs pass the filter, counted no further than this. */
  long count(JobFilter filter, long limit);

  /** How many of the jobs that pass the filter came to an end at or after this time. */
  EndedJobs ended(JobFilter filter, Instant since);

  /** The steps in their order, those not reached yet included where the kind declared them. */
  List<JobStep> steps(Id job);

  /**
   * Asks a job to end as CANCELLED. One that does not run ends at once; a running one is told at
   * once in its own process and within half a second elsewhere. Does nothing to a job that has
   * ended.
   *
   * @return the job as it is now
   * @throws io.entrepot.base.NotFoundException when there is no such job
   */
  Job cancel(Id job, Actor actor);

  /** As {@link #cancel}, but the job ends as STOPPED: what it did so far is wanted. */
  Job stop(Id job, Actor actor);

  /**
   * Puts a job aside until {@link #resume}.
   *
   * @throws io.entrepot.base.EntrepotException NOT_SUPPORTED when the kind cannot; CONFLICT_STATE
   *     when the job has ended
   */
  Job pause(Id job, Actor actor);

  /**
   * Lets a paused job run on.
   *
   * @throws io.entrepot.base.EntrepotException CONFLICT_STATE when it is not paused
   */
  Job resume(Id job, Actor actor);

  /**
   * Lets a job go before others that wait, or after them. One that runs is not interrupted for the
   * sake of another; it keeps the number for when it is put back or tried again.
   *
   * @param priority the higher goes first; at most {@link JobOrder#HIGHEST_PRIORITY} from zero
   * @return the job as it is now
   * @throws io.entrepot.base.InvalidFieldsException on {@code priority} when it is none
   * @throws io.entrepot.base.NotFoundException when there is no such job
   * @throws io.entrepot.base.EntrepotException CONFLICT_STATE when the job has ended
   */
  Job prioritize(Id job, int priority);

  /**
   * Orders a new job like this one, which has ended; it inherits the steps that finished.
   *
   * @throws io.entrepot.base.EntrepotException CONFLICT_STATE when the job has not ended, or has
   *     completed
   */
  Job retry(Id job, Actor actor);

  /**
   * Lines of a job's log, the oldest first.
   *
   * @param after the number of the last line already seen; 0 for the beginning
   */
  List<LogLine> log(Id job, long after, int limit);

  /** The last lines of a job's log, the oldest of them first. */
  List<LogLine> logTail(Id job, int lines);
}

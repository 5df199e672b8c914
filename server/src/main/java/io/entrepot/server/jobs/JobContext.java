// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs;

import io.entrepot.base.Id;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/**
 * What a running job is handed. Safe for use by the job's own threads.
 *
 * <p>Progress and log reach the database and the listeners at most four times a second, and always
 * at the end.
 */
public interface JobContext {

  Id job();

  /** What the job was ordered with. */
  JobOrder order();

  default JsonNode parameters() {
    return order().parameters();
  }

  /**
   * Runs one step, unless it finished in an earlier start of this job or of the job that this one
   * retries; then it is skipped.
   *
   * @param required when such a step throws, so does this method and no later step runs; an
   *     optional step that throws is recorded as failed, warned about, and the job goes on
   * @return whether the step is finished, now or earlier
   */
  boolean step(String name, boolean required, Work work) throws Exception;

  /**
   * Whether an earlier start of this job was cut off. What that did is done; what it reported is
   * not taken over by itself.
   */
  boolean isResumed();

  /** Where bytes, files and other counts are reported. */
  ProgressMeter progress();

  /**
   * Adds a line to the job's log. Of a log beyond its limit the beginning and the end are kept;
   * between them a line says how many were left out.
   */
  void log(LogLevel level, String text);

  /** Logs a warning and counts it; a job with warnings still completes. */
  void warn(String text);

  /** Whether the job should end early: cancelled, stopped, paused, given up or server stopping. */
  boolean cancelled();

  /**
   * Call this often (every file, every few MiB): cancelling is expected to take under two seconds.
   *
   * @throws EndedEarlyException when {@link #cancelled}; let it through
   */
  void checkCancelled();

  /**
   * Runs a transaction that changes what others see. It first makes sure that this start of the job
   * is still the one that counts, and keeps it so until the commit.
   *
   * @throws io.entrepot.base.EntrepotException FENCED when the job was given to another worker or
   *     has ended; nothing was changed
   */
  <T> T effect(Supplier<T> work);

  /** {@link #effect(Supplier)} for work that answers nothing. */
  default void effect(Runnable work) {
    effect(
        () -> {
          work.run();
          return true;
        });
  }

  /** Work that may throw. */
  @FunctionalInterface
  interface Work {
    void run() throws Exception;
  }
}

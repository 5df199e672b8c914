// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** One kind of durable work. A feature registers its kinds once, when the server starts. */
public interface JobKind {

  /** Stable name in lower case, at most 40 characters: {@code "harvest"}. Stored with each job. */
  String name();

  Recovery recovery();

  /** Whether a person may put such a job aside and let it run on later. */
  default boolean pausable() {
    return false;
  }

  /**
   * The resource that jobs with these parameters must not share: of all jobs with one key, of
   * whatever kind, at most one runs. {@code "instrument:65a…"}; empty when nothing is shared.
   */
  default Optional<String> lockKey(JsonNode parameters) {
    return Optional.empty();
  }

  /**
   * Why the clock starts no such job at present, as the end of a sentence: {@code "the instrument
   * NMR is switched off"}; empty when it does. One started by hand is not asked.
   */
  default Optional<String> disabled(JsonNode parameters) {
    return Optional.empty();
  }

  /** Names of the steps in their order, so that they can be shown before they are reached. */
  default List<String> steps(JsonNode parameters) {
    return List.of();
  }

  /**
   * Does the work. Called again from the top after a crash or a pause, perhaps on another machine,
   * so it looks for what is already done; steps that finished are skipped by {@link
   * JobContext#step}.
   *
   * <p>Returning means completed. Throwing means failed with the exception's code and message; only
   * {@link JobContext#checkCancelled}'s exception, which must be let through, leads to another end.
   */
  void run(JobContext context) throws Exception;

  /**
   * Whether a job that completed was to do something and did nothing of it, as its counts say: to
   * those who wait for its end that is a failure.
   */
  default boolean inVain(Job job) {
    return false;
  }

  /**
   * Told of each job of this kind that failed, after that is on record. What it throws is logged
   * and changes nothing; a crash may come before it.
   */
  default void failed(Job job) {}
}

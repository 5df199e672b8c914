// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One step of a job.
 *
 * @param position counts up from 1 in the order of the steps
 * @param inherited finished in the job that this one retries
 */
public record JobStep(int position, String name, Outcome outcome, Span span, boolean inherited) {

  /**
   * @param message why it failed; null otherwise
   */
  public record Outcome(StepState state, @Nullable String message) {}

  /** When it began and ended. */
  public record Span(@Nullable Instant started, @Nullable Instant finished) {}
}

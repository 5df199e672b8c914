// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a job stands.
 *
 * @param wish what was asked of it and has not happened yet
 * @param warnings how many were counted so far
 * @param reason why it failed or ended early
 * @param node where its latest start ran
 * @param fence the number of its latest start, which every effect of it carries
 * @param leaseUntil until when others believe that the node is at work on it, unless they hear from
 *     it again; null while none is
 */
public record JobStatus(
    JobState state,
    @Nullable EarlyEnd wish,
    long warnings,
    @Nullable Reason reason,
    @Nullable String node,
    long fence,
    @Nullable Instant leaseUntil) {

  /**
   * @param code a name of the error catalogue
   */
  public record Reason(String code, String message) {}
}

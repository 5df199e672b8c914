// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs;

import io.entrepot.server.identity.Actor;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A request for one job.
 *
 * @param kind name of a registered kind
 * @param subject what it is about, for lists: {@code "instrument:65a…"}
 * @param parameters what the kind needs; kept as it was when the job was ordered
 * @param priority the higher goes first among those that wait; 0 is usual
 */
public record JobOrder(
    String kind, @Nullable String subject, JsonNode parameters, int priority, JobOrigin origin) {

  public static final int USUAL_PRIORITY = 0;

  /** A person sets none higher, and none lower than the same below zero. */
  public static final int HIGHEST_PRIORITY = 100;

  /** An ordinary order by this actor. */
  public static JobOrder of(String kind, String subject, JsonNode parameters, Actor actor) {
    return new JobOrder(kind, subject, parameters, USUAL_PRIORITY, JobOrigin.by(actor));
  }
}

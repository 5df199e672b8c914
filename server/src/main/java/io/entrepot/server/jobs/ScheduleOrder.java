// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs;

import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a person sets about a schedule.
 *
 * @param kind name of a registered job kind
 * @param subject what its jobs are about
 * @param parameters handed to each job
 * @param priority of each job; see {@link JobOrder#priority}
 * @param enabled a schedule that is not enabled can still be triggered by hand
 */
public record ScheduleOrder(
    String kind,
    @Nullable String subject,
    JsonNode parameters,
    int priority,
    Timing timing,
    boolean enabled) {

  /** One of the usual priority. */
  public ScheduleOrder(
      String kind, @Nullable String subject, JsonNode parameters, Timing timing, boolean enabled) {
    this(kind, subject, parameters, JobOrder.USUAL_PRIORITY, timing, enabled);
  }

  /**
   * @param cron five fields or a macro such as {@code @hourly}; null means by hand only
   */
  public record Timing(@Nullable String cron, ZoneId zone, Misfire misfire) {

    public static Timing utc(@Nullable String cron) {
      return new Timing(cron, ZoneOffset.UTC, Misfire.COALESCE);
    }
  }
}

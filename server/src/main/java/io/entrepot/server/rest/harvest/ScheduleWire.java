// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.harvest;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.entrepot.server.harvest.schedules.HarvestScheduleDraft;
import io.entrepot.server.jobs.Schedule;
import io.entrepot.server.rest.fields.WireIds;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A harvest schedule as it is sent.
 *
 * @param prefectDeploymentId always set, one for each schedule, for clients that need it
 * @param misfire coalesce, skip or all: what becomes of ticks that no server was there for
 * @param priority of its runs; the higher goes first among those that wait
 * @param nextRunAt the next tick; null when it is switched off or by hand only
 */
record ScheduleWire(
    String id,
    @JsonProperty("instrument_id") String instrumentId,
    @JsonProperty("default_storage_location_id") String defaultStorageLocationId,
    @JsonProperty("cron_expression") @Nullable String cronExpression,
    @JsonProperty("prefect_deployment_id") String prefectDeploymentId,
    boolean enabled,
    String timezone,
    String misfire,
    int priority,
    @JsonProperty("next_run_at") @Nullable Instant nextRunAt,
    @JsonProperty("created_at") Instant createdAt,
    @JsonProperty("updated_at") Instant updatedAt,
    @JsonProperty("deleted_at") @Nullable Instant deletedAt) {

  static ScheduleWire of(Schedule schedule, HarvestScheduleDraft draft) {
    String id = WireIds.text(schedule.id());
    Schedule.Times times = schedule.times();
    return new ScheduleWire(
        id,
        WireIds.text(draft.instrument()),
        WireIds.text(draft.storageLocation()),
        draft.cron(),
        id,
        draft.enabled(),
        draft.timezone(),
        draft.misfire().word(),
        draft.priority(),
        draft.enabled() ? times.next() : null,
        times.created(),
        times.updated(),
        times.deleted());
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.harvest;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.entrepot.server.harvest.schedules.HarvestOrders;
import io.entrepot.server.rest.fields.WireIds;
import java.util.Map;

/** A run that was started. */
record TriggeredWire(
    @JsonProperty("flow_run_id") String flowRunId, @JsonProperty("schedule_id") String scheduleId) {

  static TriggeredWire of(HarvestOrders.Triggered triggered) {
    return new TriggeredWire(WireIds.text(triggered.run()), WireIds.text(triggered.schedule()));
  }

  /** What became of all schedules of an instrument. */
  static Map<String, Object> answer(HarvestOrders.Started started) {
    return Map.of(
        "triggered",
        started.triggered().stream().map(TriggeredWire::of).toList(),
        "errors",
        started.refused().stream().map(TriggeredWire::error).toList());
  }

  private static Map<String, String> error(HarvestOrders.Refused refused) {
    return Map.of(
        "schedule_id",
        WireIds.text(refused.schedule()),
        "error",
        String.valueOf(refused.why().getMessage()));
  }
}

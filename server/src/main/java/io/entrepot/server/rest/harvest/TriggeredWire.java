// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.harvest;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.entrepot.server.harvest.HarvestOrders;

/** A run that was started. */
record TriggeredWire(
    @JsonProperty("flow_run_id") String flowRunId, @JsonProperty("schedule_id") String scheduleId) {

  static TriggeredWire of(HarvestOrders.Triggered triggered) {
    return new TriggeredWire(WireIds.text(triggered.run()), WireIds.text(triggered.schedule()));
  }
}

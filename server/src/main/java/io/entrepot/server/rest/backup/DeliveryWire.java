// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.backup;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.entrepot.server.notices.channels.Delivery;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One line of a channel's log.
 *
 * @param messageId what the receiver knows it by
 * @param outcome what came of the latest attempt
 * @param dueAt when it is tried next; null when it will not be
 */
record DeliveryWire(
    String id,
    @JsonProperty("message_id") String messageId,
    String event,
    String severity,
    @Nullable String thing,
    Set<String> things,
    String title,
    String status,
    int attempts,
    @Nullable String outcome,
    @JsonProperty("due_at") @Nullable String dueAt,
    @JsonProperty("created_at") String createdAt,
    @JsonProperty("updated_at") String updatedAt) {

  static DeliveryWire of(Delivery delivery) {
    Instant due = delivery.due();
    return new DeliveryWire(
        delivery.id().toUuid().toString(),
        "msg_" + delivery.message().hex(),
        delivery.what().event(),
        delivery.what().severity().word(),
        delivery.what().thing(),
        delivery.what().things(),
        delivery.what().title(),
        delivery.state().word(),
        delivery.attempts(),
        delivery.outcome(),
        Wire.timeOrNull(due),
        Wire.time(delivery.createdAt()),
        Wire.time(delivery.updatedAt()));
  }
}

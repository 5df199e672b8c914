// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.harvest;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.entrepot.server.identity.Team;
import io.entrepot.server.rest.fields.WireIds;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A group or a project. */
record TeamWire(
    String id,
    String name,
    @Nullable String description,
    @JsonProperty("created_at") Instant createdAt,
    @JsonProperty("updated_at") Instant updatedAt,
    @JsonProperty("deleted_at") @Nullable Instant deletedAt) {

  static TeamWire of(Team team) {
    return new TeamWire(
        WireIds.text(team.id()),
        team.name(),
        team.description(),
        team.createdAt(),
        team.updatedAt(),
        team.deletedAt());
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.harvest;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.entrepot.server.places.ConnectionConfig;
import io.entrepot.server.places.StorageLocation;
import io.entrepot.server.rest.fields.WireIds;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A storage location as it is sent; secrets read {@code ****}. */
record StorageLocationWire(
    String id,
    String name,
    String type,
    @JsonProperty("connection_config") @Nullable Map<String, @Nullable Object> connectionConfig,
    @JsonProperty("base_path") String basePath,
    boolean enabled,
    @JsonProperty("created_at") Instant createdAt,
    @JsonProperty("updated_at") Instant updatedAt,
    @JsonProperty("deleted_at") @Nullable Instant deletedAt) {

  static StorageLocationWire of(StorageLocation location) {
    ConnectionConfig config = location.config();
    return new StorageLocationWire(
        WireIds.text(location.id()),
        location.name(),
        location.type().word(),
        config == null ? null : config.masked(),
        location.basePath(),
        location.enabled(),
        location.createdAt(),
        location.updatedAt(),
        location.deletedAt());
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.harvest;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.entrepot.server.catalog.FileVersion;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One version of a file as it is sent. */
record VersionWire(
    int version,
    @JsonProperty("persistent_id") String persistentId,
    @JsonProperty("size_bytes") @Nullable Long sizeBytes,
    @JsonProperty("source_mtime") @Nullable Instant sourceMtime,
    @Nullable String xxhash,
    @Nullable String sha256,
    @JsonProperty("discovered_at") Instant discoveredAt,
    @JsonProperty("superseded_at") @Nullable Instant supersededAt) {

  static VersionWire of(FileVersion version) {
    return new VersionWire(
        version.version(),
        version.persistentId(),
        version.sizeBytes(),
        version.sourceModified(),
        version.xxhash(),
        version.sha256(),
        version.discoveredAt(),
        version.supersededAt());
  }
}

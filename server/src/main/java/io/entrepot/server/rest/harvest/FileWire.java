// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.harvest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.entrepot.server.catalog.CatalogFile;
import io.entrepot.server.catalog.HookFailure;
import io.entrepot.server.rest.fields.WireIds;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file record as it is sent.
 *
 * @param hookFailures what hooks could not do for it yet; only where one file was asked for
 */
record FileWire(
    String id,
    @JsonProperty("persistent_id") String persistentId,
    @JsonProperty("persistent_id_type") String persistentIdType,
    @JsonProperty("instrument_id") String instrumentId,
    @JsonProperty("source_path") String sourcePath,
    String filename,
    @JsonProperty("size_bytes") @Nullable Long sizeBytes,
    @JsonProperty("source_mtime") @Nullable Instant sourceMtime,
    @Nullable String xxhash,
    @Nullable String sha256,
    @JsonProperty("first_discovered_at") Instant firstDiscoveredAt,
    @JsonProperty("metadata_") Map<String, @Nullable Object> metadata,
    @JsonProperty("owner_id") @Nullable String ownerId,
    int version,
    @JsonProperty("hook_failures") @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable List<HookFailureWire> hookFailures) {

  /** A hook that failed; it is told again by the next runs. */
  record HookFailureWire(String hook, String error, Instant since) {

    static HookFailureWire of(HookFailure failure) {
      return new HookFailureWire(failure.hookName(), failure.error(), failure.since());
    }
  }

  static FileWire of(CatalogFile file) {
    return of(file, null);
  }

  static FileWire with(CatalogFile file, List<HookFailure> failures) {
    return of(file, failures.stream().map(HookFailureWire::of).toList());
  }

  private static FileWire of(CatalogFile file, @Nullable List<HookFailureWire> failures) {
    return new FileWire(
        WireIds.text(file.id()),
        file.persistentId(),
        "ark",
        WireIds.text(file.instrument()),
        file.sourcePath(),
        file.filename(),
        file.sizeBytes(),
        file.sourceModified(),
        file.xxhash(),
        file.sha256(),
        file.firstDiscoveredAt(),
        file.metadata(),
        WireIds.textOrNull(file.owner()),
        file.version(),
        failures);
  }
}

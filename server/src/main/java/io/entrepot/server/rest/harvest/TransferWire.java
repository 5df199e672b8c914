// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.harvest;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.entrepot.server.catalog.Transfer;
import io.entrepot.server.rest.fields.WireIds;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A transfer record as it is sent. */
record TransferWire(
    String id,
    @JsonProperty("file_id") String fileId,
    @JsonProperty("storage_location_id") String storageLocationId,
    @JsonProperty("destination_path") @Nullable String destinationPath,
    @JsonProperty("transfer_adapter") String transferAdapter,
    String status,
    @JsonProperty("bytes_transferred") @Nullable Long bytesTransferred,
    @JsonProperty("source_checksum") @Nullable String sourceChecksum,
    @JsonProperty("dest_checksum") @Nullable String destChecksum,
    @JsonProperty("checksum_verified") @Nullable Boolean checksumVerified,
    @JsonProperty("started_at") @Nullable Instant startedAt,
    @JsonProperty("completed_at") @Nullable Instant completedAt,
    @JsonProperty("error_message") @Nullable String errorMessage,
    @JsonProperty("prefect_flow_run_id") String prefectFlowRunId,
    int version,
    int attempt,
    @JsonProperty("retry_at") @Nullable Instant retryAt) {

  static TransferWire of(Transfer transfer) {
    return new TransferWire(
        WireIds.text(transfer.id()),
        WireIds.text(transfer.file()),
        WireIds.text(transfer.storageLocation()),
        transfer.destinationPath(),
        transfer.adapter(),
        transfer.status().word(),
        transfer.bytesTransferred(),
        transfer.sourceChecksum(),
        transfer.destChecksum(),
        transfer.checksumVerified(),
        transfer.startedAt(),
        transfer.completedAt(),
        transfer.errorMessage(),
        WireIds.text(transfer.run()),
        transfer.version(),
        transfer.attempt(),
        transfer.retryAt());
  }
}

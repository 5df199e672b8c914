// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.harvest;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.entrepot.server.harvest.instruments.Instrument;
import io.entrepot.server.harvest.instruments.InstrumentDraft;
import io.entrepot.server.rest.fields.WireIds;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An instrument as it is sent. */
record InstrumentWire(
    String id,
    String name,
    @Nullable String description,
    @Nullable String location,
    @Nullable String pid,
    @JsonProperty("cifs_host") String cifsHost,
    @JsonProperty("cifs_share") String cifsShare,
    @JsonProperty("cifs_base_path") @Nullable String cifsBasePath,
    @JsonProperty("service_account_id") @Nullable String serviceAccountId,
    @JsonProperty("transfer_adapter") String transferAdapter,
    @JsonProperty("transfer_config") @Nullable Map<String, @Nullable Object> transferConfig,
    String transport,
    boolean enabled,
    @JsonProperty("last_harvested_at") @Nullable Instant lastHarvestedAt,
    @JsonProperty("created_at") Instant createdAt,
    @JsonProperty("updated_at") Instant updatedAt,
    @JsonProperty("deleted_at") @Nullable Instant deletedAt) {

  static InstrumentWire of(Instrument instrument) {
    InstrumentDraft draft = instrument.settings();
    return new InstrumentWire(
        WireIds.text(instrument.id()),
        draft.name(),
        draft.about().description(),
        draft.about().location(),
        draft.about().pid(),
        draft.address().host(),
        draft.address().share(),
        draft.address().basePath(),
        WireIds.textOrNull(draft.address().serviceAccount()),
        draft.transferAdapter(),
        draft.transferConfig(),
        draft.transport().word(),
        draft.enabled(),
        instrument.lastHarvestedAt(),
        instrument.createdAt(),
        instrument.updatedAt(),
        instrument.deletedAt());
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.harvest;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.entrepot.server.places.ServiceAccount;
import io.entrepot.server.rest.fields.WireIds;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A service account as it is sent; never its secret. */
record ServiceAccountWire(
    String id,
    String name,
    @Nullable String domain,
    String username,
    @JsonProperty("auth_type") String authType,
    @JsonProperty("created_at") Instant createdAt,
    @JsonProperty("updated_at") Instant updatedAt,
    @JsonProperty("deleted_at") @Nullable Instant deletedAt) {

  static ServiceAccountWire of(ServiceAccount account) {
    return new ServiceAccountWire(
        WireIds.text(account.id()),
        account.name(),
        account.domain(),
        account.username(),
        account.authType().word(),
        account.createdAt(),
        account.updatedAt(),
        account.deletedAt());
  }
}

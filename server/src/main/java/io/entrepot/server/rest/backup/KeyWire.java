// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.backup;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.entrepot.base.CidrBlock;
import io.entrepot.server.identity.ApiKey;
import io.entrepot.server.identity.Door;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An API key.
 *
 * @param prefix its first characters
 * @param scope {@code read}, {@code operate} or {@code admin}
 * @param doors the only APIs it opens; empty for every one
 * @param networks the only ones it is good in, in CIDR notation; empty for everywhere
 * @param owner the address of the account it acts for
 * @param key all of it; shown once, when it is made
 */
record KeyWire(
    String id,
    String name,
    String prefix,
    String scope,
    List<String> doors,
    List<String> networks,
    String owner,
    @JsonProperty("created_at") String createdAt,
    @JsonProperty("expires_at") @Nullable String expiresAt,
    @JsonProperty("last_used_at") @Nullable String lastUsedAt,
    @JsonProperty("last_used_address") @Nullable String lastUsedAddress,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String key) {

  static KeyWire of(ApiKey key) {
    return of(key, null);
  }

  static KeyWire of(ApiKey.Made made) {
    return of(made.key(), made.token());
  }

  private static KeyWire of(ApiKey key, @Nullable String token) {
    ApiKey.Use use = key.lastUse();
    return new KeyWire(
        Wire.id(key.id()),
        key.name(),
        key.prefix(),
        key.limits().scope().word(),
        key.limits().doors().stream().map(Door::word).toList(),
        key.limits().networks().stream().map(CidrBlock::text).toList(),
        key.owner().email(),
        Wire.time(key.createdAt()),
        Wire.timeOrNull(key.limits().expiresAt()),
        use == null ? null : Wire.time(use.at()),
        use == null ? null : use.address(),
        token);
  }
}

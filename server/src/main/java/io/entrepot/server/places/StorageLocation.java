// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.places;

import io.entrepot.base.Id;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A configured store with a base path: somewhere files can be kept.
 *
 * @param config connection settings; null when none were given
 * @param deletedAt when it was deleted; it can be restored
 */
public record StorageLocation(
    Id id,
    String name,
    StorageType type,
    String basePath,
    @Nullable ConnectionConfig config,
    boolean enabled,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant deletedAt) {

  public boolean usable() {
    return enabled && deletedAt == null;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.places;

import io.entrepot.base.Id;
import io.entrepot.server.identity.SoftDeletion;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
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
    @Nullable Instant deletedAt)
    implements SoftDeletion.Deletable {

  /** Name of the file in its folder by which that is known again; never harvested. */
  public static final String MARKER = ".entrepot-location";

  /** What it is set to; its connection settings are left alone. */
  StorageLocationDraft settings() {
    return new StorageLocationDraft(name, type, basePath, null, enabled);
  }

  /** What an audit record shows of it; secrets are masked. */
  Map<String, @Nullable Object> facts() {
    Map<String, @Nullable Object> facts = new LinkedHashMap<>();
    facts.put("name", name);
    facts.put("type", type.word());
    facts.put("base_path", basePath);
    facts.put("connection_config", config == null ? null : config.masked());
    facts.put("enabled", enabled);
    return facts;
  }

  public boolean usable() {
    return enabled && deletedAt == null;
  }
}

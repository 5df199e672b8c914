// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.catalog;

import io.entrepot.base.Id;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One file of the catalogue, as its newest version.
 *
 * @param persistentId its ARK, for ever
 * @param sourcePath relative to the instrument's base, names joined by {@code /}
 * @param version from 1, one more each time the content changed
 * @param xxhash XXH64 as 16 hex digits; null until a first copy was proved
 * @param sha256 as 64 hex digits; null until a first copy was proved
 * @param metadata what hooks found out about it
 */
public record CatalogFile(
    Id id,
    String persistentId,
    Id instrument,
    String sourcePath,
    String filename,
    int version,
    @Nullable Long sizeBytes,
    @Nullable Instant sourceModified,
    @Nullable String xxhash,
    @Nullable String sha256,
    Instant firstDiscoveredAt,
    Instant versionDiscoveredAt,
    Map<String, @Nullable Object> metadata,
    @Nullable Id owner) {}

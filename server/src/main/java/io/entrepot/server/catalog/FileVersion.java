// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.catalog;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One content that a file has, or had.
 *
 * @param persistentId the file's ARK, with {@code .v2} and so on from the second version
 * @param supersededAt when a newer version was found; null for the newest
 */
public record FileVersion(
    int version,
    String persistentId,
    @Nullable Long sizeBytes,
    @Nullable Instant sourceModified,
    @Nullable String xxhash,
    @Nullable String sha256,
    Instant discoveredAt,
    @Nullable Instant supersededAt) {}

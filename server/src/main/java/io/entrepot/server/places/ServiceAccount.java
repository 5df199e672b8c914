// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.places;

import io.entrepot.base.Id;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Credentials for a store, without the secret part. */
public record ServiceAccount(
    Id id,
    String name,
    String username,
    @Nullable String domain,
    AuthType authType,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant deletedAt) {}

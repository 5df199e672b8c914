// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.catalog;

import io.entrepot.base.ErrorCode;
import io.entrepot.base.Id;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An attempt that failed.
 *
 * @param startedAt when the attempt began; null for one that never did
 * @param retryAt when to try again; null means only after somebody asks or the file changes
 */
public record Failure(
    Id transfer,
    ErrorCode code,
    String message,
    @Nullable Instant startedAt,
    Instant at,
    @Nullable Instant retryAt) {}

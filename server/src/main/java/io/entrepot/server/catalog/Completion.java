// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.catalog;

import io.entrepot.base.Id;
import io.entrepot.storage.ObjectPath;
import java.time.Instant;

/**
 * An attempt that succeeded, with its proof in words.
 *
 * @param path where the copy is in its storage location
 * @param xxhash as 16 hex digits, found at the source and again at the destination
 * @param sha256 as 64 hex digits, of the bytes read at the source
 * @param metadata the file's metadata from now on, a JSON object
 */
public record Completion(
    Id transfer,
    Id file,
    int version,
    ObjectPath path,
    long bytes,
    String xxhash,
    String sha256,
    Instant startedAt,
    Instant completedAt,
    String metadata) {}

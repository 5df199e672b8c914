// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.catalog;

import io.entrepot.base.Id;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to bring one version of a file into one storage location.
 *
 * @param copy where it is; null as long as there is none
 * @param sourceChecksum XXH64 of the bytes as they were read at the source
 * @param destChecksum XXH64 of the bytes as they were read back at the destination
 * @param errorMessage why it failed or was skipped
 * @param run the job that made the attempt
 * @param retryAt when a failed one is tried again; null means not by itself
 */
public record Transfer(
    Id id,
    Id file,
    int version,
    Id storageLocation,
    TransferStatus status,
    @Nullable CopyPlace copy,
    String adapter,
    @Nullable Long bytesTransferred,
    @Nullable String sourceChecksum,
    @Nullable String destChecksum,
    @Nullable Boolean checksumVerified,
    @Nullable Instant startedAt,
    @Nullable Instant completedAt,
    @Nullable String errorCode,
    @Nullable String errorMessage,
    Id run,
    int attempt,
    @Nullable Instant retryAt) {

  /** Where it is as people see it, the location's base path included. */
  public @Nullable String destinationPath() {
    return copy == null ? null : copy.shown();
  }
}

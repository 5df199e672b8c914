// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.catalog;

import io.entrepot.base.ErrorCode;
import io.entrepot.base.Id;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the catalogue knows of one path of an instrument, and how it stands with one storage
 * location.
 *
 * @param xxhash of the newest version; null when no copy was ever proved
 * @param metadata a JSON object
 * @param transfer the newest attempt on this storage location; null when there was none
 */
public record KnownFile(
    Id file,
    String path,
    int version,
    long size,
    Instant modified,
    String fingerprint,
    @Nullable String xxhash,
    String metadata,
    @Nullable Last transfer) {

  /**
   * The newest attempt.
   *
   * @param tries how many attempts failed that count towards giving up, this one among them
   * @param retryAt when to make the next; of a completed one, when to try again to remove the
   *     original
   * @param destination where it put the copy, below the base path; null unless it completed
   * @param removing whether the original was about to be removed when the run ended
   */
  public record Last(
      Id id,
      TransferStatus status,
      int version,
      int attempt,
      int tries,
      @Nullable Instant retryAt,
      @Nullable String rule,
      @Nullable ErrorCode errorCode,
      @Nullable String destination,
      boolean removing) {}
}

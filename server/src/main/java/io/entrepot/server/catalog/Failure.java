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
 * @param tries how many attempts have failed by now that count towards giving up
 * @param rule which rule, in which wording, kept it from being tried; null when none did
 */
public record Failure(
    Id transfer,
    ErrorCode code,
    String message,
    @Nullable Instant startedAt,
    Instant at,
    @Nullable Instant retryAt,
    int tries,
    @Nullable String rule) {

  /** The same, kept from being tried by a rule. */
  public Failure under(String itsRule) {
    return new Failure(transfer, code, message, startedAt, at, retryAt, tries, itsRule);
  }
}

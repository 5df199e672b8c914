// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.notices;

import io.entrepot.base.Id;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something one person is told.
 *
 * @param account who is told
 * @param kind a stable short word for what it is about
 * @param link a path of ours where more is to be seen; null for none
 * @param readAt when it was read; null while it was not
 */
public record Notice(
    Id id,
    Id account,
    String kind,
    String title,
    String message,
    @Nullable String link,
    Instant createdAt,
    @Nullable Instant readAt) {

  /** What is to be told. */
  public record Draft(String kind, String title, String message, @Nullable String link) {}
}

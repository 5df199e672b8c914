// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.ledger;

import io.entrepot.base.Id;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which audit records are wanted; what is absent does not matter.
 *
 * @param thing what it was done to
 * @param since inclusive
 * @param until exclusive
 */
public record AuditFilter(
    @Nullable Thing thing,
    @Nullable String action,
    @Nullable Id actor,
    @Nullable Instant since,
    @Nullable Instant until) {

  public static final AuditFilter ALL = new AuditFilter(null, null, null, null, null);

  /**
   * Things of a kind.
   *
   * @param id the one; null for all of its kind
   */
  public record Thing(String type, @Nullable Id id) {

    /** All of a kind; null where no kind is named. */
    public static @Nullable Thing ofType(@Nullable String type) {
      return type == null ? null : new Thing(type, null);
    }
  }
}

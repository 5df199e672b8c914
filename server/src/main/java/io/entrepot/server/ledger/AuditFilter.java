// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.ledger;

import io.entrepot.base.Id;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which audit records are wanted; what is absent does not matter.
 *
 * @param entity the one thing; counts only together with its type
 * @param since inclusive
 * @param until exclusive
 */
public record AuditFilter(
    @Nullable String entityType,
    @Nullable Id entity,
    @Nullable String action,
    @Nullable Id actor,
    @Nullable Instant since,
    @Nullable Instant until) {

  public static final AuditFilter ALL = new AuditFilter(null, null, null, null, null, null);
}

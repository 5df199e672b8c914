// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.mover;

import java.util.function.BooleanSupplier;

/**
 * The caller's hand on work under way.
 *
 * @param cancelled asked at least once for every buffer and every file; once true, everything not
 *     yet published is removed and its orders fail with {@code CANCELLED}
 */
public record CopyControl(BooleanSupplier cancelled, Progress progress) {

  /** Never cancelled, tells nobody. */
  public static final CopyControl NONE = new CopyControl(() -> false, (_, _) -> {});
}

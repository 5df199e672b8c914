// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.mover;

import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.ObjectStat;

/**
 * One file to copy.
 *
 * @param source the version to copy, as the source store described it: when the source says
 *     something else after reading, that version is gone and nothing is published
 * @param target final name in the target store, outside the {@link Staging} folder
 */
public record CopyOrder(ObjectStat source, ObjectPath target, CopyOptions options) {

  public CopyOrder {
    if (!source.isFile()) {
      throw new IllegalArgumentException("only files are copied, not " + source);
    }
    if (target.isBase() || Staging.holds(target)) {
      throw new IllegalArgumentException("\"" + target + "\" cannot be the name of a copy");
    }
  }

  /** An order with {@link CopyOptions#STANDARD}. */
  public static CopyOrder of(ObjectStat source, ObjectPath target) {
    return new CopyOrder(source, target, CopyOptions.STANDARD);
  }
}

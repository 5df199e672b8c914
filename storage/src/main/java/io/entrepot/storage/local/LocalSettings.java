// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.local;

import io.entrepot.base.ErrorCode;
import io.entrepot.storage.StoreException;
import java.nio.file.Path;

/**
 * Which folder a local store lives in.
 *
 * @param base the folder
 * @param marker name of a file that must stand in the base; empty when none. Where it is missing
 *     (the disk is not mounted) the store says {@code STORE_ROOT_MISSING}
 * @param exact whether {@code base} is a real path, in which a link that is met later means that
 *     the folder is not there; otherwise links on the way are followed, it is the administrator's
 *     word
 */
public record LocalSettings(Path base, String marker, boolean exact) {

  public LocalSettings {
    if (marker.contains("/")) {
      throw new StoreException(
          ErrorCode.NAME_REFUSED, "the marker \"" + marker + "\" is not the name of a file.");
    }
  }

  /** Links on the way are followed. */
  public LocalSettings(Path base, String marker) {
    this(base, marker, false);
  }

  /** Without marker; links on the way are followed. */
  public LocalSettings(Path base) {
    this(base, "");
  }
}

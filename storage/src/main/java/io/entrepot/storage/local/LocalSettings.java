// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.local;

import io.entrepot.base.ErrorCode;
import io.entrepot.storage.StoreException;
import java.nio.file.Path;

/**
 * Which folder a local store lives in.
 *
 * @param base the folder; links on the way to it are followed, it is the administrator's word
 * @param marker name of a file that must stand in the base; empty when none. Where it is missing
 *     (the disk is not mounted) the store says {@code STORE_ROOT_MISSING}
 */
public record LocalSettings(Path base, String marker) {

  public LocalSettings {
    if (marker.contains("/")) {
      throw new StoreException(
          ErrorCode.NAME_REFUSED, "the marker \"" + marker + "\" is not the name of a file.");
    }
  }

  public LocalSettings(Path base) {
    this(base, "");
  }
}

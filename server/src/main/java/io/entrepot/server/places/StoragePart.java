// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.places;

import io.entrepot.server.database.Slice;
import io.entrepot.server.health.HealthPart;
import java.util.Optional;
import org.springframework.dao.DataAccessException;

/**
 * Whether the storage locations keep what they are given. The disk of one that was moved away or
 * deleted is nobody's concern, but is still known to have failed should one point there again.
 */
final class StoragePart implements HealthPart {

  private final Connectors connectors;
  private final StorageLocations locations;

  StoragePart(Connectors connectors, StorageLocations locations) {
    this.connectors = connectors;
    this.locations = locations;
  }

  @Override
  public String name() {
    return "storage";
  }

  @Override
  public Optional<String> trouble() {
    return connectors.hasFailedMedium() && isInUse()
        ? Optional.of(
            "the disk of a storage location failed to keep what was written; check it, then test"
                + " the location")
        : Optional.empty();
  }

  private boolean isInUse() {
    try {
      return locations.list(Slice.ALL).items().stream().anyMatch(connectors::hasFailedMedium);
    } catch (DataAccessException _) {
      // Nobody can say whose it is; better once too often.
      return true;
    }
  }
}

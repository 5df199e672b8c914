// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.places;

import io.entrepot.server.health.HealthPart;
import java.util.Optional;

/** Whether the storage locations keep what they are given. */
final class StoragePart implements HealthPart {

  private final Connectors connectors;

  StoragePart(Connectors connectors) {
    this.connectors = connectors;
  }

  @Override
  public String name() {
    return "storage";
  }

  @Override
  public Optional<String> trouble() {
    return connectors.hasFailedMedium()
        ? Optional.of(
            "the disk of a storage location failed to keep what was written; check it, then test"
                + " the location")
        : Optional.empty();
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest;

import io.entrepot.base.Id;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A machine that makes files.
 *
 * @param folder the folder in each storage location that its files go to
 * @param lastHarvestedAt when a harvest last came to its end
 * @param deletedAt when it was deleted; it can be restored
 */
public record Instrument(
    Id id,
    InstrumentDraft settings,
    String folder,
    @Nullable Instant lastHarvestedAt,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant deletedAt) {

  public String name() {
    return settings.name();
  }

  public boolean usable() {
    return settings.enabled() && deletedAt == null;
  }
}

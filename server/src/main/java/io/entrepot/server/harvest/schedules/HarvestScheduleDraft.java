// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.schedules;

import io.entrepot.base.Id;
import io.entrepot.server.jobs.Misfire;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants a harvest schedule to be.
 *
 * @param cron five fields or a macro; null means by hand only
 * @param timezone name of a zone such as {@code Europe/Berlin}
 * @param misfire what becomes of the ticks that fell into a time when no server ran
 */
public record HarvestScheduleDraft(
    Id instrument,
    Id storageLocation,
    @Nullable String cron,
    String timezone,
    Misfire misfire,
    boolean enabled) {

  /** The same, switched on or off. */
  public HarvestScheduleDraft withEnabled(boolean wanted) {
    return new HarvestScheduleDraft(instrument, storageLocation, cron, timezone, misfire, wanted);
  }
}

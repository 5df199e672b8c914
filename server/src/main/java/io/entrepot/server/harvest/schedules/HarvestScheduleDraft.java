// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.schedules;

import io.entrepot.base.FieldProblem;
import io.entrepot.base.Id;
import io.entrepot.base.InvalidFieldsException;
import io.entrepot.server.jobs.Misfire;
import io.entrepot.server.jobs.cron.Cron;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants a harvest schedule to be.
 *
 * @param cron five fields or a macro; null means by hand only
 * @param timezone name of a zone such as {@code Europe/Berlin}
 * @param priority of its runs; the higher goes first among those that wait
 * @param misfire what becomes of the ticks that fell into a time when no server ran
 */
public record HarvestScheduleDraft(
    Id instrument,
    Id storageLocation,
    @Nullable String cron,
    String timezone,
    Misfire misfire,
    int priority,
    boolean enabled) {

  /**
   * Whether these can be read, whichever schedule they are for.
   *
   * @param cron null for none
   * @throws InvalidFieldsException naming what cannot
   */
  public static void checkTiming(@Nullable String cron, String timezone) {
    if (zone(timezone).isEmpty()) {
      throw new InvalidFieldsException(noZone(timezone));
    }
    if (cron != null) {
      Cron.parse(cron);
    }
  }

  /** Empty where there is none of this name. */
  Optional<ZoneId> zone() {
    return zone(timezone);
  }

  private static Optional<ZoneId> zone(String name) {
    try {
      return Optional.of(ZoneId.of(name));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  static FieldProblem noZone(String name) {
    return FieldProblem.of(
        "timezone", "value_error", "There is no time zone of this name; try Europe/Berlin", name);
  }

  /** The same, switched on or off. */
  public HarvestScheduleDraft withEnabled(boolean wanted) {
    return new HarvestScheduleDraft(
        instrument, storageLocation, cron, timezone, misfire, priority, wanted);
  }
}

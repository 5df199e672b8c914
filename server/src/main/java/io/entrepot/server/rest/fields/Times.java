// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.fields;

import io.entrepot.server.database.Micros;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** Times as clients write them: ISO 8601. */
final class Times {

  private static final int DAY_LENGTH = "2026-01-31".length();

  private Times() {}

  static boolean isDay(String text) {
    return text.length() == DAY_LENGTH;
  }

  /**
   * Empty for what is no time, or none that can be kept.
   *
   * @param zoneOptional whether it may come without a zone, being in UTC then, or as a day, which
   *     means its first moment
   */
  static Optional<Instant> read(String text, boolean zoneOptional) {
    try {
      Instant time = parse(spelled(text), zoneOptional);
      return Micros.canHold(time) ? Optional.of(time) : Optional.empty();
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  /** A space between day and time is an old custom; one before the zone was a plus in a query. */
  private static String spelled(String text) {
    return text.length() > DAY_LENGTH && text.charAt(DAY_LENGTH) == ' '
        ? text.substring(0, DAY_LENGTH) + 'T' + text.substring(DAY_LENGTH + 1).replace(' ', '+')
        : text.replace(' ', '+');
  }

  private static Instant parse(String text, boolean zoneOptional) {
    boolean zoned = text.endsWith("Z") || text.matches(".*T.*[+-]\\d\\d:?\\d\\d");
    if (zoned || !zoneOptional) {
      return OffsetDateTime.parse(text).toInstant();
    }
    return isDay(text)
        ? LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC)
        : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
  }
}

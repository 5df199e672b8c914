// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.harvest;

import io.entrepot.base.FieldProblem;
import io.entrepot.server.database.Micros;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Times as clients write them: ISO 8601, in UTC where no zone is given. */
final class Times {

  private static final int DAY_LENGTH = "2026-01-31".length();

  private Times() {}

  static boolean isDay(String text) {
    return text.length() == DAY_LENGTH;
  }

  /** A day means its first moment; null for what is no time, or none that can be kept. */
  static @Nullable Instant instantOrNull(String text) {
    try {
      Instant time = parse(text.replace(' ', 'T'));
      return Micros.canHold(time) ? time : null;
    } catch (DateTimeException _) {
      return null;
    }
  }

  private static Instant parse(String text) {
    if (isDay(text)) {
      return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
    }
    boolean zoned = text.endsWith("Z") || text.matches(".*[+-]\\d\\d:?\\d\\d");
    return zoned
        ? OffsetDateTime.parse(text).toInstant()
        : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
  }

  static FieldProblem notTime(String name, Object input) {
    return FieldProblem.of(
        name,
        "datetime_parsing",
        "Input should be a valid datetime, as 2026-01-31T12:00:00Z",
        input);
  }
}

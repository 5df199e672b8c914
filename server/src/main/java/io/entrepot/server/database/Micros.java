// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.database;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** How times are stored: microseconds since 1970 in UTC, as a bigint. */
public final class Micros {

  /** What years of four digits can say. */
  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");

  private static final Instant END = Instant.parse("9999-12-31T00:00:00Z");

  private Micros() {}

  /** Whether a time that somebody typed in can be kept: in the years 1 to 9999. */
  public static boolean canHold(Instant time) {
    return !time.isBefore(FIRST) && time.isBefore(END);
  }

  public static long of(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }

  public static @Nullable Long ofNullable(@Nullable Instant time) {
    return time == null ? null : of(time);
  }

  public static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  public static @Nullable Instant instantOrNull(@Nullable Number micros) {
    return micros == null ? null : instant(micros.longValue());
  }
}

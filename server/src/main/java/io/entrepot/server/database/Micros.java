// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.database;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** How times are stored: microseconds since 1970 in UTC, as a bigint. */
public final class Micros {

  private Micros() {}

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

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.backup;

import io.entrepot.base.Id;
import io.entrepot.base.InvalidFieldsException;
import io.entrepot.base.NotFoundException;
import io.entrepot.server.rest.fields.PlainWords;
import io.entrepot.server.rest.fields.WireIds;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** How ids and times look in this family. */
final class Wire {

  private static final DateTimeFormatter MILLISECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private Wire() {}

  /** UTC to the millisecond, as {@code 2026-01-31T12:00:00.000Z}. */
  static String time(Instant time) {
    return MILLISECONDS.format(time);
  }

  static @Nullable String timeOrNull(@Nullable Instant time) {
    return time == null ? null : time(time);
  }

  static String id(Id id) {
    return WireIds.text(id);
  }

  /**
   * The id in a path.
   *
   * @param thing what it is the id of, as in "API key not found"
   * @throws InvalidFieldsException when it is no UUID
   * @throws NotFoundException when it is one that cannot be ours
   */
  static Id inPath(String text, String thing) {
    return WireIds.inPath("id", text, thing, PlainWords.PLAIN);
  }
}

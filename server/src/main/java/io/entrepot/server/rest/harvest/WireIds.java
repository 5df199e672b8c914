// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.harvest;

import io.entrepot.base.FieldProblem.Place;
import io.entrepot.base.Id;
import io.entrepot.base.InvalidFieldsException;
import io.entrepot.base.NotFoundException;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Ids as this family shows them: UUIDs, lower case with hyphens. */
final class WireIds {

  private WireIds() {}

  static String text(Id id) {
    return id.toUuid().toString();
  }

  static @Nullable String textOrNull(@Nullable Id id) {
    return id == null ? null : text(id);
  }

  /**
   * The id in a path.
   *
   * @param name what the path variable is called in the documentation, such as {@code
   *     instrument_id}
   * @param thing what it is the id of, as in "Instrument not found"
   * @throws InvalidFieldsException when it is no UUID
   * @throws NotFoundException when it is one that cannot be ours
   */
  static Id inPath(String name, String text, String thing) {
    UUID uuid = Wording.uuidOrNull(text);
    if (uuid == null) {
      throw new InvalidFieldsException(Wording.notUuid(name, text).in(Place.PATH));
    }
    Id id = idOrNull(uuid);
    if (id == null) {
      throw new NotFoundException(thing);
    }
    return id;
  }

  /**
   * As {@link #inPath}, of something that was deleted and is to come back.
   *
   * @throws NotFoundException saying that no such thing was deleted
   */
  static Id deleted(String name, String text, String thing) {
    return inPath(name, text, "Deleted " + thing.toLowerCase(Locale.ROOT));
  }

  /** Null for a UUID that was not made from one of our ids. */
  static @Nullable Id idOrNull(UUID uuid) {
    try {
      return Id.fromUuid(uuid);
    } catch (IllegalArgumentException _) {
      return null;
    }
  }
}

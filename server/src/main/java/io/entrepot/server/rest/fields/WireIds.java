// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.fields;

import io.entrepot.base.FieldProblem.Place;
import io.entrepot.base.Id;
import io.entrepot.base.InvalidFieldsException;
import io.entrepot.base.NotFoundException;
import io.entrepot.base.UuidText;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Ids as the APIs show them: UUIDs, lower case with hyphens. */
public final class WireIds {

  private WireIds() {}

  public static String text(Id id) {
    return id.toUuid().toString();
  }

  public static @Nullable String textOrNull(@Nullable Id id) {
    return id == null ? null : text(id);
  }

  /** Empty for a UUID that was not made from one of our ids. */
  public static Optional<Id> find(UUID uuid) {
    try {
      return Optional.of(Id.fromUuid(uuid));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
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
  public static Id inPath(String name, String text, String thing, Words words) {
    return UuidText.parse(text)
        .map(uuid -> find(uuid).orElseThrow(() -> new NotFoundException(thing)))
        .orElseThrow(() -> new InvalidFieldsException(words.notUuid(name, text).in(Place.PATH)));
  }

  /**
   * The id in a path of a family that knows nothing of UUIDs that are not its own.
   *
   * @throws NotFoundException when it is no id of ours
   */
  public static Id inPath(String text, String thing) {
    return UuidText.parse(text)
        .flatMap(WireIds::find)
        .orElseThrow(() -> new NotFoundException(thing));
  }
}

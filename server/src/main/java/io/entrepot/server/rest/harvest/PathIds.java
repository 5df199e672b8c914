// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.harvest;

import io.entrepot.base.Id;
import io.entrepot.base.InvalidFieldsException;
import io.entrepot.base.NotFoundException;
import io.entrepot.server.rest.fields.WireIds;
import java.util.Locale;

/** The ids in this family's paths. */
final class PathIds {

  private PathIds() {}

  /**
   * @param name what the path variable is called in the documentation, such as {@code
   *     instrument_id}
   * @param thing what it is the id of, as in "Instrument not found"
   * @throws InvalidFieldsException when it is no UUID
   * @throws NotFoundException when it is one that cannot be ours
   */
  static Id inPath(String name, String text, String thing) {
    return WireIds.inPath(name, text, thing, Wording.HARVEST);
  }

  /**
   * As {@link #inPath}, of something that was deleted and is to come back.
   *
   * @throws NotFoundException saying that no such thing was deleted
   */
  static Id deleted(String name, String text, String thing) {
    return inPath(name, text, "Deleted " + thing.toLowerCase(Locale.ROOT));
  }
}

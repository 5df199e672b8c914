// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.harvest;

import io.entrepot.server.catalog.FileVersion;
import java.time.Instant;
import java.util.regex.Pattern;

/** The short record of a thing with an ARK: an ERC in ANVL, lines of {@code name: value}. */
record ArkRecord(String who, String what, Instant when, String where) {

  /** What would end a value, divide it or be taken for an escape itself. */
  private static final Pattern SPECIAL = Pattern.compile("[%;|\\p{Cntrl}]");

  /**
   * @param instrument the name of the instrument that made it
   * @param where the name that leads to this version, or to the newest
   */
  static ArkRecord of(String instrument, String filename, FileVersion version, String where) {
    Instant changed = version.sourceModified();
    return new ArkRecord(
        instrument, filename, changed == null ? version.discoveredAt() : changed, where);
  }

  String text() {
    return "erc:\nwho: %s\nwhat: %s\nwhen: %s\nwhere: %s\n"
        .formatted(escaped(who), escaped(what), when, escaped(where));
  }

  private static String escaped(String value) {
    return SPECIAL
        .matcher(value)
        .replaceAll(found -> "%%%02X".formatted((int) found.group().charAt(0)));
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;
import io.entrepot.server.places.StorageLocation;
import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.StoreException;

/**
 * Where in a storage location the files of one instrument go: {@code <folder>/<path>}, later
 * versions to {@code <folder>.v2/<path>} and so on, so that no name gets longer and nothing is
 * replaced.
 */
final class Destination {

  private final StorageLocation location;
  private final String folder;

  Destination(StorageLocation location, Instrument instrument) {
    this.location = location;
    this.folder = instrument.folder();
  }

  ObjectPath of(ObjectPath source, int version) {
    return new ObjectPath(version == 1 ? folder : folder + ".v" + version).resolve(source);
  }

  /**
   * The same below another folder of the location.
   *
   * @param elsewhere relative to the location's base path, or an absolute path beneath it
   * @throws EntrepotException {@code PATH_REFUSED} when it leads out of the location
   */
  ObjectPath redirected(String elsewhere, ObjectPath source, int version) {
    String base = trimmed(location.basePath());
    String relative = elsewhere;
    if (elsewhere.startsWith("/")) {
      if (!elsewhere.equals(base) && !elsewhere.startsWith(base + "/")) {
        throw refused(elsewhere);
      }
      relative = elsewhere.substring(base.length());
    }
    try {
      return new ObjectPath(trimmed(relative).replaceFirst("^/+", "")).resolve(of(source, version));
    } catch (StoreException e) {
      throw refused(elsewhere);
    }
  }

  /** The path as people see it, the location's base path included. */
  String shown(ObjectPath target) {
    String base = trimmed(location.basePath());
    return base.isEmpty() ? target.text() : base + "/" + target.text();
  }

  private static String trimmed(String path) {
    return path.replaceFirst("/+$", "");
  }

  private EntrepotException refused(String elsewhere) {
    return new EntrepotException(
        ErrorCode.PATH_REFUSED,
        "The redirection to "
            + elsewhere
            + " leads out of the storage location "
            + location.name()
            + ". Name a folder beneath "
            + location.basePath()
            + ".");
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.runs;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;
import io.entrepot.server.harvest.instruments.Instrument;
import io.entrepot.server.places.StorageLocation;
import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

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
    String relative = elsewhere;
    if (elsewhere.startsWith("/")) {
      String base =
          bases().stream()
              .filter(it -> elsewhere.equals(it) || elsewhere.startsWith(it + "/"))
              .findFirst()
              .orElseThrow(() -> refused(elsewhere));
      relative = elsewhere.substring(base.length());
    }
    try {
      return new ObjectPath(trimmed(relative).replaceFirst("^/+", "")).resolve(of(source, version));
    } catch (StoreException e) {
      throw refused(elsewhere);
    }
  }

  /** The base path as it was written, and, where it leads over links, as it really is. */
  private List<String> bases() {
    String written = trimmed(location.basePath());
    return switch (location.type()) {
      case POSIX, NFS -> List.of(written, trimmed(real(written)));
      case S3, CIFS -> List.of(written);
    };
  }

  private static String real(String written) {
    try {
      return Path.of(written + "/").toRealPath().toString();
    } catch (IOException e) {
      return written;
    }
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

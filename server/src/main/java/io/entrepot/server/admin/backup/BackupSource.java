// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.admin.backup;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;
import io.entrepot.server.settings.EntrepotSettings;
import io.entrepot.server.settings.FileOwner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A server's data directory, to be copied.
 *
 * @param data absolute
 * @param settings the settings file, which need not be there
 */
record BackupSource(Path data, Path settings) {

  /** A file and the part that it becomes. */
  record Piece(String part, Path file) {}

  /**
   * @throws EntrepotException where this is no data directory that can be backed up from here, with
   *     what to do
   */
  static BackupSource of(EntrepotSettings settings) throws IOException {
    Path data = settings.data().toAbsolutePath().normalize();
    if (settings.database().url() != null) {
      throw new EntrepotException(
          ErrorCode.NOT_SUPPORTED,
          "The database of this server is PostgreSQL, which is backed up with its own pg_dump. Copy "
              + data.resolve("checkpoints")
              + " first, then dump; docs/administer/backup.md has the commands.");
    }
    if (!Files.exists(data.resolve("entrepot.db"))) {
      throw new EntrepotException(
          ErrorCode.NOT_FOUND,
          "There is no database in " + data + ". Name the server's data directory with --data.");
    }
    Optional<String> owner = FileOwner.otherThanMe(data);
    if (owner.isPresent()) {
      throw new EntrepotException(
          ErrorCode.FORBIDDEN,
          "The data directory %s belongs to %s, and so does its database's log. Run this as that account: sudo -u %s ./entrepot …"
              .formatted(data, owner.get(), owner.get()));
    }
    Path config = settings.config();
    return new BackupSource(data, config == null ? data.resolve("entrepot.yaml") : config);
  }

  Path database() {
    return data.resolve("entrepot.db");
  }

  /** What is copied as it lies; the database is not among it. */
  List<Piece> beforeTheDatabase() throws IOException {
    List<Piece> pieces = new ArrayList<>(files("checkpoints", Manifest.Part.CHECKPOINTS));
    if (Files.exists(settings)) {
      pieces.add(new Piece(Manifest.Part.SETTINGS, settings));
    }
    return pieces;
  }

  List<Piece> keys() throws IOException {
    return files("keys", Manifest.Part.KEYS);
  }

  private List<Piece> files(String folder, String prefix) throws IOException {
    return Folders.entries(data.resolve(folder)).stream()
        .sorted()
        .map(file -> new Piece(prefix + file.getFileName(), file))
        // Beside the files themselves lies one that is just being written.
        .filter(piece -> Manifest.Part.isKnown(piece.part()) && !piece.part().endsWith(".new"))
        .toList();
  }
}

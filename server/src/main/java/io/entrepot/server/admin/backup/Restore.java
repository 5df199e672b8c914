// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.admin.backup;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;
import io.entrepot.custody.verify.LedgerReport;
import io.entrepot.server.admin.backup.Manifest.Part;
import io.entrepot.server.database.DatabaseCopy;
import io.entrepot.server.database.Migrations;
import io.entrepot.server.settings.DataDirectory;
import io.entrepot.server.settings.DurableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/** Puts one backup back into an empty data directory. */
final class Restore {

  /** What a new file system brings along. */
  private static final Set<String> HARMLESS = Set.of("lost+found");

  private static final List<String> FOLDERS = List.of("checkpoints", "keys", "logs", "temp");

  private final Path backup;
  private final Path data;

  /**
   * @param data absolute; missing or empty
   */
  Restore(Path backup, Path data) {
    this.backup = backup;
    this.data = data;
  }

  /**
   * What was put back, and proved.
   *
   * @param ledger what the verifier found; intact
   */
  record Restored(Manifest manifest, LedgerReport ledger) {}

  /**
   * A server can be started on the directory when this returns; nothing is left in it when this
   * throws.
   *
   * @throws EntrepotException {@code CONFLICT_STATE} for a directory that is not empty; {@code
   *     NOT_SUPPORTED} for a backup of a newer version; of category INTEGRITY for one that is not
   *     what was written
   */
  Restored run() {
    try (BackupReader reader = BackupReader.open(backup)) {
      Manifest manifest = reader.manifest();
      refuseNewer(manifest);
      prepare();
      return fill(reader, manifest);
    } catch (IOException e) {
      throw new EntrepotException(
          ErrorCode.STORE_WRITE_FAILED,
          "The backup cannot be put into " + data + ": " + e.getMessage(),
          e);
    }
  }

  private void refuseNewer(Manifest manifest) {
    if (manifest.format() > Manifest.FORMAT || manifest.schema() > Migrations.newest()) {
      throw new EntrepotException(
          ErrorCode.NOT_SUPPORTED,
          "The backup %s was made by a newer version of Entrepot. Restore it with that version."
              .formatted(backup));
    }
  }

  private void prepare() throws IOException {
    if (Files.exists(data) && !Files.isDirectory(data)) {
      throw new EntrepotException(ErrorCode.CONFLICT_STATE, data + " is not a folder.");
    }
    for (Path entry : Folders.entries(data)) {
      if (!HARMLESS.contains(entry.getFileName().toString())) {
        throw new EntrepotException(
            ErrorCode.CONFLICT_STATE,
            "The directory %s is not empty: it holds %s. Name a new one; nothing is ever replaced."
                .formatted(data, entry.getFileName()));
      }
    }
    DurableFile.makeFolder(data);
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
  }

  private Restored fill(BackupReader reader, Manifest manifest) throws IOException {
    boolean done = false;
    try {
      for (String folder : FOLDERS) {
        DurableFile.makeFolder(data.resolve(folder));
      }
      Path database = data.resolve("entrepot.db.restoring");
      for (Part part : manifest.parts()) {
        reader.unpack(part, place(part, database));
      }
      for (String folder : FOLDERS) {
        DurableFile.flushFolder(data.resolve(folder));
      }
      LedgerReport ledger = judge(database, manifest);
      Files.move(database, data.resolve("entrepot.db"));
      DurableFile.flushFolder(data);
      DataDirectory.adopt(data);
      DurableFile.flushFolder(data);
      done = true;
      return new Restored(manifest, ledger);
    } finally {
      if (!done) {
        clear();
      }
    }
  }

  private Path place(Part part, Path database) {
    return switch (part.name()) {
      case Part.DATABASE -> database;
      case Part.SETTINGS -> data.resolve("entrepot.yaml");
      default -> data.resolve(part.name());
    };
  }

  private LedgerReport judge(Path database, Manifest manifest) {
    try (Connection connection = DatabaseCopy.connectAtRest(database)) {
      if (DatabaseCopy.schema(connection) != manifest.schema()) {
        throw new EntrepotException(
            ErrorCode.CHECKSUM_MISMATCH,
            "The database in the backup is of another version than its manifest says.");
      }
      LedgerReport report = RestoredLedger.verify(connection, data);
      if (!report.intact()) {
        throw new EntrepotException(
            ErrorCode.LEDGER_BROKEN,
            "The ledger in the backup is not what was sealed: "
                + report.breaches().getFirst().message());
      }
      return report;
    } catch (SQLException e) {
      throw new EntrepotException(
          ErrorCode.CHECKSUM_MISMATCH,
          "The database in the backup cannot be read: " + e.getMessage(),
          e);
    }
  }

  private void clear() throws IOException {
    for (Path entry : Folders.entries(data)) {
      if (!HARMLESS.contains(entry.getFileName().toString())) {
        Folders.remove(entry);
      }
    }
  }
}

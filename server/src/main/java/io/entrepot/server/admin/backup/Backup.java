// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.admin.backup;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;
import io.entrepot.server.admin.backup.BackupSource.Piece;
import io.entrepot.server.admin.backup.Manifest.Part;
import io.entrepot.server.database.DatabaseCopy;
import io.entrepot.server.settings.DurableFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** Makes one backup, beside a running server or without one. */
final class Backup {

  private final BackupSource source;
  private final Path target;
  private final Path folder;
  private final InstantSource clock;
  private final Consumer<String> warnings;

  /**
   * @param target absolute
   * @param warnings is told what went wrong without harm to the backup
   */
  Backup(BackupSource source, Path target, InstantSource clock, Consumer<String> warnings) {
    this.warnings = warnings;
    this.source = source;
    this.target = target;
    this.folder = Objects.requireNonNull(target.getParent(), "a file lies in a folder");
    this.clock = clock;
  }

  /**
   * The target exists whole when this returns and is not there when it throws. Either way the data
   * directory remembers how it went; that a good one could not be noted there is a warning.
   *
   * @throws EntrepotException {@code ALREADY_EXISTS} for a file that is there; {@code
   *     STORE_WRITE_FAILED} and {@code STORE_READ_FAILED} saying what could not be done
   */
  Manifest make(boolean withKeys) {
    Manifest made;
    try {
      made = attempt(withKeys);
    } catch (EntrepotException e) {
      try {
        LastBackup.failed(clock.instant(), target, String.valueOf(e.getMessage()))
            .writeTo(source.data());
      } catch (EntrepotException unkept) {
        e.addSuppressed(unkept);
      }
      throw e;
    }
    try {
      LastBackup.good(clock.instant(), target).writeTo(source.data());
    } catch (EntrepotException unkept) {
      warnings.accept(String.valueOf(unkept.getMessage()));
    }
    return made;
  }

  private Manifest attempt(boolean withKeys) {
    Path workshop = workshop();
    try {
      Files.createDirectory(
          workshop,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      Manifest made = write(workshop, withKeys);
      Files.move(workshop.resolve("zip"), target, StandardCopyOption.ATOMIC_MOVE);
      DurableFile.flushFolder(folder);
      return made;
    } catch (IOException e) {
      throw failed("cannot be written: " + reason(e), e);
    } catch (SQLException e) {
      throw failed("cannot be made, because the database cannot be copied: " + e.getMessage(), e);
    } finally {
      clear(workshop);
    }
  }

  /** A folder of our own beside the target, so that renaming out of it replaces nothing half. */
  private Path workshop() {
    if (!Files.isDirectory(folder)) {
      throw new EntrepotException(
          ErrorCode.STORE_WRITE_FAILED,
          "There is no folder " + folder + " to put the backup into. Make it, or name another.");
    }
    if (Files.exists(target)) {
      throw new EntrepotException(
          ErrorCode.ALREADY_EXISTS, target + " exists already; choose another name.");
    }
    if (liesInTheData()) {
      throw new EntrepotException(
          ErrorCode.BAD_REQUEST,
          target + " lies in the data directory itself and would be lost with it; choose another.");
    }
    Path workshop = folder.resolve("." + target.getFileName() + ".part");
    try {
      Folders.remove(workshop);
    } catch (UncheckedIOException e) {
      throw failed("cannot be begun: " + e.getMessage() + ". Remove it by hand.", e);
    }
    return workshop;
  }

  /** Also by a link. */
  private boolean liesInTheData() {
    try {
      return folder.toRealPath().startsWith(source.data().toRealPath());
    } catch (IOException e) {
      throw failed("cannot be begun: " + reason(e), e);
    }
  }

  private void clear(Path workshop) {
    try {
      Folders.remove(workshop);
    } catch (UncheckedIOException e) {
      warnings.accept(e.getMessage() + ". Remove it by hand.");
    }
  }

  private Manifest write(Path workshop, boolean withKeys) throws IOException, SQLException {
    try (BackupWriter writer = new BackupWriter(workshop.resolve("zip"))) {
      // First, so that no checkpoint says more than the ledger that is copied after it.
      addAll(writer, source.beforeTheDatabase());
      Instant made = clock.instant();
      Path copy = workshop.resolve("db");
      DatabaseCopy.make(source.database(), copy);
      writer.add(new Piece(Part.DATABASE, copy));
      if (withKeys) {
        addAll(writer, source.keys());
      }
      return writer.finish(made, schema(copy));
    }
  }

  private static void addAll(BackupWriter writer, List<Piece> pieces) throws IOException {
    for (Piece piece : pieces) {
      writer.add(piece);
    }
  }

  private static int schema(Path copy) throws SQLException {
    try (Connection connection = DatabaseCopy.connectAtRest(copy)) {
      return DatabaseCopy.schema(connection);
    }
  }

  private EntrepotException failed(String how, Exception cause) {
    return new EntrepotException(
        ErrorCode.STORE_WRITE_FAILED, "The backup " + target + " " + how, cause);
  }

  private static String reason(IOException failure) {
    return failure.getClass().getSimpleName().replace("Exception", "") + " " + failure.getMessage();
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.cli.custody;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;
import io.entrepot.custody.LedgerPublicKey;
import io.entrepot.custody.export.ExportedLedger;
import io.entrepot.custody.verify.CheckpointText;
import io.entrepot.custody.verify.JdbcLedgerSource;
import io.entrepot.custody.verify.LedgerSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A ledger ready to be read.
 *
 * @param keys public keys that lie beside it
 * @param confirming fails when it changed while it was read
 * @param closing what to close afterwards
 */
record OpenLedger(
    LedgerSource source, Set<LedgerPublicKey> keys, Runnable confirming, AutoCloseable closing)
    implements AutoCloseable {

  static OpenLedger ofExport(Path file) {
    mustExist(file, "export");
    return new OpenLedger(ExportedLedger.open(file), Set.of(), () -> {}, () -> {});
  }

  static OpenLedger ofDatabase(String url) {
    if (ReadOnlyDatabase.isFile(url)) {
      SqliteFile file = SqliteFile.open(ReadOnlyDatabase.file(url));
      LedgerSource source = new JdbcLedgerSource(file.connection());
      return new OpenLedger(source, Set.of(), file::confirm, file);
    }
    Connection connection = ReadOnlyDatabase.server(url);
    return new OpenLedger(new JdbcLedgerSource(connection), Set.of(), () -> {}, connection);
  }

  static OpenLedger ofDataDirectory(Path data) {
    Path file = data.resolve("entrepot.db");
    if (!Files.exists(file)) {
      throw new EntrepotException(
          ErrorCode.NOT_FOUND,
          "There is no database in "
              + data
              + ". Name the server's data directory with --data, or its PostgreSQL database with"
              + " --database.");
    }
    List<CheckpointText> copied = checkpointsIn(data.resolve("checkpoints"));
    Path key = data.resolve("keys").resolve("ledger.pub");
    Set<LedgerPublicKey> keys = Files.exists(key) ? Set.of(key(key)) : Set.of();
    SqliteFile database = SqliteFile.open(file);
    LedgerSource source = new WithCheckpoints(new JdbcLedgerSource(database.connection()), copied);
    return new OpenLedger(source, keys, database::confirm, database);
  }

  /** The key in a PEM file. */
  static LedgerPublicKey key(Path file) {
    try {
      return LedgerPublicKey.fromPem(text(file, "key"));
    } catch (IllegalArgumentException e) {
      throw new EntrepotException(
          ErrorCode.BAD_REQUEST, file + " holds no ledger key: " + e.getMessage(), e);
    }
  }

  static CheckpointText checkpoint(Path file) {
    return new CheckpointText(file.toString(), text(file, "checkpoint"));
  }

  private static List<CheckpointText> checkpointsIn(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> found =
          files.filter(f -> f.getFileName().toString().endsWith(".checkpoint")).sorted().toList();
      List<CheckpointText> texts = new ArrayList<>();
      found.forEach(file -> texts.add(checkpoint(file)));
      return texts;
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
  }

  private static String text(Path file, String what) {
    mustExist(file, what);
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static void mustExist(Path file, String what) {
    if (!Files.exists(file)) {
      throw new EntrepotException(
          ErrorCode.NOT_FOUND, "There is no " + what + " file " + file + ".");
    }
  }

  private static EntrepotException unreadable(Path file, IOException cause) {
    return new EntrepotException(
        ErrorCode.STORE_READ_FAILED, file + " cannot be read: " + cause.getMessage(), cause);
  }

  /** To be called when everything was read, before anybody is told what was found. */
  void confirm() {
    confirming.run();
  }

  @Override
  public void close() throws SQLException {
    try {
      closing.close();
    } catch (SQLException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.admin.backup;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;
import io.entrepot.custody.verify.Anchors;
import io.entrepot.custody.verify.CheckpointText;
import io.entrepot.custody.verify.JdbcLedgerSource;
import io.entrepot.custody.verify.LedgerReport;
import io.entrepot.custody.verify.LedgerVerifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Holds the ledger of a database that was put back against the checkpoints beside it. */
final class RestoredLedger {

  private RestoredLedger() {}

  static LedgerReport verify(Connection connection, Path data) throws SQLException {
    connection.setAutoCommit(false);
    Anchors anchors = new Anchors(checkpoints(data.resolve("checkpoints")), Set.of());
    return new LedgerVerifier(new JdbcLedgerSource(connection), anchors).verify();
  }

  private static List<CheckpointText> checkpoints(Path folder) {
    List<CheckpointText> texts = new ArrayList<>();
    try {
      for (Path file : Folders.entries(folder).stream().sorted().toList()) {
        texts.add(new CheckpointText(file.getFileName().toString(), Files.readString(file)));
      }
      return texts;
    } catch (IOException e) {
      throw new EntrepotException(
          ErrorCode.STORE_READ_FAILED,
          "The checkpoints in " + folder + " cannot be read: " + e.getMessage(),
          e);
    }
  }
}

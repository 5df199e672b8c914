// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.ledger;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;
import io.entrepot.custody.LedgerKey;
import io.entrepot.server.settings.DurableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

/**
 * The signing key in {@code ledger.key}, for the server alone, and {@code ledger.pub} beside it.
 */
final class LedgerKeyFile {

  private LedgerKeyFile() {}

  /** Reads the key, or makes one where there is none yet. */
  static LedgerKey open(Path folder, SecureRandom random) {
    Path secret = folder.resolve("ledger.key");
    Path open = folder.resolve("ledger.pub");
    try {
      if (Files.exists(secret)) {
        return LedgerKey.fromPem(Files.readString(secret), Files.readString(open));
      }
      LedgerKey fresh = LedgerKey.generate(random);
      DurableFile.writeOpen(open, fresh.publicKey().toPem());
      DurableFile.writeSecret(secret, fresh.toPem());
      return fresh;
    } catch (IOException | IllegalArgumentException e) {
      throw new EntrepotException(
          ErrorCode.INTERNAL_ERROR,
          "The ledger's signing key in "
              + folder
              + " cannot be used ("
              + e.getMessage()
              + "). Put ledger.key and ledger.pub back from a backup.",
          e);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.ledger;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;
import io.entrepot.custody.LedgerKey;
import io.entrepot.custody.LedgerPublicKey;
import io.entrepot.server.database.Database;
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

  /**
   * Reads the key. Makes one where nothing was signed yet, and where somebody asked for one with a
   * file named {@code new-ledger-key} beside it: that is used up, and an old {@code ledger.pub} is
   * kept as {@code ledger-<key id>.pub}.
   *
   * @throws EntrepotException when the key is missing and something was signed with it, or it
   *     cannot be used; nothing has changed then
   */
  static LedgerKey open(Path data, Database database, SecureRandom random) {
    Path folder = data.resolve("keys");
    Path secret = folder.resolve("ledger.key");
    Path open = folder.resolve("ledger.pub");
    Path asked = folder.resolve("new-ledger-key");
    try {
      if (Files.exists(secret)) {
        return LedgerKey.fromPem(Files.readString(secret), Files.readString(open));
      }
      if (Checkpoints.areThere(database, data.resolve("checkpoints"))) {
        if (!Files.exists(asked)) {
          throw missing(secret, asked);
        }
        putAside(open);
      }
      LedgerKey fresh = LedgerKey.generate(random);
      DurableFile.writeOpen(open, fresh.publicKey().toPem());
      DurableFile.writeSecret(secret, fresh.toPem());
      Files.deleteIfExists(asked);
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

  /** Whoever verifies what was signed before needs it. */
  private static void putAside(Path open) throws IOException {
    if (Files.exists(open)) {
      String id = LedgerPublicKey.fromPem(Files.readString(open)).id().hex();
      Files.move(open, open.resolveSibling("ledger-" + id + ".pub"));
    }
  }

  private static EntrepotException missing(Path secret, Path asked) {
    return new EntrepotException(
        ErrorCode.INTERNAL_ERROR,
        secret
            + " is missing, and the ledger's checkpoints were signed with it. Put it and ledger.pub"
            + " back from where the keys were kept. Where it is lost for good, make the empty file "
            + asked
            + ": the next start then makes a new key, which does not vouch for the checkpoints of"
            + " before.");
  }
}

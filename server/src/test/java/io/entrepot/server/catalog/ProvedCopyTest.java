// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entrepot.base.ErrorCode;
import io.entrepot.base.IdSource;
import io.entrepot.server.database.Database;
import io.entrepot.server.database.FullDatabase;
import io.entrepot.server.ledger.Ledger;
import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.Store;
import io.entrepot.storage.local.LocalStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProvedCopyTest {

  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

  private final IdSource ids = new IdSource(() -> NOW, new Random(5));

  @TempDir Path folder;

  private ProvedCopy changed(Database database) throws IOException {
    return copy(database, "0".repeat(16), false);
  }

  private ProvedCopy copy(Database database, String proved, boolean unread) throws IOException {
    Files.writeString(folder.resolve("a"), "abc");
    Transfer transfer =
        new Transfer(
            ids.next(),
            ids.nextForFile(),
            1,
            ids.next(),
            TransferStatus.COMPLETED,
            new CopyPlace("/", "a"),
            "rclone",
            3L,
            proved,
            proved,
            true,
            NOW,
            NOW,
            null,
            null,
            ids.next(),
            1,
            null);
    Store store = LocalStore.open(folder, ids);
    return new ProvedCopy(
        "a",
        new CopyMarks.Chosen(transfer, unread),
        new ProvedCopy.Reading(store, new ObjectPath("a"), "shelf", UnaryOperator.identity()),
        new CopyMarks(database, new Ledger(database, ids), () -> NOW));
  }

  @Test
  void a_good_copy_is_sent_whole_also_where_its_new_proof_cannot_be_entered() throws IOException {
    FullDatabase full = new FullDatabase();
    try (Database database = full.database();
        ProvedCopy copy = copy(database, "44bc2cf5ad770999", true)) {
      full.refuse("insert on ledger_entry");
      ByteArrayOutputStream sent = new ByteArrayOutputStream();

      copy.sendWhole(sent);

      assertThat(sent.toString(StandardCharsets.UTF_8)).isEqualTo("abc");
    }
  }

  @Test
  void damage_is_entered_from_the_reserve_and_never_said_to_be_where_it_is_not()
      throws IOException {
    FullDatabase full = new FullDatabase();
    try (Database database = full.database();
        ProvedCopy copy = changed(database)) {
      assertThatThrownBy(() -> copy.sendWhole(new ByteArrayOutputStream()))
          .hasFieldOrPropertyWithValue("code", ErrorCode.CHECKSUM_MISMATCH)
          .hasMessageContaining("is marked as damaged");

      full.refuse("insert on ledger_entry");
      assertThatThrownBy(() -> copy.sendWhole(new ByteArrayOutputStream()))
          .hasFieldOrPropertyWithValue("code", ErrorCode.CHECKSUM_MISMATCH)
          .hasMessageContaining("could not be recorded")
          .hasMessageNotContaining("marked");
      assertThat(full.hasUsedReserve()).isTrue();
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;
import io.entrepot.base.Id;
import io.entrepot.base.IdSource;
import io.entrepot.custody.CustodyEntry;
import io.entrepot.custody.CustodyEvent;
import io.entrepot.custody.LedgerPublicKey;
import io.entrepot.custody.SignedCheckpoint;
import io.entrepot.custody.verify.Anchors;
import io.entrepot.custody.verify.LedgerReport;
import io.entrepot.custody.verify.StreamReport;
import io.entrepot.server.database.Database;
import io.entrepot.server.database.Dialect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LedgerTest {

  private static final String BOTH = "io.entrepot.server.database.TestDatabases#both";

  @ParameterizedTest
  @MethodSource(BOTH)
  void an_entry_vanishes_with_the_transaction_that_wrote_it(Database database) {
    try (TestHouse house = new TestHouse(database)) {
      List<CustodyEntry> entries = house.copies(1);
      assertThatThrownBy(
              () ->
                  database.write(
                      () -> {
                        house.ledger.append(entries);
                        throw new IllegalStateException("no");
                      }))
          .hasMessage("no");

      assertThat(house.ledger.story(entries.getFirst().file().file()).entries()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void an_entry_outside_a_transaction_is_refused(Database database) {
    try (TestHouse house = new TestHouse(database)) {
      assertThatThrownBy(() -> house.ledger.append(house.copies(1)))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void what_is_closed_is_numbered_sealed_and_verifies(Database database) {
    try (TestHouse house = new TestHouse(database)) {
      house.append(3);
      house.closer.closeAndSign();
      house.append(10_001);
      house.closer.closeAndSign();
      house.append(2);

      LedgerReport report = house.verify(Anchors.NONE);
      assertThat(report.breaches()).isEmpty();
      StreamReport custody = report.streams().getFirst();
      assertThat(custody.head().entries()).isEqualTo(10_004);
      assertThat(custody.head().block()).isEqualTo(3);
      assertThat(custody.pending()).isEqualTo(2);
      assertThat(custody.checkpoint().orElseThrow().head()).isEqualTo(custody.head());
    }
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void nothing_pending_makes_no_block_and_no_checkpoint(Database database) {
    try (TestHouse house = new TestHouse(database)) {
      house.closer.closeAndSign();
      house.closer.closeAndSign();

      assertThat(house.verify(Anchors.NONE).streams()).isEmpty();
      assertThat(house.data.resolve("checkpoints")).doesNotExist();
    }
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void closers_that_work_at_once_wait_for_each_other(Database database) {
    try (TestHouse house = new TestHouse(database)) {
      try (ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int i = 0; i < 20; i++) {
          many.submit(() -> house.append(7));
          many.submit(() -> house.closer.closeAndSign());
        }
      }
      house.closer.closeAndSign();

      LedgerReport report = house.verify(Anchors.NONE);
      assertThat(report.breaches()).isEmpty();
      assertThat(report.streams().getFirst().head().entries()).isEqualTo(140);
    }
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void a_checkpoint_is_signed_a_minute_after_the_last_one(Database database) throws Exception {
    try (TestHouse house = new TestHouse(database)) {
      house.append(1);
      house.closer.closeAndSignWhenDue();
      house.append(1);
      house.closer.closeAndSignWhenDue();
      assertThat(newestFile(house).checkpoint().head().entries()).isEqualTo(1);

      house.pass(Duration.ofSeconds(60));
      house.closer.closeAndSignWhenDue();
      assertThat(newestFile(house).checkpoint().head().entries()).isEqualTo(2);
      assertThat(newestFile(house).holds()).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void a_ledger_older_than_its_checkpoint_is_never_signed_again(Database database) {
    try (TestHouse house = new TestHouse(database)) {
      house.append(5);
      house.closer.closeAndSign();
      database.write(() -> database.sql("delete from ledger_block").update());
      database.write(() -> database.sql("delete from ledger_entry").update());
      house.pass(Duration.ofHours(1));
      house.append(9);

      assertThatThrownBy(house.closer::closeAndSign)
          .isInstanceOfSatisfying(
              EntrepotException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LEDGER_BROKEN))
          .hasMessageContaining("5 entries");

      LedgerClock clock = new LedgerClock(house.closer);
      assertThat(new LedgerPart(clock).trouble()).isEmpty();
      clock.stop();
      assertThat(new LedgerPart(clock).trouble())
          .hasValueSatisfying(
              words ->
                  assertThat(words)
                      .contains("custody verify")
                      .doesNotContain(house.data.toString()));
    }
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void what_was_signed_after_a_clock_was_set_back_is_the_newest_all_the_same(Database database) {
    try (TestHouse house = new TestHouse(database)) {
      house.pass(Duration.ofDays(30));
      house.append(5);
      house.closer.closeAndSign();
      house.pass(Duration.ofDays(-30));
      house.append(9);
      house.closer.closeAndSign();
      database.write(() -> database.sql("delete from ledger_block where number > 1").update());
      database.write(() -> database.sql("delete from ledger_entry where sequence > 5").update());
      house.append(1);

      assertThatThrownBy(house.closer::closeAndSign)
          .isInstanceOf(EntrepotException.class)
          .hasMessageContaining("14 entries");
    }
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void a_ledger_that_is_sealed_again_is_no_longer_in_trouble(Database database) throws Exception {
    try (TestHouse house = new TestHouse(database)) {
      LedgerClock clock = new LedgerClock(house.closer);
      Path checkpoints = house.data.resolve("checkpoints");
      Files.writeString(checkpoints, "in the way");
      house.append(1);
      clock.stop();
      assertThat(new LedgerPart(clock).trouble())
          .hasValueSatisfying(words -> assertThat(words).contains("not sealed or signed"));

      Files.delete(checkpoints);
      house.append(1);
      clock.stop();
      assertThat(new LedgerPart(clock).trouble()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void the_key_is_for_the_server_alone_and_found_again(Database database) throws Exception {
    try (TestHouse house = new TestHouse(database)) {
      Path keys = house.data.resolve("keys");
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(keys.resolve("ledger.key"))))
          .isEqualTo("rw-------");
      assertThat(LedgerKeyFile.open(house.data, database, new SecureRandom()).publicKey().toPem())
          .isEqualTo(Files.readString(keys.resolve("ledger.pub")));
    }
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void a_lost_key_is_replaced_only_where_nothing_was_signed_or_it_was_asked_for(Database database)
      throws Exception {
    try (TestHouse house = new TestHouse(database)) {
      Path keys = house.data.resolve("keys");
      Path secret = keys.resolve("ledger.key");
      String first = Files.readString(keys.resolve("ledger.pub"));
      Files.delete(secret);
      String second = opened(house);
      assertThat(second).isNotEqualTo(first);

      Files.delete(secret);
      Path checkpoints = Files.createDirectories(house.data.resolve("checkpoints"));
      Path checkpoint = Files.createFile(checkpoints.resolve("custody-2026-03-04.checkpoint"));
      assertKeyIsMissed(house);
      Files.delete(checkpoint);
      house.append(1);
      house.closer.closeAndSign();
      Files.delete(checkpoint);
      assertKeyIsMissed(house);
      assertThat(secret).doesNotExist();
      assertThat(keys.resolve("ledger.pub")).hasContent(second);

      Files.createFile(keys.resolve("new-ledger-key"));
      assertThat(opened(house)).isNotEqualTo(second);
      assertThat(keys.resolve("new-ledger-key")).doesNotExist();
      String id = LedgerPublicKey.fromPem(second).id().hex();
      assertThat(keys.resolve("ledger-" + id + ".pub")).hasContent(second);
    }
  }

  private static String opened(TestHouse house) {
    return LedgerKeyFile.open(house.data, house.database, new SecureRandom()).publicKey().toPem();
  }

  private static void assertKeyIsMissed(TestHouse house) {
    assertThatThrownBy(() -> opened(house))
        .isInstanceOf(EntrepotException.class)
        .hasMessageContaining("keys/ledger.key is missing")
        .hasMessageContaining("Put it")
        .hasMessageContaining("new-ledger-key");
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void a_story_is_told_newest_first_with_every_copy_and_its_last_proof(Database database) {
    try (TestHouse house = new TestHouse(database)) {
      Id file = house.ids.nextForFile();
      Instant start = house.now;
      happens(house, CustodyEvent.DISCOVERED, file, "");
      happens(house, CustodyEvent.COPIED, file, "a");
      happens(house, CustodyEvent.COPIED, file, "b");
      happens(house, CustodyEvent.COPIED, file, "c");
      house.closer.closeAndSign();
      happens(house, CustodyEvent.REVERIFIED, file, "a");
      happens(house, CustodyEvent.COULD_NOT_READ, file, "a");
      happens(house, CustodyEvent.DAMAGED, file, "b");
      happens(house, CustodyEvent.REMOVED, file, "c");
      happens(house, CustodyEvent.COPIED, house.ids.nextForFile(), "a");

      FileStory story = house.ledger.story(file);
      assertThat(story.entries()).hasSize(8);
      assertThat(story.entries().getFirst().entry().event()).isEqualTo(CustodyEvent.REMOVED);
      assertThat(story.entries().getFirst().sequence()).isNull();
      assertThat(story.entries().getLast().sequence()).isEqualTo(1);
      assertThat(story.copies())
          .containsExactly(
              new KnownCopy(
                  "a", 1, KnownCopy.State.PROVED, start.plusSeconds(4), start.plusSeconds(5)),
              new KnownCopy("b", 1, KnownCopy.State.DAMAGED, start.plusSeconds(2), null));
    }
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void a_copy_that_was_restored_after_the_clock_was_set_back_over_a_restart_is_not_told_as_damaged(
      Database database) {
    try (TestHouse house = new TestHouse(database)) {
      Id file = house.ids.nextForFile();
      happens(house, CustodyEvent.COPIED, file, "a");
      happens(house, CustodyEvent.DAMAGED, file, "a");
      house.closer.closeAndSign();
      house.pass(Duration.ofHours(-1));
      Ledger started = new Ledger(database, new IdSource(() -> house.now, new SecureRandom()));

      CustodyEntry restored = house.entry(CustodyEvent.RESTORED, file, "a");
      database.write(() -> started.append(List.of(restored)));

      assertThat(events(house, file))
          .containsExactly(CustodyEvent.RESTORED, CustodyEvent.DAMAGED, CustodyEvent.COPIED);
      assertThat(house.ledger.story(file).copies())
          .extracting(KnownCopy::state)
          .containsExactly(KnownCopy.State.PROVED);
      house.closer.closeAndSign();
      assertThat(events(house, file)).startsWith(CustodyEvent.RESTORED);
    }
  }

  /** What a crash left is sealed before anything new is entered. */
  @ParameterizedTest
  @MethodSource(BOTH)
  void what_a_crash_left_unsealed_comes_before_what_follows_the_start(Database database) {
    try (TestHouse house = new TestHouse(database)) {
      Id file = house.ids.nextForFile();
      happens(house, CustodyEvent.COPIED, file, "a");
      happens(house, CustodyEvent.DAMAGED, file, "a");
      house.pass(Duration.ofHours(-1));
      LedgerClock clock = new LedgerClock(house.closer);
      clock.start();
      Ledger started = new Ledger(database, new IdSource(() -> house.now, new SecureRandom()));

      CustodyEntry restored = house.entry(CustodyEvent.RESTORED, file, "a");
      database.write(() -> started.append(List.of(restored)));
      clock.stop();

      assertThat(events(house, file)).startsWith(CustodyEvent.RESTORED);
    }
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void the_story_of_a_file_is_found_by_the_index_of_files(Database database) {
    try (database) {
      if (database.dialect() == Dialect.SQLITE) {
        List<String> plan =
            database
                .sql("explain query plan " + LedgerTable.ABOUT)
                .params("a", "b")
                .query((row, _) -> row.getString("detail"))
                .list();
        assertThat(plan).anyMatch(step -> step.contains("ledger_entry_by_subject"));
      }
    }
  }

  private static List<CustodyEvent> events(TestHouse house, Id file) {
    return house.ledger.story(file).entries().stream().map(one -> one.entry().event()).toList();
  }

  private static void happens(TestHouse house, CustodyEvent event, Id file, String to) {
    CustodyEntry entry = house.entry(event, file, to);
    house.database.write(() -> house.ledger.append(List.of(entry)));
    house.pass(Duration.ofSeconds(1));
  }

  private static SignedCheckpoint newestFile(TestHouse house) throws Exception {
    Path file = house.data.resolve("checkpoints/custody-2026-03-04.checkpoint");
    return SignedCheckpoint.parse(Files.readString(file));
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.custody.EntryRange;
import io.entrepot.custody.verify.Anchors;
import io.entrepot.custody.verify.Breach;
import io.entrepot.custody.verify.CheckpointText;
import io.entrepot.custody.verify.JdbcLedgerSource;
import io.entrepot.custody.verify.LedgerVerifier;
import io.entrepot.server.database.Database;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Somebody with the database's password against somebody with a checkpoint copied off before. */
class LedgerAttackTest {

  private static final String BOTH = "io.entrepot.server.database.TestDatabases#both";
  private static final int ROUNDS = 25;

  private final long seed = new SecureRandom().nextLong();
  private final Random random = new Random(seed);
  private int entries;
  private Anchors anchors = Anchors.NONE;

  private TestHouse house(Database database) throws Exception {
    System.out.println("seed " + seed);
    TestHouse house = new TestHouse(database);
    for (int block = 0; block < 6; block++) {
      int count = 1 + random.nextInt(30);
      house.append(count);
      house.pass(Duration.ofMinutes(1));
      house.closer.closeAndSign();
      entries += count;
    }
    Path file = house.data.resolve("checkpoints/custody-2026-03-04.checkpoint");
    anchors =
        new Anchors(List.of(new CheckpointText("copied off", Files.readString(file))), Set.of());
    return house;
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void an_edited_row_is_named(Database database) throws Exception {
    List<String> edits =
        List.of("time = time + 1", "kind = 'removed'", "subject = 'x'", "payload = 'nothing'");
    try (TestHouse house = house(database)) {
      for (int round = 0; round < ROUNDS; round++) {
        int victim = victim(1);
        String edit = edits.get(random.nextInt(edits.size()));
        String sql = "update ledger_entry set " + edit + " where sequence = " + victim;
        assertFirst(house, Breach.Kind.ENTRY_CHANGED, victim, sql);
      }
    }
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void a_deleted_row_is_named(Database database) throws Exception {
    try (TestHouse house = house(database)) {
      for (int round = 0; round < ROUNDS; round++) {
        int victim = victim(1);
        String sql = "delete from ledger_entry where sequence = " + victim;
        assertFirst(house, Breach.Kind.ENTRY_MISSING, victim, sql);
      }
    }
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void of_two_swapped_rows_the_first_is_named(Database database) throws Exception {
    try (TestHouse house = house(database)) {
      for (int round = 0; round < ROUNDS; round++) {
        int first = victim(2);
        int second = first + 1 + random.nextInt(entries - first);
        String set = "update ledger_entry set sequence = ";
        assertFirst(
            house,
            Breach.Kind.ENTRY_CHANGED,
            first,
            set + "-1 where sequence = " + first,
            set + first + " where sequence = " + second,
            set + second + " where sequence = -1");
      }
    }
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void the_first_of_the_rows_that_were_cut_is_named(Database database) throws Exception {
    try (TestHouse house = house(database)) {
      for (int round = 0; round < ROUNDS; round++) {
        int victim = victim(1);
        String sql = "delete from ledger_entry where sequence >= " + victim;
        assertFirst(house, Breach.Kind.ENTRY_MISSING, victim, sql);
      }
    }
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void an_older_database_put_in_place_is_named(Database database) throws Exception {
    try (TestHouse house = house(database)) {
      for (int block = 1; block <= 6; block++) {
        String sql = "select first_sequence from ledger_block where number = " + block;
        int lost = database.sql(sql).query(Integer.class).single();
        assertFirst(
            house,
            Breach.Kind.SHORTENED,
            lost,
            "delete from ledger_entry where sequence >= " + lost,
            "delete from ledger_block where number >= " + block,
            "delete from ledger_checkpoint");
      }
    }
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void a_chain_recomputed_and_signed_by_the_attacker_is_found(Database database) throws Exception {
    try (TestHouse house = house(database)) {
      database.write(
          () -> {
            int victim = victim(1);
            database
                .sql("update ledger_entry set kind = 'removed' where sequence = " + victim)
                .update();
            database.sql("update ledger_entry set sequence = null").update();
            database.sql("delete from ledger_block").update();
            database.sql("delete from ledger_checkpoint").update();
          });
      new TestHouse(database).closer.closeAndSign();

      assertThat(house.verify(Anchors.NONE).intact()).isTrue();
      List<Breach> breaches = house.verify(anchors).breaches();
      assertThat(breaches).extracting(Breach::kind).contains(Breach.Kind.CHECKPOINT_REFUSED);
      Breach first = breaches.getFirst();
      assertThat(first.kind()).isIn(Breach.Kind.REWRITTEN, Breach.Kind.SHORTENED);
    }
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void an_edited_block_is_named(Database database) throws Exception {
    List<String> edits = List.of("closed = closed + 1", "root = previous", "entry_count = 0");
    try (TestHouse house = house(database)) {
      for (String edit : edits) {
        int block = 1 + random.nextInt(6);
        Breach first =
            attack(house, "update ledger_block set " + edit + " where number = " + block);
        assertThat(first.kind()).isEqualTo(Breach.Kind.BLOCK_CHANGED);
        assertThat(first.block()).as("seed %d: %s", seed, first).isEqualTo(block);
      }
    }
  }

  /** A sequence that has at least {@code followers - 1} entries after it. */
  private int victim(int followers) {
    return 1 + random.nextInt(entries - followers + 1);
  }

  private void assertFirst(TestHouse house, Breach.Kind kind, int entry, String... statements)
      throws SQLException {
    Breach first = attack(house, statements);
    assertThat(first.kind()).as("seed %d: %s", seed, first).isEqualTo(kind);
    assertThat(first.entries()).as("seed %d: %s", seed, first).isEqualTo(new EntryRange(entry, 1));
  }

  /** Makes the attack, looks, and takes it back. */
  private Breach attack(TestHouse house, String... statements) throws SQLException {
    try (Connection connection = house.database.schedulerSource().getConnection()) {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        for (String sql : statements) {
          statement.executeUpdate(sql);
        }
      }
      LedgerVerifier verifier = new LedgerVerifier(new JdbcLedgerSource(connection), anchors);
      List<Breach> breaches = verifier.verify().breaches();
      connection.rollback();
      assertThat(breaches).as("seed %d", seed).isNotEmpty();
      return breaches.getFirst();
    }
  }
}

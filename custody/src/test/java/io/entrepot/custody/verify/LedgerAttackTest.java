// SPDX-License-Identifier: Apache-2.0
package io.entrepot.custody.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.custody.Block;
import io.entrepot.custody.BlockSealer;
import io.entrepot.custody.EntryContent;
import io.entrepot.custody.LedgerEntry;
import io.entrepot.custody.LedgerKey;
import io.entrepot.custody.TestEntries;
import io.entrepot.custody.verify.Breach.Kind;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Every attack is made on a ledger of random blocks; the one checkpoint was copied off before. */
class LedgerAttackTest {

  private static final int ROUNDS = 100;
  private static final LedgerKey KEY = LedgerKey.generate(new SecureRandom());
  private static final LedgerKey STRANGER = LedgerKey.generate(new SecureRandom());

  private final long seed = new SecureRandom().nextLong();
  private final RandomGenerator random = new Random(seed);
  private TestLedger ledger = new TestLedger();
  private Anchors anchors = Anchors.NONE;

  @BeforeEach
  void a_ledger_of_random_blocks() {
    System.out.println("seed " + seed);
    remake();
  }

  private void remake() {
    ledger = new TestLedger();
    int blocks = 2 + random.nextInt(6);
    for (int i = 0; i < blocks; i++) {
      ledger.append(1 + random.nextInt(20), random);
    }
    anchors = new Anchors(List.of(ledger.sign(KEY)), Set.of());
  }

  @Test
  void an_untouched_ledger_is_good() {
    LedgerReport report = verify();

    assertThat(report.intact()).isTrue();
    assertThat(report.streams().getFirst().checkpoint()).isPresent();
    assertThat(report.streams().getFirst().head()).isEqualTo(ledger.head());
  }

  @Test
  void what_is_appended_after_the_checkpoint_is_good() {
    ledger.append(7, random);

    assertThat(verify().intact()).isTrue();
  }

  @Test
  void an_empty_ledger_is_good() {
    assertThat(new LedgerVerifier(new TestLedger(), Anchors.NONE).verify().intact()).isTrue();
  }

  @Test
  void an_edited_row_is_named() {
    for (int round = 0; round < ROUNDS; round++, remake()) {
      int index = random.nextInt(ledger.entries.size());
      LedgerEntry row = ledger.entries.get(index);
      ledger.entries.set(index, new LedgerEntry(row.stream(), row.sequence(), edit(row.content())));

      assertFirst(Kind.ENTRY_CHANGED, index + 1);
    }
  }

  @Test
  void a_deleted_row_is_named() {
    for (int round = 0; round < ROUNDS; round++, remake()) {
      int index = random.nextInt(ledger.entries.size());
      ledger.entries.remove(index);

      assertFirst(Kind.ENTRY_MISSING, index + 1);
    }
  }

  @Test
  void a_row_deleted_with_its_gap_closed_is_named() {
    for (int round = 0; round < ROUNDS; round++, remake()) {
      int index = random.nextInt(ledger.entries.size() - 1);
      ledger.entries.remove(index);
      renumber();

      assertFirst(Kind.ENTRY_CHANGED, index + 1);
    }
  }

  @Test
  void of_two_swapped_rows_the_first_is_named() {
    for (int round = 0; round < ROUNDS; round++, remake()) {
      int one = random.nextInt(ledger.entries.size());
      int other = random.nextInt(ledger.entries.size());
      if (one == other) {
        continue;
      }
      LedgerEntry first = ledger.entries.get(one);
      ledger.entries.set(one, ledger.entries.get(other));
      ledger.entries.set(other, first);
      renumber();

      assertFirst(Kind.ENTRY_CHANGED, Math.min(one, other) + 1);
    }
  }

  @Test
  void the_first_of_the_last_rows_that_were_cut_is_named() {
    for (int round = 0; round < ROUNDS; round++, remake()) {
      int kept = random.nextInt(ledger.entries.size());
      ledger.entries.subList(kept, ledger.entries.size()).clear();

      assertFirst(Kind.ENTRY_MISSING, kept + 1);
    }
  }

  @Test
  void a_cut_through_rows_and_blocks_is_named() {
    for (int round = 0; round < ROUNDS; round++, remake()) {
      int kept = random.nextInt(ledger.blocks.size());
      ledger.blocks.subList(kept, ledger.blocks.size()).clear();
      int entries = (int) ledger.head().entries();
      ledger.entries.subList(entries, ledger.entries.size()).clear();

      assertFirst(Kind.SHORTENED, entries + 1);
    }
  }

  @Test
  void a_recomputed_chain_is_found_and_the_bad_entry_is_in_the_range_named() {
    for (int round = 0; round < ROUNDS; round++, remake()) {
      ledger.append(1 + random.nextInt(20), random);
      CheckpointText later = ledger.sign(KEY);
      long middle = ledger.blocks.get(ledger.blocks.size() - 2).head().entries();
      anchors = new Anchors(List.of(anchors.checkpoints().getFirst(), later), Set.of());
      int block = random.nextInt(ledger.blocks.size());
      int index = (int) ledger.blocks.get(block).header().entries().first() - 1;
      LedgerEntry row = ledger.entries.get(index);
      ledger.entries.set(index, new LedgerEntry(row.stream(), row.sequence(), edit(row.content())));
      ledger.recomputeFrom(block);

      Breach first = verify().breaches().getFirst();
      assertThat(first.kind()).isEqualTo(Kind.REWRITTEN);
      assertThat(first.entries().first()).isEqualTo(index < middle ? 1 : middle + 1);
      assertThat(first.entries().last()).isGreaterThan(index);
    }
  }

  @Test
  void an_older_copy_put_in_place_is_named() {
    TestLedger older = ledger.copy();
    ledger.append(5, random);
    anchors = new Anchors(List.of(ledger.sign(KEY)), Set.of());
    long lost = older.head().entries() + 1;
    ledger = older;

    assertFirst(Kind.SHORTENED, lost);
  }

  @Test
  void an_older_copy_that_grew_on_its_own_and_signed_again_is_found() {
    ledger.checkpoints.add(ledger.sign(KEY));
    TestLedger older = ledger.copy();
    ledger.append(5, random);
    anchors = new Anchors(List.of(ledger.sign(KEY)), Set.of());
    long lost = older.head().entries() + 1;
    older.clock = ledger.clock;
    ledger = older;
    ledger.append(2, random);
    ledger.checkpoints.add(ledger.sign(KEY));
    ledger.append(9, random);

    assertFirst(Kind.REWRITTEN, lost);
  }

  @Test
  void an_inserted_row_is_named() {
    for (int round = 0; round < ROUNDS; round++, remake()) {
      int index = random.nextInt(ledger.entries.size());
      ledger.entries.add(index, new LedgerEntry(TestLedger.STREAM, 0, TestEntries.random(random)));
      renumber();

      assertFirst(Kind.ENTRY_CHANGED, index + 1);
    }
  }

  @Test
  void a_row_put_after_the_last_block_is_named() {
    long sequence = ledger.head().entries() + 1;
    ledger.entries.add(new LedgerEntry(TestLedger.STREAM, sequence, TestEntries.random(random)));

    assertFirst(Kind.ENTRY_UNEXPECTED, sequence);
  }

  @Test
  void an_edited_block_row_is_named() {
    for (int round = 0; round < ROUNDS; round++, remake()) {
      int index = random.nextInt(ledger.blocks.size());
      Block block = ledger.blocks.get(index);
      ledger.blocks.set(index, BlockEdits.oneField(block, random));

      Breach first = verify().breaches().getFirst();
      assertThat(first.kind()).isIn(Kind.BLOCK_CHANGED, Kind.BLOCK_MISSING);
      assertThat(first.block()).isEqualTo(index + 1);
    }
  }

  @Test
  void a_block_row_sealed_anew_alone_is_found() {
    for (int round = 0; round < ROUNDS; round++, remake()) {
      int index = random.nextInt(ledger.blocks.size() - 1);
      ledger.blocks.set(index, BlockEdits.closedLater(ledger.blocks.get(index)));

      Breach first = verify().breaches().getFirst();
      assertThat(first.kind()).isEqualTo(Kind.BLOCK_CHANGED);
      assertThat(first.block()).isEqualTo(index + 2);
      assertThat(first.message()).contains("block " + (index + 1));
    }
  }

  @Test
  void a_block_that_claims_impossibly_many_entries_is_named() {
    long[] counts = {-1, 0, BlockSealer.ENTRIES_AT_MOST + 1, 1L << 59, 1L << 62, Long.MAX_VALUE};
    for (long count : counts) {
      remake();
      anchors = Anchors.NONE;
      int index = ledger.blocks.size() - 1;
      ledger.blocks.set(index, BlockEdits.holding(count, ledger.blocks.get(index)));

      Breach first = verify().breaches().getFirst();
      assertThat(first.kind()).isEqualTo(Kind.BLOCK_CHANGED);
      assertThat(first.block()).isEqualTo(index + 1);
      assertThat(first.message()).contains("no block has " + count + " entries");
    }
  }

  @Test
  void a_changed_list_of_leaves_is_named_and_the_entries_cleared() {
    int index = random.nextInt(ledger.blocks.size());
    Block block = ledger.blocks.get(index);
    byte[] leaves = block.leaves().clone();
    leaves[random.nextInt(leaves.length)] ^= 1;
    ledger.blocks.set(index, new Block(block.header(), block.hash(), leaves));

    Breach first = verify().breaches().getFirst();
    assertThat(first.kind()).isEqualTo(Kind.BLOCK_CHANGED);
    assertThat(first.block()).isEqualTo(index + 1);
    assertThat(first.message()).contains("the entries are what was sealed");
  }

  @Test
  void a_deleted_block_row_is_named() {
    int index = random.nextInt(ledger.blocks.size() - 1);
    ledger.blocks.remove(index);

    Breach first = verify().breaches().getFirst();
    assertThat(first.kind()).isEqualTo(Kind.BLOCK_MISSING);
    assertThat(first.block()).isEqualTo(index + 1);
  }

  @RepeatedTest(20)
  void a_checkpoint_with_one_character_changed_does_not_count() {
    CheckpointText good = anchors.checkpoints().getFirst();
    StringBuilder text = new StringBuilder(good.text());
    int at = random.nextInt(text.length() - 1);
    text.setCharAt(at, text.charAt(at) == '7' ? '8' : '7');
    anchors =
        new Anchors(
            List.of(new CheckpointText("here.txt", text.toString())), Set.of(KEY.publicKey()));

    Breach first = verify().breaches().getFirst();
    assertThat(first.kind()).isEqualTo(Kind.CHECKPOINT_REFUSED);
    assertThat(first.message()).contains("here.txt");
  }

  @Test
  void a_checkpoint_of_a_stranger_beside_the_rows_does_not_count() {
    ledger.checkpoints.add(ledger.sign(STRANGER));

    assertThat(verify().breaches())
        .singleElement()
        .satisfies(breach -> assertThat(breach.kind()).isEqualTo(Kind.CHECKPOINT_REFUSED));
  }

  @Test
  void a_ledger_emptied_altogether_is_found() {
    ledger.entries.clear();
    ledger.blocks.clear();

    assertFirst(Kind.SHORTENED, 1);
  }

  private void assertFirst(Kind kind, long entry) {
    Breach first = verify().breaches().getFirst();
    assertThat(first.kind()).as("seed %d: %s", seed, first).isEqualTo(kind);
    assertThat(first.entries().first()).as("seed %d: %s", seed, first).isEqualTo(entry);
    if (kind != Kind.REWRITTEN) {
      assertThat(first.entries().count()).as("seed %d: %s", seed, first).isEqualTo(1);
    }
  }

  private LedgerReport verify() {
    return new LedgerVerifier(ledger, anchors).verify();
  }

  private void renumber() {
    List<LedgerEntry> rows = new ArrayList<>();
    for (LedgerEntry row : ledger.entries) {
      rows.add(new LedgerEntry(row.stream(), rows.size() + 1, row.content()));
    }
    ledger.entries.clear();
    ledger.entries.addAll(rows);
  }

  private EntryContent edit(EntryContent old) {
    byte[] payload = old.payload().clone();
    return switch (random.nextInt(4)) {
      case 0 -> new EntryContent(old.micros() + 1, old.kind(), old.subject(), payload);
      case 1 -> new EntryContent(old.micros(), old.kind() + "x", old.subject(), payload);
      case 2 -> new EntryContent(old.micros(), old.kind(), old.subject() + "0", payload);
      default -> {
        payload[random.nextInt(payload.length)] ^= (byte) (1 << random.nextInt(8));
        yield new EntryContent(old.micros(), old.kind(), old.subject(), payload);
      }
    };
  }
}

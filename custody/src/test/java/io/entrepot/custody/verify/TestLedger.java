// SPDX-License-Identifier: Apache-2.0
package io.entrepot.custody.verify;

import io.entrepot.custody.Block;
import io.entrepot.custody.BlockSealer;
import io.entrepot.custody.Checkpoint;
import io.entrepot.custody.CustodyEntry;
import io.entrepot.custody.EntryContent;
import io.entrepot.custody.LedgerEntry;
import io.entrepot.custody.LedgerHead;
import io.entrepot.custody.LedgerKey;
import io.entrepot.custody.TestEntries;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** A custody stream as lists of rows that a test can spoil. */
public final class TestLedger implements LedgerSource {

  static final String STREAM = CustodyEntry.STREAM;

  final List<LedgerEntry> entries = new ArrayList<>();
  final List<Block> blocks = new ArrayList<>();
  final List<CheckpointText> checkpoints = new ArrayList<>();
  private final BlockSealer sealer = new BlockSealer();
  long clock = 1_000_000;

  /** The same rows, to go another way from here. */
  TestLedger copy() {
    TestLedger copy = new TestLedger();
    copy.entries.addAll(entries);
    copy.blocks.addAll(blocks);
    copy.checkpoints.addAll(checkpoints);
    copy.clock = clock;
    return copy;
  }

  LedgerHead head() {
    return blocks.isEmpty() ? LedgerHead.empty(STREAM) : blocks.getLast().head();
  }

  public void append(int count, RandomGenerator random) {
    List<EntryContent> pending = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      pending.add(TestEntries.random(random));
    }
    seal(pending);
  }

  void seal(List<EntryContent> pending) {
    Block block = sealer.seal(head(), pending, clock++);
    long first = block.header().entries().first();
    for (int i = 0; i < pending.size(); i++) {
      entries.add(new LedgerEntry(STREAM, first + i, pending.get(i)));
    }
    blocks.add(block);
  }

  public void addCheckpoint(LedgerKey key) {
    checkpoints.add(sign(key));
  }

  CheckpointText sign(LedgerKey key) {
    String text = key.sign(new Checkpoint(head(), clock++)).text();
    return new CheckpointText("block " + head().block(), text);
  }

  /** Seals everything again from the block with this index on, as the owner of the tables could. */
  void recomputeFrom(int index) {
    List<Block> old = List.copyOf(blocks.subList(index, blocks.size()));
    blocks.subList(index, blocks.size()).clear();
    List<LedgerEntry> rows = List.copyOf(entries);
    entries.subList((int) head().entries(), entries.size()).clear();
    for (Block block : old) {
      long from = block.header().entries().first() - 1;
      long to = Math.min(rows.size(), block.header().entries().last());
      clock = block.header().closedMicros();
      seal(rows.subList((int) from, (int) to).stream().map(LedgerEntry::content).toList());
    }
  }

  @Override
  public Set<String> streams() {
    return blocks.isEmpty() ? Set.of() : Set.of(STREAM);
  }

  @Override
  public Stream<Block> blocks(String stream) {
    return blocks.stream();
  }

  @Override
  public Stream<LedgerEntry> entries(String stream) {
    return entries.stream();
  }

  @Override
  public long pending(String stream) {
    return 0;
  }

  @Override
  public List<CheckpointText> checkpoints() {
    return checkpoints;
  }
}

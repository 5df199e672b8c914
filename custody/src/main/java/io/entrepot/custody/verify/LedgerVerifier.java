// SPDX-License-Identifier: Apache-2.0
package io.entrepot.custody.verify;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingLong;

import io.entrepot.custody.Block;
import io.entrepot.custody.Checkpoint;
import io.entrepot.custody.LedgerEntry;
import io.entrepot.custody.LedgerHead;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Verifies a ledger as {@code docs/formats/custody-ledger.md} says, section 5.
 *
 * <p>What it proves depends on the anchors: with a checkpoint from elsewhere, everything up to that
 * checkpoint; without, only that the ledger agrees with itself.
 */
public final class LedgerVerifier {

  /** The lowest entry first, and of two that begin alike the one that says it more closely. */
  private static final Comparator<Breach> FIRST_BAD_FIRST =
      comparing((Breach b) -> b.entries().count() == 0)
          .thenComparingLong(b -> b.entries().first())
          .thenComparing(comparingLong(b -> b.entries().count()));

  private final LedgerSource source;
  private final Anchors anchors;

  public LedgerVerifier(LedgerSource source, Anchors anchors) {
    this.source = source;
    this.anchors = anchors;
  }

  /**
   * Reads everything once or twice, front to back.
   *
   * @throws io.entrepot.base.EntrepotException when the rows could not be read; that says nothing
   *     about them
   */
  public LedgerReport verify() {
    CheckpointCheck checkpoints = new CheckpointCheck(anchors, source.checkpoints());
    SortedSet<String> names = new TreeSet<>(source.streams());
    checkpoints.streams().forEach(names::add);
    List<StreamReport> reports =
        names.stream().map(name -> verify(name, checkpoints.of(name))).toList();
    return new LedgerReport(reports, checkpoints.refused());
  }

  private StreamReport verify(String stream, List<Checkpoint> checkpoints) {
    ChainCheck chain = new ChainCheck(stream, checkpoints);
    Optional<Breach> inChain;
    try (Stream<Block> blocks = source.blocks(stream)) {
      inChain = chain.check(blocks.iterator());
    }
    LedgerHead head = chain.head();
    boolean complete = inChain.isEmpty();
    Optional<Breach> inEntries;
    try (Stream<Block> blocks = source.blocks(stream);
        Stream<LedgerEntry> entries = source.entries(stream)) {
      inEntries = new EntryCheck(head, entries.iterator()).check(blocks.iterator(), complete);
    }
    List<Breach> breaches =
        Stream.concat(inChain.stream(), inEntries.stream()).sorted(FIRST_BAD_FIRST).toList();
    return new StreamReport(head, source.pending(stream), chain.furthest(), breaches);
  }
}

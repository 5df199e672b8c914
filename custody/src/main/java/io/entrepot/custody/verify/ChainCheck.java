// SPDX-License-Identifier: Apache-2.0
package io.entrepot.custody.verify;

import io.entrepot.custody.Block;
import io.entrepot.custody.BlockHeader;
import io.entrepot.custody.BlockSealer;
import io.entrepot.custody.Checkpoint;
import io.entrepot.custody.EntryRange;
import io.entrepot.custody.LedgerHasher;
import io.entrepot.custody.LedgerHead;
import io.entrepot.custody.verify.Breach.Kind;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Follows the blocks of one stream and holds them against its checkpoints; stops at a breach. */
final class ChainCheck {

  private final LedgerHasher hasher = new LedgerHasher();
  private final List<Checkpoint> checkpoints;
  private final List<Checkpoint> matched = new ArrayList<>();
  private LedgerHead head;
  private int next;

  /**
   * @param checkpoints of this stream, in the order of their blocks
   */
  ChainCheck(String stream, List<Checkpoint> checkpoints) {
    this.head = LedgerHead.empty(stream);
    this.checkpoints = checkpoints;
  }

  Optional<Breach> check(Iterator<Block> blocks) {
    try {
      while (blocks.hasNext()) {
        Optional<Breach> breach = follow(blocks.next());
        if (breach.isPresent()) {
          return breach;
        }
      }
    } catch (MalformedRowException e) {
      return Optional.of(changed(head.entries() + 1, String.valueOf(e.getMessage())));
    }
    return shortened();
  }

  /** The last block that fits all before it. */
  LedgerHead head() {
    return head;
  }

  /** The furthest checkpoint that agrees with the blocks. */
  Optional<Checkpoint> furthest() {
    return matched.isEmpty() ? Optional.empty() : Optional.of(matched.getLast());
  }

  private Optional<Breach> follow(Block block) {
    BlockHeader header = block.header();
    long number = header.name().number();
    if (number != head.block() + 1) {
      return Optional.of(outOfOrder(number, header.entries()));
    }
    long last = head.entries() + Math.max(1, block.leaves().length / LedgerHasher.LENGTH);
    if (!hasher.block(header).equals(block.hash())) {
      return Optional.of(changed(last, "its fields are not the ones its hash was made from"));
    }
    if (!header.previous().equals(head.blockHash())) {
      String message =
          "it does not follow block " + head.block() + ": one of the two was rewritten";
      return Optional.of(changed(last, message));
    }
    EntryRange entries = header.entries();
    if (entries.first() != head.entries() + 1) {
      return Optional.of(changed(last, "its entries do not continue those of the block before"));
    }
    if (entries.count() < 1 || entries.count() > BlockSealer.ENTRIES_AT_MOST) {
      String why = "no block has " + entries.count() + " entries";
      return Optional.of(changed(last, why));
    }
    head = block.head();
    return compareWithCheckpoints();
  }

  private Breach outOfOrder(long number, EntryRange entries) {
    if (number <= head.block()) {
      return changed(head.entries() + 1, "block number " + number + " is there twice");
    }
    long first = head.entries() + 1;
    EntryRange lost = EntryRange.between(first, Math.max(first, entries.first() - 1));
    long missing = head.block() + 1;
    String message = "block " + missing + " is missing; with it, what protected " + lost;
    return new Breach(Kind.BLOCK_MISSING, head.stream(), missing, lost, message);
  }

  private Breach changed(long last, String why) {
    long block = head.block() + 1;
    long first = provenBefore(Long.MAX_VALUE) + 1;
    EntryRange suspects = EntryRange.between(first, Math.max(first, last));
    String message = "block " + block + " is not the one that was sealed: " + why;
    return new Breach(Kind.BLOCK_CHANGED, head.stream(), block, suspects, message);
  }

  private Optional<Breach> compareWithCheckpoints() {
    for (; next < checkpoints.size(); next++) {
      Checkpoint checkpoint = checkpoints.get(next);
      if (checkpoint.head().block() > head.block()) {
        break;
      }
      if (!checkpoint.head().equals(head)) {
        return Optional.of(rewritten(checkpoint));
      }
      matched.add(checkpoint);
    }
    return Optional.empty();
  }

  private Breach rewritten(Checkpoint checkpoint) {
    long first = provenBefore(checkpoint.micros()) + 1;
    EntryRange suspects = EntryRange.between(first, Math.max(first, checkpoint.head().entries()));
    String message =
        "what was sealed up to "
            + time(checkpoint)
            + " has been replaced: the blocks fit each other, but block "
            + checkpoint.head().block()
            + " is not the one in the checkpoint; the first bad entry is among "
            + suspects;
    return new Breach(Kind.REWRITTEN, head.stream(), head.block(), suspects, message);
  }

  private Optional<Breach> shortened() {
    if (next == checkpoints.size()) {
      return Optional.empty();
    }
    Checkpoint furthest = checkpoints.getLast();
    long first = head.entries() + 1;
    long signed = furthest.head().entries();
    String message =
        "the ledger ends at entry "
            + head.entries()
            + ", but had "
            + signed
            + " entries at "
            + time(furthest)
            + ": its end was cut off, or an older copy was put in its place; entry "
            + first
            + " is the first that is missing";
    EntryRange missing = new EntryRange(first, 1);
    return Optional.of(
        new Breach(Kind.SHORTENED, head.stream(), head.block() + 1, missing, message));
  }

  /** A checkpoint made later may vouch for a copy that went its own way, so it does not count. */
  private long provenBefore(long micros) {
    return matched.stream()
        .filter(c -> c.micros() <= micros)
        .mapToLong(c -> c.head().entries())
        .max()
        .orElse(0);
  }

  private static String time(Checkpoint checkpoint) {
    return Instant.EPOCH.plus(checkpoint.micros(), ChronoUnit.MICROS).toString();
  }
}

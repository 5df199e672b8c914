// SPDX-License-Identifier: Apache-2.0
package io.entrepot.custody.verify;

import io.entrepot.base.Digest;
import io.entrepot.custody.Block;
import io.entrepot.custody.EntryRange;
import io.entrepot.custody.LedgerEntry;
import io.entrepot.custody.LedgerHasher;
import io.entrepot.custody.LedgerHead;
import io.entrepot.custody.MerkleTree;
import io.entrepot.custody.verify.Breach.Kind;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Holds the entries of one stream against its blocks; stops at the first that does not fit. */
final class EntryCheck {

  private final LedgerHasher leafHasher = new LedgerHasher();
  private final LedgerHasher nodeHasher = new LedgerHasher();
  private final LedgerHead head;
  private final Iterator<LedgerEntry> entries;
  private @Nullable LedgerEntry ahead;
  private long expected = 1;

  /**
   * @param head how far the blocks can be relied on
   */
  EntryCheck(LedgerHead head, Iterator<LedgerEntry> entries) {
    this.head = head;
    this.entries = entries;
  }

  /**
   * @param complete whether the stream ends at the head, so that no entry may follow
   */
  Optional<Breach> check(Iterator<Block> blocks, boolean complete) {
    try {
      while (expected <= head.entries()) {
        Optional<Breach> breach = check(blocks.next());
        if (breach.isPresent()) {
          return breach;
        }
      }
      LedgerEntry extra = complete ? peek() : null;
      return extra == null
          ? Optional.empty()
          : Optional.of(unexpected(extra, "it belongs to no block"));
    } catch (MalformedRowException e) {
      return Optional.of(breach(Kind.ENTRY_CHANGED, 0, expected, String.valueOf(e.getMessage())));
    }
  }

  private Optional<Breach> check(Block block) {
    long number = block.header().name().number();
    EntryRange range = block.header().entries();
    byte[] leaves = block.leaves();
    Digest root = block.header().root();
    boolean listed = isListOf(leaves, range, root);
    MerkleTree actual = new MerkleTree(nodeHasher);
    for (int at = 0; expected <= range.last(); at += LedgerHasher.LENGTH, expected++) {
      LedgerEntry entry = peek();
      if (entry == null || entry.sequence() > expected) {
        return Optional.of(breach(Kind.ENTRY_MISSING, number, expected, "it is missing"));
      }
      if (entry.sequence() < expected) {
        return Optional.of(unexpected(entry, "it is there twice or has an impossible number"));
      }
      byte[] leaf = leafHasher.leaf(entry);
      if (!listed) {
        actual.add(leaf);
      } else if (!Arrays.equals(leaf, 0, leaf.length, leaves, at, at + leaf.length)) {
        String why = "it is not what was sealed at this place";
        return Optional.of(breach(Kind.ENTRY_CHANGED, number, expected, why));
      }
      ahead = null;
    }
    return listed ? Optional.empty() : Optional.of(unlisted(block, actual.root().equals(root)));
  }

  /** Only a list that the root vouches for can tell which entry is wrong. */
  private boolean isListOf(byte[] leaves, EntryRange range, Digest root) {
    return leaves.length == Math.multiplyExact(range.count(), LedgerHasher.LENGTH)
        && MerkleTree.rootOf(leaves, nodeHasher).equals(root);
  }

  private Breach unlisted(Block block, boolean entriesGood) {
    long number = block.header().name().number();
    String list = "the list of leaves in block " + number + " was changed";
    if (entriesGood) {
      String message = list + "; the entries are what was sealed";
      return new Breach(Kind.BLOCK_CHANGED, head.stream(), number, Breach.NO_ENTRY, message);
    }
    EntryRange range = block.header().entries();
    String message = list + " and so was at least one of " + range;
    return new Breach(Kind.ENTRY_CHANGED, head.stream(), number, range, message);
  }

  private Breach unexpected(LedgerEntry entry, String why) {
    return breach(Kind.ENTRY_UNEXPECTED, 0, entry.sequence(), why);
  }

  private Breach breach(Kind kind, long block, long sequence, String why) {
    String where = block == 0 ? "" : " (block " + block + ")";
    String message = "entry " + sequence + where + ": " + why;
    return new Breach(kind, head.stream(), block, new EntryRange(sequence, 1), message);
  }

  private @Nullable LedgerEntry peek() {
    if (ahead == null && entries.hasNext()) {
      ahead = entries.next();
    }
    return ahead;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.custody;

import io.entrepot.base.Digest;
import java.util.List;

/** Numbers entries and seals them as the next block of their stream. */
public final class BlockSealer {

  /** Most entries of one block: bounds what a verifier holds in memory and a closer locks. */
  public static final int ENTRIES_AT_MOST = 10_000;

  private final LedgerHasher hasher = new LedgerHasher();

  /**
   * The block that follows {@code head}. The entry at index i of {@code pending} becomes sequence
   * {@code head.entries() + 1 + i}.
   *
   * @throws IllegalArgumentException when there are none, or more than {@link #ENTRIES_AT_MOST}
   */
  public Block seal(LedgerHead head, List<EntryContent> pending, long closedMicros) {
    if (pending.isEmpty() || pending.size() > ENTRIES_AT_MOST) {
      throw new IllegalArgumentException(
          "a block has 1 to " + ENTRIES_AT_MOST + " entries, not " + pending.size());
    }
    EntryRange range = new EntryRange(head.entries() + 1, pending.size());
    byte[] leaves = leaves(head.stream(), range, pending);
    BlockName name = new BlockName(head.stream(), head.block() + 1);
    Digest root = MerkleTree.rootOf(leaves, hasher);
    BlockHeader header = new BlockHeader(name, range, root, head.blockHash(), closedMicros);
    return new Block(header, hasher.block(header), leaves);
  }

  private byte[] leaves(String stream, EntryRange range, List<EntryContent> pending) {
    byte[] leaves = new byte[pending.size() * LedgerHasher.LENGTH];
    for (int i = 0; i < pending.size(); i++) {
      byte[] leaf = hasher.leaf(new LedgerEntry(stream, range.first() + i, pending.get(i)));
      System.arraycopy(leaf, 0, leaves, i * LedgerHasher.LENGTH, LedgerHasher.LENGTH);
    }
    return leaves;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.custody;

import io.entrepot.base.Digest;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Computes a Merkle root from leaves that come one by one, in memory that grows with the logarithm
 * of their number. The left part of every node is the largest complete tree that fits.
 */
public final class MerkleTree {

  /** A complete tree over 2^height leaves. */
  private record Peak(int height, byte[] hash) {}

  private final LedgerHasher hasher;
  private final Deque<Peak> peaks = new ArrayDeque<>();

  public MerkleTree(LedgerHasher hasher) {
    this.hasher = hasher;
  }

  /** The root of leaves that lie one after the other, 32 bytes each. */
  public static Digest rootOf(byte[] leaves, LedgerHasher hasher) {
    MerkleTree tree = new MerkleTree(hasher);
    for (int at = 0; at < leaves.length; at += LedgerHasher.LENGTH) {
      tree.add(Arrays.copyOfRange(leaves, at, at + LedgerHasher.LENGTH));
    }
    return tree.root();
  }

  public void add(byte[] leaf) {
    Peak peak = new Peak(0, leaf);
    while (!peaks.isEmpty() && peaks.getLast().height() == peak.height()) {
      byte[] joined = hasher.node(peaks.removeLast().hash(), peak.hash());
      peak = new Peak(peak.height() + 1, joined);
    }
    peaks.addLast(peak);
  }

  /**
   * The root of what was added; the tree is empty afterwards.
   *
   * @throws IllegalStateException when nothing was added
   */
  public Digest root() {
    if (peaks.isEmpty()) {
      throw new IllegalStateException("a tree without leaves has no root");
    }
    byte[] right = peaks.removeLast().hash();
    while (!peaks.isEmpty()) {
      right = hasher.node(peaks.removeLast().hash(), right);
    }
    return LedgerHasher.digest(right);
  }
}

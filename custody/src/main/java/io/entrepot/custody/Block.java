// SPDX-License-Identifier: Apache-2.0
package io.entrepot.custody;

import io.entrepot.base.Digest;
import java.util.Arrays;

/**
 * A sealed block as it is kept.
 *
 * @param hash what the header hashed to when it was closed
 * @param leaves the leaves of its entries one after the other, 32 bytes each; not copied, so never
 *     change it
 */
@SuppressWarnings("ArrayRecordComponent") // compared by hash; copied on no path
public record Block(BlockHeader header, Digest hash, byte[] leaves) {

  /** What a stream looks like that ends in this block. */
  public LedgerHead head() {
    return new LedgerHead(
        header.name().stream(), header.entries().last(), header.name().number(), hash);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Block that
        && header.equals(that.header)
        && hash.equals(that.hash)
        && Arrays.equals(leaves, that.leaves);
  }

  @Override
  public int hashCode() {
    return hash.hashCode();
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.custody;

import io.entrepot.base.Digest;
import io.entrepot.base.DigestAlgorithm;

/**
 * How far a stream has come.
 *
 * @param entries how many sealed entries it has
 * @param block number of its last block; 0 when it has none
 * @param blockHash hash of that block; zeros when there is none
 */
public record LedgerHead(String stream, long entries, long block, Digest blockHash) {

  /** What takes the place of a hash before the first block. */
  static final Digest ZEROS = new Digest(DigestAlgorithm.SHA256, "0".repeat(64));

  /** A stream that nothing was sealed in. */
  public static LedgerHead empty(String stream) {
    return new LedgerHead(stream, 0, 0, ZEROS);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.mover;

/** How a copy is shown to hold the bytes that were read from its source. */
public enum ProofMethod {
  /**
   * The whole copy was read back and its XXH64 equals the source's. A cache between us and the
   * medium may have answered.
   */
  READ_BACK,
  /**
   * As {@link #READ_BACK}, and the store was asked for the bytes the medium holds, which it can
   * deliver.
   */
  READ_BACK_PAST_CACHE,
  /** The store computed a digest over what it holds, and it equals the source's. */
  SERVER_DIGEST
}

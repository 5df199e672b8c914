// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.mover;

/** How a copy is shown to hold the bytes that were read from its source. */
public enum ProofMethod {
  /**
   * The whole copy was read back and its XXH64 equals the source's. A cache of the target's machine
   * may have answered.
   */
  READ_BACK,
  /**
   * As {@link #READ_BACK}, but the copy was flushed to its medium first and the store was asked to
   * read past its cache. A store that cannot (a file system in memory, a remote one with a cache of
   * its own) does not say so. Flushing files one by one is slow, so within a batch it is done from
   * 16 MiB on; smaller files are given {@link #READ_BACK}.
   */
  READ_BACK_PAST_CACHE,
  /** The store computed a digest over what it holds, and it equals the source's. */
  SERVER_DIGEST
}

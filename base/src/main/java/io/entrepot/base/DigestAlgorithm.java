// SPDX-License-Identifier: Apache-2.0
package io.entrepot.base;

/** The digests the house computes. */
public enum DigestAlgorithm {
  /** XXH64 with seed 0: fast comparison, no protection against a forger. */
  XXH64(8),
  /** SHA-256: identity. */
  SHA256(32),
  /** MD5, only where a published contract asks for it. */
  MD5(16);

  private final int length;

  DigestAlgorithm(int length) {
    this.length = length;
  }

  /** Length of a digest in bytes. */
  public int length() {
    return length;
  }
}

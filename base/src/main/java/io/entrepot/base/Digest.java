// SPDX-License-Identifier: Apache-2.0
package io.entrepot.base;

/**
 * The digest of some bytes.
 *
 * @param hex lower-case hex digits, two for each byte; XXH64 is written most significant byte first
 */
public record Digest(DigestAlgorithm algorithm, String hex) {

  public Digest {
    if (!LowerHex.is(hex, 2 * algorithm.length())) {
      throw new IllegalArgumentException(
          algorithm + " is " + 2 * algorithm.length() + " lower-case hex digits, not " + hex);
    }
  }

  @Override
  public String toString() {
    return algorithm + ":" + hex;
  }
}

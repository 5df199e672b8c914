// SPDX-License-Identifier: Apache-2.0
package io.entrepot.base;

import java.util.regex.Pattern;

/**
 * The digest of some bytes.
 *
 * @param hex lower-case hex digits, two for each byte; XXH64 is written most significant byte first
 */
public record Digest(DigestAlgorithm algorithm, String hex) {

  private static final Pattern HEX = Pattern.compile("[0-9a-f]*");

  public Digest {
    if (hex.length() != 2 * algorithm.length() || !HEX.matcher(hex).matches()) {
      throw new IllegalArgumentException(
          algorithm + " is " + 2 * algorithm.length() + " lower-case hex digits, not " + hex);
    }
  }

  @Override
  public String toString() {
    return algorithm + ":" + hex;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.base;

import java.util.HexFormat;

/** Lower-case hex digits of a fixed number; made and checked a few times for every file. */
final class LowerHex {

  private static final HexFormat FORMAT = HexFormat.of();

  private LowerHex() {}

  /** The lowest bits of a value. */
  static String of(long value, int digits) {
    return FORMAT.toHexDigits(value, digits);
  }

  static boolean is(String text, int digits) {
    if (text.length() != digits) {
      return false;
    }
    for (int i = 0; i < digits; i++) {
      char digit = text.charAt(i);
      boolean hex = (digit >= '0' && digit <= '9') || (digit >= 'a' && digit <= 'f');
      if (!hex) {
        return false;
      }
    }
    return true;
  }
}

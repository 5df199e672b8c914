// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import java.math.BigDecimal;
import java.util.Optional;

/** Whole numbers that people read and write in a greater unit: 5,000 bytes are 5 kB. */
final class Units {

  private static final int LONGEST = 20;

  private Units() {}

  static String shown(long number, long unit) {
    return BigDecimal.valueOf(number)
        .divide(BigDecimal.valueOf(unit))
        .stripTrailingZeros()
        .toPlainString();
  }

  /** Empty for what is no number, or not a whole one of the smaller unit. */
  static Optional<Long> whole(String text, long unit) {
    try {
      return text.length() > LONGEST || !text.matches("[0-9]*[.]?[0-9]+")
          ? Optional.empty()
          : Optional.of(new BigDecimal(text).multiply(BigDecimal.valueOf(unit)).longValueExact());
    } catch (ArithmeticException | NumberFormatException _) {
      return Optional.empty();
    }
  }
}

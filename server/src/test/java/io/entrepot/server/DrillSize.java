// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server;

import java.util.Locale;
import java.util.Random;

/**
 * How many faults a test does: few of them amid the other tests, more when {@code ./entrepot drill}
 * asks for it.
 */
public enum DrillSize {
  SHORT,
  SMOKE,
  FULL;

  private static final DrillSize ASKED =
      valueOf(System.getProperty("drill.size", "short").toUpperCase(Locale.ROOT));

  /** One of three numbers, by size. */
  public static int of(int inTest, int smoke, int full) {
    return switch (ASKED) {
      case SHORT -> inTest;
      case SMOKE -> smoke;
      case FULL -> full;
    };
  }

  /** Whether this is one test among the others. */
  public static boolean isShort() {
    return ASKED == SHORT;
  }

  /** Choices that can be repeated: prints its seed, unless the drill has given it one. */
  public static Random random() {
    long seed = Long.getLong("drill.seed", System.nanoTime());
    System.out.println("seed " + seed);
    return new Random(seed);
  }

  /** Says in one line what was done and how it came out, for the verdict of the drill. */
  public static void tell(String line, Object... values) {
    System.out.println("drill: " + line.formatted(values));
  }
}

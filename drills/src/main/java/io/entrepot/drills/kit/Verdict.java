// SPDX-License-Identifier: Apache-2.0
package io.entrepot.drills.kit;

import java.util.List;

/**
 * How a drill ended.
 *
 * @param text one line with the counts that were reached
 */
public record Verdict(Kind kind, String text) {

  /** What a drill says of the server. */
  public enum Kind {
    /** It stood the drill. */
    GREEN,
    /** It did wrong. */
    RED,
    /** Nothing: the drill could not be carried through here. */
    CANNOT
  }

  public static Verdict green(String text) {
    return new Verdict(Kind.GREEN, "GREEN " + text);
  }

  public static Verdict red(String text) {
    return new Verdict(Kind.RED, "RED " + text);
  }

  /** For what the server has no part in: something is not installed, or the drill broke down. */
  public static Verdict cannot(String text) {
    return new Verdict(Kind.CANNOT, "CANNOT " + text);
  }

  public boolean green() {
    return kind == Kind.GREEN;
  }

  /**
   * The same, with what was left out because this machine has no means for it. In CI, which is to
   * have them all, that is no success.
   */
  public Verdict without(List<String> leftOut) {
    return without(leftOut, "true".equals(System.getenv("CI")));
  }

  Verdict without(List<String> leftOut, boolean needed) {
    if (leftOut.isEmpty()) {
      return this;
    }
    String told = "; left out: " + String.join(", ", leftOut);
    return green() && needed
        ? red(text.substring("GREEN ".length()) + told + ", which CI has to have")
        : new Verdict(kind, text + told);
  }
}

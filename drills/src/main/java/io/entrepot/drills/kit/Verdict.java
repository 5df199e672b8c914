// SPDX-License-Identifier: Apache-2.0
package io.entrepot.drills.kit;

/**
 * How a drill ended.
 *
 * @param text one line with the counts that were reached
 */
public record Verdict(boolean green, String text) {

  public static Verdict green(String text) {
    return new Verdict(true, "GREEN " + text);
  }

  public static Verdict red(String text) {
    return new Verdict(false, "RED " + text);
  }
}

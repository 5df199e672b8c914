// SPDX-License-Identifier: Apache-2.0
package io.entrepot.drills;

/**
 * How a drill ended.
 *
 * @param text one line with the counts that were reached
 */
record Verdict(boolean green, String text) {

  static Verdict green(String text) {
    return new Verdict(true, "GREEN " + text);
  }

  static Verdict red(String text) {
    return new Verdict(false, "RED " + text);
  }
}

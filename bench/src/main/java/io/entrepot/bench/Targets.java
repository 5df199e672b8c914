// SPDX-License-Identifier: Apache-2.0
package io.entrepot.bench;

import java.util.ArrayList;
import java.util.List;

/** What the figures of all benches are held to, and which of them missed it. */
final class Targets {

  private final List<String> missed = new ArrayList<>();

  /**
   * Holds a figure to its target.
   *
   * @param most what it may be at most
   */
  void demand(String what, double figure, double most) {
    if (figure > most) {
      missed.add("%s is %.2f, and its target %.0f".formatted(what, figure, most));
    }
  }

  /** A line for each that was missed. */
  List<String> missed() {
    return List.copyOf(missed);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.bench;

import java.util.List;

/** Of figures in order. */
record Quantiles(List<Double> sorted) {

  /**
   * @param values at least one, in any order
   */
  static Quantiles of(List<Double> values) {
    return new Quantiles(values.stream().sorted().toList());
  }

  /** The one in the middle, or what lies midway between the two in the middle. */
  double median() {
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /** So many of a hundred are below it, or it. */
  double percentile(int percent) {
    return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
  }

  double worst() {
    return sorted.getLast();
  }
}

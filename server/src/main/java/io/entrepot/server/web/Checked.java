// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import io.entrepot.server.harvest.InstrumentCheck;
import java.util.List;

/** The outcome of a connection test as a page shows it. */
record Checked(String summary, List<Step> steps) {

  record Step(String name, boolean good, String detail, String took) {}

  static Checked of(List<InstrumentCheck.Step> made) {
    List<Step> steps =
        made.stream()
            .map(step -> new Step(step.name(), step.good(), step.detail(), Words.span(step.took())))
            .toList();
    long good = steps.stream().filter(Step::good).count();
    return new Checked(
        good == steps.size() ? "All good" : good + " of " + steps.size() + " good", steps);
  }

  /** A test that is one step. */
  static Checked single(String name, boolean good, String detail) {
    return new Checked(good ? "All good" : "Not good", List.of(new Step(name, good, detail, "")));
  }
}

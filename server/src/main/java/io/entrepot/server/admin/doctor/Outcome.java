// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.admin.doctor;

import java.util.List;

/** What a check found. */
sealed interface Outcome {

  /** Nothing is wrong. */
  record Well() implements Outcome {}

  /**
   * @param faults at least one
   */
  record Faulty(List<Fault> faults) implements Outcome {
    public Faulty {
      faults = List.copyOf(faults);
    }
  }

  /** There is nothing to look at here. */
  record NotApplicable(String why) implements Outcome {}

  /**
   * One thing that is wrong.
   *
   * @param problem what it is, and where
   * @param remedy what to do about it
   */
  record Fault(String problem, String remedy) {}

  static Outcome well() {
    return new Well();
  }

  static Outcome fault(String problem, String remedy) {
    return new Faulty(List.of(new Fault(problem, remedy)));
  }

  static Outcome of(List<Fault> faults) {
    return faults.isEmpty() ? well() : new Faulty(faults);
  }

  static Outcome notApplicable(String why) {
    return new NotApplicable(why);
  }
}

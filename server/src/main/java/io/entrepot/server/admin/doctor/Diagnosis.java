// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.admin.doctor;

/** What one check found, by the check's name. */
record Diagnosis(String check, Outcome outcome) {

  boolean isFaulty() {
    return outcome instanceof Outcome.Faulty;
  }
}

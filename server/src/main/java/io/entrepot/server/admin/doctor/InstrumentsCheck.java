// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.admin.doctor;

import io.entrepot.base.ErrorCode;

/** Whether every instrument in use answers and its folder is there. */
final class InstrumentsCheck implements Check {

  private final Books books;
  private final Visits visits;

  InstrumentsCheck(Books books, Visits visits) {
    this.books = books;
    this.visits = visits;
  }

  @Override
  public String name() {
    return "instruments";
  }

  @Override
  public Outcome look() {
    if (!visits.arePossible()) {
      return Outcome.notApplicable("there is no keys/secrets.key");
    }
    return books.consult(
        database ->
            Outcome.of(
                visits.instruments(database).stream()
                    .filter(visit -> visit.code() != ErrorCode.STORE_HOST_KEY_CHANGED)
                    .map(Visits.Visit::fault)
                    .toList()));
  }
}

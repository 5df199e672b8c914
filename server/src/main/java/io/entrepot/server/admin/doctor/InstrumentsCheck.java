// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.admin.doctor;

import io.entrepot.base.ErrorCode;
import java.util.function.Predicate;

/**
 * Whether every instrument in use can be visited.
 *
 * @param counts which of the failures of a visit are told by this check
 */
record InstrumentsCheck(String name, Books books, Visits visits, Predicate<ErrorCode> counts)
    implements Check {

  /** Whether every one answers and its folder is there. */
  static Check answers(Books books, Visits visits) {
    return new InstrumentsCheck(
        "instruments", books, visits, code -> code != ErrorCode.STORE_HOST_KEY_CHANGED);
  }

  /** Whether every machine shows the host key that it always had. */
  static Check hostKeys(Books books, Visits visits) {
    return new InstrumentsCheck(
        "host keys", books, visits, code -> code == ErrorCode.STORE_HOST_KEY_CHANGED);
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
                    .filter(visit -> counts.test(visit.code()))
                    .map(Visits.Visit::fault)
                    .toList()));
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.admin.doctor;

/** Whether every storage location in use can be read. */
final class StorageCheck implements Check {

  private final Books books;
  private final Visits visits;

  StorageCheck(Books books, Visits visits) {
    this.books = books;
    this.visits = visits;
  }

  @Override
  public String name() {
    return "storage locations";
  }

  @Override
  public Outcome look() {
    if (!visits.arePossible()) {
      return Outcome.notApplicable("there is no keys/secrets.key");
    }
    return books.consult(
        database ->
            Outcome.of(visits.storage(database).stream().map(Visits.Visit::fault).toList()));
  }
}

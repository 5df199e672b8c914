// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.runs;

import io.entrepot.base.Id;
import io.entrepot.server.database.Database;
import io.entrepot.server.database.Micros;
import java.time.Instant;
import java.util.Optional;

/** SQL access to what stands still, and whether somebody was told of it. */
final class StandstillTable {

  private final Database database;

  StandstillTable(Database database) {
    this.database = database;
  }

  /**
   * One that goes on.
   *
   * @param since when it was first seen
   */
  record Standstill(Instant since, boolean told) {}

  Optional<Standstill> find(String kind, Id subject) {
    return database
        .sql("select since, told_at from standstill where kind = ? and subject = ?")
        .params(kind, subject.hex())
        .query(
            (row, _) ->
                new Standstill(
                    Micros.instant(row.getLong("since")), row.getObject("told_at") != null))
        .optional();
  }

  /** Begins one that nobody was told of. */
  void begin(String kind, Id subject, Instant now) {
    database
        .sql("insert into standstill (kind, subject, since) values (?, ?, ?)")
        .params(kind, subject.hex(), Micros.of(now))
        .update();
  }

  void told(String kind, Id subject, Instant now) {
    database
        .sql("update standstill set told_at = ? where kind = ? and subject = ?")
        .params(Micros.of(now), kind, subject.hex())
        .update();
  }

  void end(String kind, Id subject) {
    database
        .sql("delete from standstill where kind = ? and subject = ?")
        .params(kind, subject.hex())
        .update();
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge.answers;

import io.entrepot.base.Id;
import io.entrepot.server.database.Database;
import io.entrepot.server.database.Micros;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** SQL access to kept answers. */
final class AnswerTable {

  private final Database database;

  AnswerTable(Database database) {
    this.database = database;
  }

  /**
   * @param content what was asked, sealed
   * @param answer sealed; null while it is carried out
   */
  record Row(Id id, String content, @Nullable String answer) {}

  /** Adds a row without an answer; false when there is one of that name which has not ended. */
  boolean insert(Id id, String name, String content, Instant now, Instant end) {
    database
        .sql("delete from kept_answer where name = ? and expires_at <= ?")
        .params(name, Micros.of(now))
        .update();
    return database
            .sql(
                "insert into kept_answer (id, name, content, expires_at) values (?, ?, ?, ?)"
                    + " on conflict (name) do nothing")
            .params(id.hex(), name, content, Micros.of(end))
            .update()
        == 1;
  }

  Optional<Row> find(String name) {
    return database
        .sql("select id, content, answer from kept_answer where name = ?")
        .param(name)
        .query(
            (row, _) ->
                new Row(
                    new Id(row.getString("id")),
                    Objects.requireNonNull(row.getString("content")),
                    row.getString("answer")))
        .optional();
  }

  void answer(Id id, String answer, Instant end) {
    database
        .sql("update kept_answer set answer = ?, expires_at = ? where id = ?")
        .params(answer, Micros.of(end), id.hex())
        .update();
  }

  void delete(Id id) {
    database.sql("delete from kept_answer where id = ?").param(id.hex()).update();
  }

  void deleteEnded(Instant now) {
    database.sql("delete from kept_answer where expires_at <= ?").param(Micros.of(now)).update();
  }
}

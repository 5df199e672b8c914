// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.instruments;

import io.entrepot.base.Id;
import io.entrepot.server.database.Database;
import io.entrepot.server.database.Micros;
import io.entrepot.server.database.Slice;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** SQL access to requests for instruments. */
final class InstrumentRequestTable {

  private final Database database;

  InstrumentRequestTable(Database database) {
    this.database = database;
  }

  void insert(InstrumentRequest request) {
    InstrumentRequest.Wish wish = request.wish();
    database
        .sql(
            """
            insert into instrument_request
              (id, requester_id, name, location, harvest_frequency, description, justification,
               status, created_at, updated_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .param(request.id().hex())
        .param(request.requester().hex())
        .param(wish.name())
        .param(wish.location())
        .param(wish.frequency())
        .param(wish.description())
        .param(wish.justification())
        .param(request.status().word())
        .param(Micros.of(request.createdAt()))
        .param(Micros.of(request.updatedAt()))
        .update();
  }

  void update(InstrumentRequest request) {
    database
        .sql(
            "update instrument_request set status = ?, admin_notes = ?, updated_at = ?"
                + " where id = ?")
        .param(request.status().word())
        .param(request.adminNotes())
        .param(Micros.of(request.updatedAt()))
        .param(request.id().hex())
        .update();
  }

  Optional<InstrumentRequest> find(Id id) {
    return database
        .sql("select * from instrument_request where id = ?")
        .param(id.hex())
        .query(InstrumentRequestTable::read)
        .optional();
  }

  long undecided(Id requester) {
    return database
        .sql("select count(*) from instrument_request where requester_id = ? and status = ?")
        .params(requester.hex(), InstrumentRequest.Status.PENDING.word())
        .query(Long.class)
        .single();
  }

  /**
   * @param requester null for everybody's
   */
  Slice.Part<InstrumentRequest> list(@Nullable Id requester, Slice slice) {
    String from = " from instrument_request" + (requester == null ? "" : " where requester_id = ?");
    List<Object> parameters =
        new ArrayList<>(requester == null ? List.of() : List.of(requester.hex()));
    long total =
        database.sql("select count(*)" + from).params(parameters).query(Long.class).single();
    parameters.add(slice.limit());
    parameters.add(slice.skip());
    return new Slice.Part<>(
        database
            .sql("select *" + from + " order by id limit ? offset ?")
            .params(parameters)
            .query(InstrumentRequestTable::read)
            .list(),
        total);
  }

  private static InstrumentRequest read(ResultSet row, int number) throws SQLException {
    return new InstrumentRequest(
        new Id(row.getString("id")),
        new Id(row.getString("requester_id")),
        new InstrumentRequest.Wish(
            row.getString("name"),
            row.getString("location"),
            row.getString("harvest_frequency"),
            row.getString("description"),
            row.getString("justification")),
        InstrumentRequest.Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
        row.getString("admin_notes"),
        Micros.instant(row.getLong("created_at")),
        Micros.instant(row.getLong("updated_at")));
  }
}

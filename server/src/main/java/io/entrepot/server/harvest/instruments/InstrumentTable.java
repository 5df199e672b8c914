// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.instruments;

import io.entrepot.base.Id;
import io.entrepot.server.database.Database;
import io.entrepot.server.database.Json;
import io.entrepot.server.database.Micros;
import io.entrepot.server.database.Slice;
import io.entrepot.server.identity.SoftDeletion;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** SQL access to instruments. */
final class InstrumentTable implements SoftDeletion.Rows<Instrument> {

  private final Database database;

  InstrumentTable(Database database) {
    this.database = database;
  }

  void insert(Instrument instrument) {
    settings(
            database.sql(
                """
                insert into instrument (name, folder, description, location, pid, cifs_host,
                  cifs_share, cifs_base_path, service_account_id, transfer_adapter,
                  transfer_config, enabled, updated_at, created_at, id)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """),
            instrument)
        .param(Micros.of(instrument.createdAt()))
        .param(instrument.id().hex())
        .update();
  }

  void update(Instrument instrument) {
    settings(
            database.sql(
                """
                update instrument set name = ?, folder = ?, description = ?, location = ?,
                  pid = ?, cifs_host = ?, cifs_share = ?, cifs_base_path = ?,
                  service_account_id = ?, transfer_adapter = ?, transfer_config = ?, enabled = ?,
                  updated_at = ?
                where id = ?
                """),
            instrument)
        .param(instrument.id().hex())
        .update();
  }

  private static StatementSpec settings(StatementSpec statement, Instrument instrument) {
    InstrumentDraft draft = instrument.settings();
    Id account = draft.address().serviceAccount();
    return statement
        .param(draft.name())
        .param(instrument.folder())
        .param(draft.about().description())
        .param(draft.about().location())
        .param(draft.about().pid())
        .param(draft.address().host())
        .param(draft.address().share())
        .param(draft.address().basePath())
        .param(account == null ? null : account.hex())
        .param(draft.transferAdapter())
        .param(Json.text(draft.transferConfig()))
        .param(draft.enabled() ? 1 : 0)
        .param(Micros.of(instrument.updatedAt()));
  }

  @Override
  public void markDeleted(Id id, Instant now) {
    database
        .sql("update instrument set deleted_at = ?, enabled = 0, updated_at = ? where id = ?")
        .params(Micros.of(now), Micros.of(now), id.hex())
        .update();
  }

  @Override
  public boolean unmarkDeleted(Id id, Instant now) {
    return database
            .sql(
                "update instrument set deleted_at = null, updated_at = ?"
                    + " where id = ? and deleted_at is not null")
            .params(Micros.of(now), id.hex())
            .update()
        == 1;
  }

  void harvested(Id id, Instant now) {
    database
        .sql("update instrument set last_harvested_at = ? where id = ?")
        .params(Micros.of(now), id.hex())
        .update();
  }

  @Override
  public Optional<Instrument> find(Id id) {
    return database
        .sql("select * from instrument where id = ?")
        .param(id.hex())
        .query(InstrumentTable::read)
        .optional();
  }

  /** Gives the folder to the instrument for good; false when another one has it or had it. */
  boolean claimFolder(String folder, Id instrument) {
    database
        .sql(
            "insert into instrument_folder_given (folder, instrument_id) values (?, ?)"
                + " on conflict (folder) do nothing")
        .params(folder, instrument.hex())
        .update();
    return database
        .sql("select instrument_id from instrument_folder_given where folder = ?")
        .param(folder)
        .query(String.class)
        .single()
        .equals(instrument.hex());
  }

  List<String> namesUsingAccount(Id account) {
    return database
        .sql(
            "select name from instrument where service_account_id = ? and deleted_at is null"
                + " order by name")
        .param(account.hex())
        .query((row, _) -> row.getString(1))
        .list();
  }

  Slice.Part<Instrument> list(Slice slice) {
    String which = slice.withDeleted() ? "" : " where deleted_at is null";
    long total = database.sql("select count(*) from instrument" + which).query(Long.class).single();
    return new Slice.Part<>(
        database
            .sql("select * from instrument" + which + " order by created_at, id limit ? offset ?")
            .params(slice.limit(), slice.skip())
            .query(InstrumentTable::read)
            .list(),
        total);
  }

  private static Instrument read(ResultSet row, int number) throws SQLException {
    InstrumentDraft draft =
        new InstrumentDraft(
            row.getString("name"),
            new InstrumentDraft.Address(
                row.getString("cifs_host"),
                row.getString("cifs_share"),
                row.getString("cifs_base_path"),
                idOrNull(row.getString("service_account_id"))),
            new InstrumentDraft.About(
                row.getString("description"), row.getString("location"), row.getString("pid")),
            row.getString("transfer_adapter"),
            Json.object(row.getString("transfer_config")),
            row.getInt("enabled") == 1);
    return new Instrument(
        new Id(row.getString("id")),
        draft,
        row.getString("folder"),
        Micros.instantOrNull((Number) row.getObject("last_harvested_at")),
        Micros.instant(row.getLong("created_at")),
        Micros.instant(row.getLong("updated_at")),
        Micros.instantOrNull((Number) row.getObject("deleted_at")));
  }

  private static @Nullable Id idOrNull(@Nullable String hex) {
    return hex == null ? null : new Id(hex);
  }
}

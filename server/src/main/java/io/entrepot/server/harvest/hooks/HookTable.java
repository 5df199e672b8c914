// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.hooks;

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
import java.util.Locale;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** SQL access to hooks. */
final class HookTable implements SoftDeletion.Rows<Hook> {

  private final Database database;

  HookTable(Database database) {
    this.database = database;
  }

  void insert(Hook hook, Instant now) {
    settings(
            database.sql(
                """
                insert into hook (name, description, trigger_point, implementation, builtin_name,
                  script_path, webhook_url, config, instrument_id, priority, enabled, created_at,
                  id)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """),
            hook)
        .param(Micros.of(now))
        .param(hook.id().hex())
        .update();
  }

  void update(Hook hook) {
    settings(
            database.sql(
                """
                update hook set name = ?, description = ?, trigger_point = ?, implementation = ?,
                  builtin_name = ?, script_path = ?, webhook_url = ?, config = ?,
                  instrument_id = ?, priority = ?, enabled = ?
                where id = ?
                """),
            hook)
        .param(hook.id().hex())
        .update();
  }

  private static StatementSpec settings(StatementSpec statement, Hook hook) {
    HookDraft draft = hook.settings();
    Id instrument = draft.instrument();
    return statement
        .param(draft.name())
        .param(draft.description())
        .param(draft.point().word())
        .param(draft.action().implementation().word())
        .param(draft.action().builtinName())
        .param(draft.action().scriptPath())
        .param(draft.action().webhookUrl())
        .param(Json.text(draft.config()))
        .param(instrument == null ? null : instrument.hex())
        .param(draft.priority())
        .param(draft.enabled() ? 1 : 0);
  }

  @Override
  public void markDeleted(Id id, Instant now) {
    database
        .sql("update hook set deleted_at = ?, enabled = 0 where id = ?")
        .params(Micros.of(now), id.hex())
        .update();
  }

  @Override
  public boolean unmarkDeleted(Id id, Instant now) {
    return database
            .sql("update hook set deleted_at = null where id = ? and deleted_at is not null")
            .param(id.hex())
            .update()
        == 1;
  }

  @Override
  public Optional<Hook> find(Id id) {
    return database
        .sql("select * from hook where id = ?")
        .param(id.hex())
        .query(HookTable::read)
        .optional();
  }

  /** The hooks in force for one instrument, in the order in which they are asked. */
  List<Hook> inForce(Id instrument) {
    return database
        .sql(
            """
            select * from hook
            where enabled = 1 and deleted_at is null
              and (instrument_id is null or instrument_id = ?)
            order by priority, created_at, id
            """)
        .param(instrument.hex())
        .query(HookTable::read)
        .list();
  }

  Slice.Part<Hook> list(Slice slice) {
    String which = slice.withDeleted() ? "" : " where deleted_at is null";
    long total = database.sql("select count(*) from hook" + which).query(Long.class).single();
    return new Slice.Part<>(
        database
            .sql("select * from hook" + which + " order by created_at, id limit ? offset ?")
            .params(slice.limit(), slice.skip())
            .query(HookTable::read)
            .list(),
        total);
  }

  private static Hook read(ResultSet row, int number) throws SQLException {
    String instrument = row.getString("instrument_id");
    HookDraft draft =
        new HookDraft(
            row.getString("name"),
            row.getString("description"),
            HookDraft.Point.valueOf(row.getString("trigger_point").toUpperCase(Locale.ROOT)),
            new HookDraft.Action(
                HookDraft.Implementation.valueOf(
                    row.getString("implementation").toUpperCase(Locale.ROOT)),
                row.getString("builtin_name"),
                row.getString("script_path"),
                row.getString("webhook_url")),
            Json.object(row.getString("config")),
            instrument == null ? null : new Id(instrument),
            row.getInt("priority"),
            row.getInt("enabled") == 1);
    return new Hook(
        new Id(row.getString("id")),
        draft,
        Micros.instantOrNull((Number) row.getObject("deleted_at")));
  }
}

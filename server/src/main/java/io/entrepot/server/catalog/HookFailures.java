// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.catalog;

import io.entrepot.base.Id;
import io.entrepot.server.database.Database;
import io.entrepot.server.database.Json;
import io.entrepot.server.database.Micros;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Keeps which hooks failed for which files until they are told again with success. */
public final class HookFailures {

  private final Database database;

  public HookFailures(Database database) {
    this.database = database;
  }

  /**
   * A file that hooks are to be told of again.
   *
   * @param metadata what is known of it so far
   */
  public record Due(
      Id file,
      int version,
      String path,
      long size,
      Map<String, @Nullable Object> metadata,
      List<HookFailure> failures) {

    public Due {
      failures = List.copyOf(failures);
    }
  }

  /**
   * Those tried longest ago.
   *
   * @param before tried earlier than this
   * @param most failures, not files
   */
  public List<Due> due(Id instrument, Instant before, int most) {
    Map<Id, Due> files = new LinkedHashMap<>();
    database
        .sql(
            """
            select h.*, f.version, f.source_path, f.size_bytes, f.metadata
            from hook_failure h join file f on f.id = h.file_id
            where h.instrument_id = ? and h.tried_at < ?
            order by h.tried_at, h.file_id, h.hook_id limit ?
            """)
        .params(instrument.hex(), Micros.of(before), most)
        .query((row, _) -> due(row))
        .list()
        .forEach(due -> files.merge(due.file(), due, HookFailures::together));
    return List.copyOf(files.values());
  }

  private static Due due(ResultSet row) throws SQLException {
    Map<String, @Nullable Object> metadata = Json.object(row.getString("metadata"));
    return new Due(
        new Id(row.getString("file_id")),
        row.getInt("version"),
        row.getString("source_path"),
        row.getLong("size_bytes"),
        metadata == null ? Map.of() : metadata,
        List.of(failure(row)));
  }

  private static Due together(Due one, Due other) {
    List<HookFailure> failures = new ArrayList<>(one.failures());
    failures.addAll(other.failures());
    return new Due(one.file(), one.version(), one.path(), one.size(), one.metadata(), failures);
  }

  List<HookFailure> ofFile(Id file) {
    return database
        .sql("select * from hook_failure where file_id = ? order by since, hook_id")
        .param(file.hex())
        .query((row, _) -> failure(row))
        .list();
  }

  private static HookFailure failure(ResultSet row) throws SQLException {
    return new HookFailure(
        new Id(row.getString("file_id")),
        new Id(row.getString("hook_id")),
        row.getString("hook_name"),
        row.getString("error"),
        Micros.instant(row.getLong("since")));
  }

  /** Forgets what failed for these files. Inside the caller's transaction. */
  public void forget(List<Id> files) {
    database.batch(
        "delete from hook_failure where file_id = ?",
        files.stream().map(file -> new Object[] {file.hex()}).toList());
  }

  /** Forgets what failed of these hooks for a file. Inside the caller's transaction. */
  public void forget(Id file, Collection<Id> hooks) {
    database.batch(
        "delete from hook_failure where file_id = ? and hook_id = ?",
        hooks.stream().map(hook -> new Object[] {file.hex(), hook.hex()}).toList());
  }

  /** Inside the caller's transaction. */
  public void failed(Id instrument, List<HookFailure> failures, Instant now) {
    database.batch(
        """
        insert into hook_failure
          (file_id, hook_id, hook_name, instrument_id, error, since, tried_at)
        values (?, ?, ?, ?, ?, ?, ?)
        on conflict (file_id, hook_id) do update
        set hook_name = excluded.hook_name, error = excluded.error, tried_at = excluded.tried_at
        """,
        failures.stream()
            .map(
                failure ->
                    new Object[] {
                      failure.file().hex(),
                      failure.hook().hex(),
                      failure.hookName(),
                      instrument.hex(),
                      failure.error(),
                      Micros.of(failure.since()),
                      Micros.of(now)
                    })
            .toList());
  }

  /** Puts metadata on record that was found later. Inside the caller's transaction. */
  public void found(Due file, Map<String, @Nullable Object> metadata) {
    database
        .sql("update file set metadata = ? where id = ? and version = ?")
        .params(Objects.requireNonNull(Json.text(metadata)), file.file().hex(), file.version())
        .update();
  }
}

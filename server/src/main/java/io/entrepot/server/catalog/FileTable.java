// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.catalog;

import io.entrepot.base.Id;
import io.entrepot.server.database.Database;
import io.entrepot.server.database.Folded;
import io.entrepot.server.database.Json;
import io.entrepot.server.database.Micros;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** SQL access to files and their older versions, for readers. */
final class FileTable {

  private final Database database;

  FileTable(Database database) {
    this.database = database;
  }

  Optional<CatalogFile> find(Id id, Visibility.Condition visible) {
    List<Object> parameters = new ArrayList<>(visible.parameters());
    parameters.add(id.hex());
    return database
        .sql("select f.* from file f where " + visible.sql() + " and f.id = ?")
        .params(parameters)
        .query(FileTable::read)
        .optional();
  }

  /** Newest first; ids grow with time, so their order is the order of discovery. */
  List<CatalogFile> list(FileQuery query, Visibility.Condition visible, int skip, int limit) {
    Where where = where(query, visible);
    where.parameters.add(limit);
    where.parameters.add(skip);
    return database
        .sql("select f.* from file f where " + where.sql + " order by f.id desc limit ? offset ?")
        .params(where.parameters)
        .query(FileTable::read)
        .list();
  }

  /** How many there are, counted no further than {@code most}. */
  long count(FileQuery query, Visibility.Condition visible, long most) {
    Where where = where(query, visible);
    where.parameters.add(most);
    return database
        .sql(
            "select count(*) from (select 1 from file f where "
                + where.sql
                + " limit ?) as counted")
        .params(where.parameters)
        .query(Long.class)
        .single();
  }

  /** The exact number, from the kept counts. */
  long countAll(@Nullable Id instrument) {
    String which = instrument == null ? "" : " where instrument_id = ?";
    return database
        .sql("select coalesce(sum(files), 0) from file_count" + which)
        .params(instrument == null ? List.of() : List.of(instrument.hex()))
        .query(Long.class)
        .single();
  }

  List<FileVersion> olderVersions(CatalogFile file) {
    return database
        .sql("select * from file_version where file_id = ? order by version desc")
        .param(file.id().hex())
        .query(
            (row, _) ->
                new FileVersion(
                    row.getInt("version"),
                    Catalog.versionName(file.persistentId(), row.getInt("version")),
                    (Long) longOrNull(row, "size_bytes"),
                    Micros.instantOrNull(longOrNull(row, "source_mtime")),
                    row.getString("xxhash"),
                    row.getString("sha256"),
                    Micros.instant(row.getLong("discovered_at")),
                    Micros.instant(row.getLong("superseded_at"))))
        .list();
  }

  private static final class Where {
    private final String sql;
    private final List<Object> parameters;

    Where(String sql, List<Object> parameters) {
      this.sql = sql;
      this.parameters = parameters;
    }
  }

  private static Where where(FileQuery query, Visibility.Condition visible) {
    StringBuilder sql = new StringBuilder(visible.sql());
    List<Object> parameters = new ArrayList<>(visible.parameters());
    if (query.instrument() != null) {
      sql.append(" and f.instrument_id = ?");
      parameters.add(query.instrument().hex());
    }
    if (query.after() != null) {
      sql.append(" and f.id < ?");
      parameters.add(query.after().hex());
    }
    if (query.text() != null) {
      sql.append(" and f.filename_folded like ? escape '!'");
      parameters.add("%" + Folded.of(query.text()).replaceAll("[!%_]", "!$0") + "%");
    }
    return new Where(sql.toString(), parameters);
  }

  private static CatalogFile read(ResultSet row, int number) throws SQLException {
    Map<String, @Nullable Object> metadata = Json.object(row.getString("metadata"));
    String owner = row.getString("owner_id");
    return new CatalogFile(
        new Id(row.getString("id")),
        row.getString("persistent_id"),
        new Id(row.getString("instrument_id")),
        row.getString("source_path"),
        row.getString("filename"),
        row.getInt("version"),
        longOrNull(row, "size_bytes"),
        Micros.instantOrNull(longOrNull(row, "source_mtime")),
        row.getString("xxhash"),
        row.getString("sha256"),
        Micros.instant(row.getLong("first_discovered_at")),
        Micros.instant(row.getLong("version_discovered_at")),
        metadata == null ? Map.of() : metadata,
        owner == null ? null : new Id(owner));
  }

  static @Nullable Long longOrNull(ResultSet row, String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? null : value;
  }
}

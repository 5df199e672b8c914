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
import java.util.stream.Collectors;
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
    List<Object> parameters = new ArrayList<>();
    String sql = page(query, visible, skip, limit, parameters);
    return database.sql(sql).params(parameters).query(FileTable::read).list();
  }

  /** The statement of a page; its parameters are added in order. */
  static String page(
      FileQuery query, Visibility.Condition visible, int skip, int limit, List<Object> parameters) {
    String sql =
        visible.holdsForAll(query.instrument())
            ? "select f.* from file f where 1 = 1"
                + filter(query, "f.id", parameters)
                + " order by f.id desc limit ? offset ?"
            : "select f.* from (select id from ("
                + newest(visible.ways(query.instrument()), query, (long) skip + limit, parameters)
                + ") as seen order by id desc limit ? offset ?) as page"
                + " cross join file f where f.id = page.id order by f.id desc";
    parameters.addAll(List.of(limit, skip));
    return sql;
  }

  /** The first ids of each list. One condition for all lists would be tried on every file. */
  private static String newest(
      List<Visibility.Way> ways, FileQuery query, long most, List<Object> parameters) {
    return ways.stream()
        .map(
            way -> {
              parameters.addAll(way.parameters());
              String filter = filter(query, way.id(), parameters);
              parameters.add(most);
              return "select id from (select %1$s as id from %2$s where %3$s%4$s order by %1$s desc limit ?) as way"
                  .formatted(way.id(), way.from(), way.condition(), filter);
            })
        .collect(Collectors.joining(" union "));
  }

  /** Exact where no text is asked for and what hangs on single files is not beyond the limit. */
  Count count(FileQuery query, Visibility.Condition visible, long most) {
    Id instrument = query.instrument();
    if (query.text() != null) {
      List<Object> parameters = new ArrayList<>(visible.parameters());
      String filter = filter(query, "f.id", parameters);
      return Count.upTo(
          most, rows("select 1 from file f where " + visible.sql() + filter, parameters, most));
    }
    if (visible.holdsForAll(instrument)) {
      return Count.exact(kept(instrument == null ? null : List.of(instrument)));
    }
    Count single = Count.upTo(most, single(instrument, visible, most));
    return instrument == null ? single.plus(kept(visible.instruments())) : single;
  }

  /** How many files of some instruments, or of all, there are by the kept counts. */
  private long kept(@Nullable List<Id> instruments) {
    if (instruments != null && instruments.isEmpty()) {
      return 0;
    }
    String which =
        instruments == null
            ? ""
            : " where instrument_id in (" + Visibility.marks(instruments) + ")";
    return database
        .sql("select coalesce(sum(files), 0) from file_count" + which)
        .params(instruments == null ? List.of() : instruments.stream().map(Id::hex).toList())
        .query(Long.class)
        .single();
  }

  /** How many files are seen of which not the whole instrument is, up to a number. */
  private long single(@Nullable Id instrument, Visibility.Condition visible, long most) {
    List<Object> parameters = new ArrayList<>();
    String elsewhere =
        visible.instruments().isEmpty()
            ? ""
            : " and f.instrument_id not in (" + Visibility.marks(visible.instruments()) + ")";
    String ids =
        visible.byFile().stream()
            .map(
                way -> {
                  parameters.addAll(way.parameters());
                  String filter =
                      filter(new FileQuery(instrument, null, null), way.id(), parameters);
                  visible.instruments().forEach(id -> parameters.add(id.hex()));
                  return "select %s as id from %s where %s%s%s"
                      .formatted(way.id(), way.from(), way.condition(), filter, elsewhere);
                })
            .collect(Collectors.joining(" union "));
    return rows(ids, parameters, most);
  }

  private long rows(String select, List<Object> parameters, long most) {
    parameters.add(most);
    return database
        .sql("select count(*) from (" + select + " limit ?) as counted")
        .params(parameters)
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

  /**
   * What is asked of a file {@code f}, to be appended to a condition; its parameters are added in
   * order.
   *
   * @param id the column with the file's id
   */
  private static String filter(FileQuery query, String id, List<Object> parameters) {
    StringBuilder sql = new StringBuilder();
    if (query.instrument() != null) {
      sql.append(" and f.instrument_id = ?");
      parameters.add(query.instrument().hex());
    }
    if (query.after() != null) {
      sql.append(" and ").append(id).append(" < ?");
      parameters.add(query.after().hex());
    }
    if (query.text() != null) {
      sql.append(" and f.filename_folded like ? escape '!'");
      parameters.add("%" + Folded.of(query.text()).replaceAll("[!%_]", "!$0") + "%");
    }
    return sql.toString();
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

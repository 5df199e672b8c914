// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.catalog;

import static io.entrepot.server.catalog.FileTable.longOrNull;

import io.entrepot.base.Id;
import io.entrepot.server.database.Database;
import io.entrepot.server.database.Micros;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** SQL access to transfer records, for readers. */
final class TransferTable {

  static final String SELECT =
      "select t.*, (select l.base_path from storage_location l where l.id = t.storage_location_id)"
          + " as base_path";

  private final Database database;

  TransferTable(Database database) {
    this.database = database;
  }

  Optional<Transfer> find(Id id, Visibility.Condition visible) {
    List<Object> parameters = new ArrayList<>(visible.parameters());
    parameters.add(id.hex());
    return database
        .sql(SELECT + from(visible) + " where " + visible.sql() + " and t.id = ?")
        .params(parameters)
        .query(TransferTable::read)
        .optional();
  }

  /** Newest first. */
  List<Transfer> list(TransferQuery query, Visibility.Condition visible, int skip, int limit) {
    List<Object> parameters = new ArrayList<>();
    String where = where(query, visible, parameters);
    parameters.add(limit);
    parameters.add(skip);
    return database
        .sql(SELECT + from(visible) + where + " order by t.id desc limit ? offset ?")
        .params(parameters)
        .query(TransferTable::read)
        .list();
  }

  /** Of all there are by the kept counts, otherwise counted up to the limit. */
  Count count(TransferQuery query, Visibility.Condition visible, long most) {
    if (visible.always() && query.equals(TransferQuery.ALL)) {
      return Count.exact(
          database
              .sql("select coalesce(sum(transfers), 0) from transfer_count")
              .query(Long.class)
              .single());
    }
    List<Object> parameters = new ArrayList<>();
    String where = where(query, visible, parameters);
    parameters.add(most);
    return Count.upTo(
        most,
        database
            .sql("select count(*) from (select 1" + from(visible) + where + " limit ?) as counted")
            .params(parameters)
            .query(Long.class)
            .single());
  }

  static String from(Visibility.Condition visible) {
    return visible.always()
        ? " from transfer t"
        : " from transfer t join file f on f.id = t.file_id";
  }

  /** The condition; its parameters are added in order. */
  private static String where(
      TransferQuery query, Visibility.Condition visible, List<Object> parameters) {
    StringBuilder sql = new StringBuilder(" where ").append(visible.sql());
    parameters.addAll(visible.parameters());
    if (query.file() != null) {
      sql.append(" and t.file_id = ?");
      parameters.add(query.file().hex());
    }
    if (query.run() != null) {
      sql.append(" and t.run_id = ?");
      parameters.add(query.run().hex());
    }
    if (query.status() != null) {
      // Not as a parameter: the index of failures is found by the text of the condition.
      sql.append(" and t.status = '").append(query.status().word()).append('\'');
    }
    if (query.after() != null) {
      sql.append(" and t.id < ?");
      parameters.add(query.after().hex());
    }
    return sql.toString();
  }

  /**
   * The proved copies of one version, the newest first.
   *
   * @param version 0 for the newest that has one
   */
  List<Transfer> provedCopies(Id file, int version) {
    String which =
        version > 0
            ? "?"
            : "(select max(version) from transfer where file_id = ? and status = 'completed')";
    return database
        .sql(
            SELECT
                + " from transfer t where t.file_id = ? and t.status = 'completed'"
                + " and t.version = "
                + which
                + " order by t.id desc")
        .params(file.hex(), version > 0 ? (Object) version : file.hex())
        .query(TransferTable::read)
        .list();
  }

  /** The versions that a proved copy exists of. */
  Set<Integer> provedVersions(Id file) {
    return new HashSet<>(
        database
            .sql("select distinct version from transfer where file_id = ? and status = 'completed'")
            .param(file.hex())
            .query(Integer.class)
            .list());
  }

  static Transfer read(ResultSet row, int number) throws SQLException {
    Long verified = longOrNull(row, "checksum_verified");
    String base = row.getString("base_path");
    String path = row.getString("destination_path");
    return new Transfer(
        new Id(row.getString("id")),
        new Id(row.getString("file_id")),
        row.getInt("version"),
        new Id(row.getString("storage_location_id")),
        TransferStatus.ofWord(row.getString("status")),
        path == null ? null : new CopyPlace(base == null ? "" : base, path),
        row.getString("transfer_adapter"),
        longOrNull(row, "bytes_transferred"),
        row.getString("source_checksum"),
        row.getString("dest_checksum"),
        verified(verified),
        Micros.instantOrNull(longOrNull(row, "started_at")),
        Micros.instantOrNull(longOrNull(row, "completed_at")),
        row.getString("error_code"),
        row.getString("error_message"),
        new Id(row.getString("run_id")),
        row.getInt("attempt"),
        Micros.instantOrNull(longOrNull(row, "retry_at")));
  }

  private static @Nullable Boolean verified(@Nullable Long flag) {
    return flag == null ? null : flag == 1;
  }
}

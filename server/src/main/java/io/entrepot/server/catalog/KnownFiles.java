// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.catalog;

import static io.entrepot.server.catalog.FileTable.longOrNull;

import io.entrepot.base.ErrorCode;
import io.entrepot.base.Id;
import io.entrepot.server.database.Database;
import io.entrepot.server.database.Micros;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Walks all that is known of one instrument in the order of the paths' UTF-8 bytes, some thousands
 * of rows at a time, so that neither memory nor a read transaction grows with the catalogue.
 */
public final class KnownFiles implements Iterator<KnownFile> {

  private static final int CHUNK = 5_000;

  private static final String SQL =
      """
      select f.id, f.source_path, f.version, f.size_bytes, f.source_mtime, f.fingerprint, f.xxhash,
        f.metadata, t.status, t.version as t_version, t.attempt, t.retry_at, t.rule, t.id as t_id,
        t.error_code, t.removal, t.destination_path, t.tries
      from file f
      left join transfer t on t.file_id = f.id and t.storage_location_id = ? and t.latest = 1
      where f.instrument_id = ? and f.source_path > ?
      order by f.source_path limit ?
      """;

  private final Database database;
  private final Id instrument;
  private final Id storageLocation;
  private List<KnownFile> chunk = List.of();
  private int next;
  private String last = "";
  private boolean finished;

  public KnownFiles(Database database, Id instrument, Id storageLocation) {
    this.database = database;
    this.instrument = instrument;
    this.storageLocation = storageLocation;
  }

  /** How many should be on the instrument: all but those that were removed, or were about to be. */
  public long originals() {
    return database
        .sql(
            """
            select count(*) from file f
            where f.instrument_id = ? and not exists (
              select 1 from transfer t
              where t.file_id = f.id and t.version = f.version and t.removal is not null)
            """)
        .param(instrument.hex())
        .query(Long.class)
        .single();
  }

  @Override
  public boolean hasNext() {
    if (next == chunk.size() && !finished) {
      chunk =
          database
              .sql(SQL)
              .params(storageLocation.hex(), instrument.hex(), last, CHUNK)
              .query(KnownFiles::read)
              .list();
      next = 0;
      finished = chunk.size() < CHUNK;
      last = chunk.isEmpty() ? last : chunk.getLast().path();
    }
    return next < chunk.size();
  }

  @Override
  public KnownFile next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return chunk.get(next++);
  }

  private static KnownFile read(ResultSet row, int number) throws SQLException {
    return new KnownFile(
        new Id(row.getString(1)),
        row.getString(2),
        row.getInt(3),
        row.getLong(4),
        Micros.instant(row.getLong(5)),
        row.getString(6),
        row.getString(7),
        row.getString(8),
        last(row));
  }

  private static @Nullable ErrorCode code(@Nullable String name) {
    return name == null ? null : ErrorCode.valueOf(name);
  }

  private static KnownFile.@Nullable Last last(ResultSet row) throws SQLException {
    String status = row.getString(9);
    return status == null
        ? null
        : new KnownFile.Last(
            new Id(row.getString("t_id")),
            TransferStatus.ofWord(status),
            row.getInt(10),
            row.getInt(11),
            row.getInt("tries"),
            Micros.instantOrNull(longOrNull(row, "retry_at")),
            row.getString(13),
            code(row.getString("error_code")),
            row.getString("destination_path"),
            Removals.INTENDED.equals(row.getString("removal")));
  }
}

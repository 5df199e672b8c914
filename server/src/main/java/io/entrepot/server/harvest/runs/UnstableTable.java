// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.runs;

import io.entrepot.base.Id;
import io.entrepot.server.database.Database;
import io.entrepot.server.database.Micros;
import io.entrepot.storage.Kind;
import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.ObjectStat;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** SQL access to the paths that are not taken yet because they may still be written to. */
final class UnstableTable {

  /** More than this are not remembered; the rest is then seen twice within one run. */
  static final int MOST = 50_000;

  private final Database database;

  UnstableTable(Database database) {
    this.database = database;
  }

  /** What was restless at the end of the last run, by path. */
  Map<String, Settling.Restless> of(Id instrument) {
    Map<String, Settling.Restless> found = new TreeMap<>();
    database
        .sql("select * from unstable_path where instrument_id = ?")
        .param(instrument.hex())
        .query(
            (row, _) -> {
              String path = row.getString("source_path");
              ObjectStat stat =
                  new ObjectStat(
                      new ObjectPath(path),
                      Kind.FILE,
                      row.getLong("size_bytes"),
                      Micros.instant(row.getLong("source_mtime")),
                      "");
              return found.put(
                  path,
                  new Settling.Restless(
                      stat, Micros.instant(row.getLong("seen_at")), row.getString("reason")));
            })
        .list();
    return found;
  }

  /**
   * Replaces what is remembered; since when a path was restless stays. Inside a transaction.
   *
   * @param prefix of the paths that were looked at; what is remembered of others stays
   */
  void replace(Id instrument, String prefix, Collection<Settling.Restless> restless) {
    Map<String, Long> since = since(instrument);
    database
        .sql("delete from unstable_path where instrument_id = ? and substr(source_path, 1, ?) = ?")
        .params(instrument.hex(), prefix.codePointCount(0, prefix.length()), prefix)
        .update();
    database.batch(
        """
        insert into unstable_path
          (instrument_id, source_path, size_bytes, source_mtime, seen_at, reason, since)
        values (?, ?, ?, ?, ?, ?, ?)
        """,
        restless.stream().limit(MOST).map(path -> row(instrument, path, since)).toList());
  }

  private static Object[] row(Id instrument, Settling.Restless path, Map<String, Long> since) {
    String name = path.stat().path().text();
    long seen = Micros.of(path.seenAt());
    return new Object[] {
      instrument.hex(),
      name,
      path.stat().size(),
      Micros.of(path.stat().modified()),
      seen,
      path.reason(),
      since.getOrDefault(name, seen)
    };
  }

  private Map<String, Long> since(Id instrument) {
    Map<String, Long> found = new HashMap<>();
    database
        .sql("select source_path, since from unstable_path where instrument_id = ?")
        .param(instrument.hex())
        .query((row, _) -> found.put(row.getString("source_path"), row.getLong("since")))
        .list();
    return found;
  }

  /** Files that were restless in every run for some time, and the first of them by name. */
  record Stuck(long files, String example) {}

  /** What has been restless since this time, or for longer; empty for nothing. */
  Optional<Stuck> stuck(Id instrument, Instant since) {
    return database
        .sql(
            """
            select count(*) as files, min(source_path) as example from unstable_path
            where instrument_id = ? and since <= ?
            """)
        .params(instrument.hex(), Micros.of(since))
        .query(
            (row, _) ->
                new Stuck(
                    row.getLong("files"), Objects.requireNonNullElse(row.getString("example"), "")))
        .optional()
        .filter(stuck -> stuck.files() > 0);
  }
}

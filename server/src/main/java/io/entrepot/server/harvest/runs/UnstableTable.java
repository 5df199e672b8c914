// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.runs;

import io.entrepot.base.Id;
import io.entrepot.server.database.Database;
import io.entrepot.server.database.Micros;
import io.entrepot.storage.Kind;
import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.ObjectStat;
import java.util.Collection;
import java.util.Map;
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
   * Replaces what is remembered. Inside a transaction.
   *
   * @param prefix of the paths that were looked at; what is remembered of others stays
   */
  void replace(Id instrument, String prefix, Collection<Settling.Restless> restless) {
    database
        .sql("delete from unstable_path where instrument_id = ? and substr(source_path, 1, ?) = ?")
        .params(instrument.hex(), prefix.codePointCount(0, prefix.length()), prefix)
        .update();
    database.batch(
        """
        insert into unstable_path
          (instrument_id, source_path, size_bytes, source_mtime, seen_at, reason)
        values (?, ?, ?, ?, ?, ?)
        """,
        restless.stream()
            .limit(MOST)
            .map(
                path ->
                    new Object[] {
                      instrument.hex(),
                      path.stat().path().text(),
                      path.stat().size(),
                      Micros.of(path.stat().modified()),
                      Micros.of(path.seenAt()),
                      path.reason()
                    })
            .toList());
  }
}

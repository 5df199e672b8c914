// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs.engine;

import io.entrepot.base.Id;
import io.entrepot.server.database.Database;
import io.entrepot.server.database.Micros;
import io.entrepot.server.jobs.LogLevel;
import io.entrepot.server.jobs.LogLine;
import java.util.List;

/**
 * Rows of the job_log table. A table rather than files, so that every node can show the log of
 * every job and a copy of the database has it too; its size is bounded per job.
 */
final class LogTable {

  private static final String SELECT = "select number, time, level, text from job_log ";

  private final Database database;

  LogTable(Database database) {
    this.database = database;
  }

  void append(Id job, List<LogLine> lines) {
    database.batch(
        "insert into job_log (job_id, number, time, level, text) values (?, ?, ?, ?, ?)",
        lines.stream()
            .map(
                line ->
                    new Object[] {
                      job.hex(),
                      line.number(),
                      Micros.of(line.time()),
                      line.level().stored(),
                      line.text()
                    })
            .toList());
  }

  List<LogLine> after(Id job, long number, int limit) {
    return read(
        SELECT + "where job_id = ? and number > ? order by number limit ?",
        job.hex(),
        number,
        limit);
  }

  List<LogLine> tail(Id job, int lines) {
    return read(SELECT + "where job_id = ? order by number desc limit ?", job.hex(), lines)
        .reversed();
  }

  private List<LogLine> read(String text, Object... values) {
    return database
        .sql(text)
        .params(values)
        .query(
            (row, _) ->
                new LogLine(
                    row.getLong("number"),
                    Micros.instant(row.getLong("time")),
                    LogLevel.of(row.getString("level")),
                    row.getString("text")))
        .list();
  }

  /** How many lines and characters a job's log has. */
  Size size(Id job) {
    return database
        .sql(
            "select coalesce(max(number), 0) as lines, coalesce(sum(length(text)), 0) as characters"
                + " from job_log where job_id = ?")
        .param(job.hex())
        .query((row, _) -> new Size(row.getLong("lines"), row.getLong("characters")))
        .single();
  }

  record Size(long lines, long characters) {}
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs.engine;

import io.entrepot.base.Id;
import io.entrepot.server.database.Database;
import io.entrepot.server.database.Micros;
import io.entrepot.server.jobs.LogLevel;
import io.entrepot.server.jobs.LogLine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows of the job_log table, and of job_log_packed once a job has ended a while ago. Tables rather
 * than files, so that every node can show the log of every job and a copy of the database has it
 * too; its size is bounded per job.
 */
final class LogTable {

  private static final String SELECT = "select number, time, level, text from job_log ";

  private final Database database;

  LogTable(Database database) {
    this.database = database;
  }

  /** Lines that are there already stay: a commit of which nobody heard is made again. */
  void append(Id job, LogBuffer.Part part) {
    LogBuffer.Cut cut = part.cut();
    List<LogLine> lines = new ArrayList<>(part.lines());
    if (cut != null) {
      database
          .sql("delete from job_log where job_id = ? and number >= ? and number < ?")
          .params(job.hex(), cut.told().number(), cut.until())
          .update();
      lines.addFirst(cut.told());
    }
    append(job, lines);
  }

  private void append(Id job, List<LogLine> lines) {
    database.batch(
        """
        insert into job_log (job_id, number, time, level, text) values (?, ?, ?, ?, ?)
        on conflict (job_id, number) do nothing
        """,
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
    List<LogLine> found =
        read(
            SELECT + "where job_id = ? and number > ? order by number limit ?",
            job.hex(),
            number,
            limit);
    return found.isEmpty()
        ? packed(job).stream().filter(line -> line.number() > number).limit(limit).toList()
        : found;
  }

  List<LogLine> tail(Id job, int lines) {
    List<LogLine> found =
        read(SELECT + "where job_id = ? order by number desc limit ?", job.hex(), lines).reversed();
    if (!found.isEmpty()) {
      return found;
    }
    List<LogLine> packed = packed(job);
    return packed.subList(Math.max(0, packed.size() - lines), packed.size());
  }

  private List<LogLine> packed(Id job) {
    return database
        .sql("select content from job_log_packed where job_id = ?")
        .param(job.hex())
        .query((row, _) -> PackedLog.unpack(row.getBytes(1)))
        .optional()
        .orElse(List.of());
  }

  /** Some jobs that ended before this and whose logs are not packed yet. */
  List<Id> unpacked(Instant before, int most) {
    return database
        .sql(
            """
            select j.id from job j
            where j.finished_at < ? and j.id in (select distinct l.job_id from job_log l)
            order by j.id limit ?
            """)
        .params(Micros.of(before), most)
        .query((row, _) -> new Id(row.getString(1)))
        .list();
  }

  /** Packs the log of a job that has ended; does nothing when another node has done it. */
  void pack(Id job) {
    database.write(
        () -> {
          database.hold("job", job);
          List<LogLine> lines = read(SELECT + "where job_id = ? order by number", job.hex());
          if (lines.isEmpty()) {
            return;
          }
          database
              .sql(
                  """
                  insert into job_log_packed (job_id, finished_at, lines, content)
                  select id, finished_at, ?, ? from job where id = ?
                  """)
              .params(lines.size(), PackedLog.pack(lines), job.hex())
              .update();
          database.sql("delete from job_log where job_id = ?").param(job.hex()).update();
        });
  }

  /** Leaves one line of what was packed of jobs that ended before this. */
  void forget(Instant before, LogLine left) {
    database.write(
        () ->
            database
                .sql(
                    "update job_log_packed set lines = 0, content = ?"
                        + " where lines > 0 and finished_at < ?")
                .params(PackedLog.pack(List.of(left)), Micros.of(before))
                .update());
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

  /** How long the lines of a job's log are, in their order. */
  List<LogBuffer.Size> sizes(Id job) {
    return database
        .sql("select number, length(text) from job_log where job_id = ? order by number")
        .param(job.hex())
        .query((row, _) -> new LogBuffer.Size(row.getLong(1), row.getLong(2)))
        .list();
  }
}

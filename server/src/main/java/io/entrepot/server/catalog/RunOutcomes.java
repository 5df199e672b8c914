// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.catalog;

import io.entrepot.base.ErrorCode;
import io.entrepot.base.Id;
import io.entrepot.server.database.Database;
import io.entrepot.server.database.Micros;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** What came of the files of one run, as far as it is on record. */
public final class RunOutcomes {

  /** How far the clocks of two servers may be apart. */
  private static final Duration SKEW = Duration.ofMinutes(1);

  private final Database database;

  public RunOutcomes(Database database) {
    this.database = database;
  }

  /** How many came in. Attempts that were begun before the run are looked for nowhere. */
  public long completed(Id run) {
    return database
        .sql("select count(*) from transfer where id > ? and run_id = ? and status = 'completed'")
        .params(idsSince(run.made().minus(SKEW)), run.hex())
        .query(Long.class)
        .single();
  }

  /** What all ids begin with that were made then, or come after it. */
  private static String idsSince(Instant time) {
    return String.format(Locale.ROOT, "%012x", Math.max(0, time.toEpochMilli()));
  }

  /**
   * Files that did not come in, all with the same error.
   *
   * @param files how many they are
   * @param fresh how many of them were tried for the first time
   * @param tired how many of them failed more often than was asked for
   * @param example the path of one of them
   * @param message what was said of that one
   */
  public record Failed(
      ErrorCode code, long files, long fresh, long tired, String example, String message) {}

  /**
   * Those that failed and are not to be tried again by now, by their error.
   *
   * @param now when whoever asks would try them; the epoch for all that failed
   * @param tries those with more of them are counted as tired
   */
  public List<Failed> failed(Id run, Instant now, int tries) {
    return database
        .sql(
            """
            select alike.*, f.source_path, t.error_message
            from (
              select error_code, count(*) as files, min(id) as example,
                sum(case when attempt = 1 then 1 else 0 end) as fresh,
                sum(case when tries > ? then 1 else 0 end) as tired
              from transfer
              where run_id = ? and status = 'failed' and latest = 1
                and (retry_at is null or retry_at > ?)
              group by error_code) alike
            join transfer t on t.id = alike.example
            join file f on f.id = t.file_id
            order by alike.error_code
            """)
        .params(tries, run.hex(), Micros.of(now))
        .query(
            (row, _) ->
                new Failed(
                    ErrorCode.valueOf(row.getString("error_code")),
                    row.getLong("files"),
                    row.getLong("fresh"),
                    row.getLong("tired"),
                    row.getString("source_path"),
                    Objects.requireNonNullElse(row.getString("error_message"), "")))
        .list();
  }
}

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
   * A file that did not come in.
   *
   * @param first whether it was tried for the first time
   */
  public record Failed(String path, ErrorCode code, String message, boolean first) {}

  /**
   * Those that failed and are not to be tried again by now.
   *
   * @param now when whoever asks would try them
   */
  public List<Failed> failed(Id run, Instant now) {
    return database
        .sql(
            """
            select f.source_path, t.error_code, t.error_message, t.attempt
            from transfer t join file f on f.id = t.file_id
            where t.run_id = ? and t.status = 'failed' and t.latest = 1
              and (t.retry_at is null or t.retry_at > ?)
            """)
        .params(run.hex(), Micros.of(now))
        .query(
            (row, _) ->
                new Failed(
                    row.getString("source_path"),
                    ErrorCode.valueOf(row.getString("error_code")),
                    Objects.requireNonNullElse(row.getString("error_message"), ""),
                    row.getInt("attempt") == 1))
        .list();
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.ledger;

import io.entrepot.server.database.Database;
import io.entrepot.server.database.Micros;
import io.entrepot.server.metrics.MetricSource;
import io.entrepot.server.metrics.MetricText;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** How far the ledger is sealed, and how far it lags behind what happens. */
final class LedgerMetrics implements MetricSource {

  private final Database database;
  private final InstantSource clock;

  LedgerMetrics(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  private record Lag(String stream, long sealed, long pending, long oldestMicros) {}

  @Override
  public void write(MetricText out) {
    List<Lag> lags = lags();
    MetricText.Figure sealed =
        out.gauge("entrepot_ledger_entries", "Entries that a block protects.");
    lags.forEach(lag -> sealed.sample(lag.sealed(), "stream", lag.stream()));
    MetricText.Figure pending =
        out.gauge("entrepot_ledger_pending_entries", "Entries that no block protects yet.");
    lags.forEach(lag -> pending.sample(lag.pending(), "stream", lag.stream()));
    MetricText.Figure seconds =
        out.gauge("entrepot_ledger_lag_seconds", "Age of the oldest entry that is not protected.");
    lags.forEach(lag -> seconds.sample(age(lag), "stream", lag.stream()));
  }

  private double age(Lag lag) {
    return lag.pending() == 0
        ? 0
        : Math.max(
            0,
            Duration.between(Micros.instant(lag.oldestMicros()), clock.instant()).toMillis()
                / 1_000.0);
  }

  private List<Lag> lags() {
    return database
        .sql(
            """
            select s.stream,
              coalesce((select b.first_sequence + b.entry_count - 1 from ledger_block b
                where b.stream = s.stream order by b.number desc limit 1), 0),
              (select count(*) from ledger_entry e
                where e.stream = s.stream and e.sequence is null),
              coalesce((select min(e.time) from ledger_entry e
                where e.stream = s.stream and e.sequence is null), 0)
            from ledger_stream s order by s.stream
            """)
        .query(
            (row, _) -> new Lag(row.getString(1), row.getLong(2), row.getLong(3), row.getLong(4)))
        .list();
  }
}

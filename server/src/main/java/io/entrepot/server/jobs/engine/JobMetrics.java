// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs.engine;

import io.entrepot.server.database.Database;
import io.entrepot.server.database.Micros;
import io.entrepot.server.metrics.MetricSource;
import io.entrepot.server.metrics.MetricText;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How many jobs there are and how long they ran, from the database and for ever; and what they did
 * since this node was started.
 */
final class JobMetrics implements MetricSource {

  private static final double MICROS = TimeUnit.SECONDS.toMicros(1);

  private final Database database;
  private final InstantSource clock;
  private final WorkMeter meter;

  JobMetrics(Database database, InstantSource clock, WorkMeter meter) {
    this.meter = meter;
    this.database = database;
    this.clock = clock;
  }

  private record Row(String kind, String state, long jobs, long micros) {}

  @Override
  public void write(MetricText out) {
    List<Row> rows = rows();
    MetricText.Figure jobs =
        out.gauge("entrepot_jobs", "Jobs in each state; those that ended are kept.");
    rows.forEach(row -> jobs.sample(row.jobs(), "kind", row.kind(), "state", row.state()));
    MetricText.Figure seconds =
        out.counter("entrepot_job_seconds_total", "How long jobs ran that have ended.");
    rows.forEach(
        row -> seconds.sample(row.micros() / MICROS, "kind", row.kind(), "state", row.state()));
    out.counter("entrepot_job_files_total", "Files that jobs have brought in since the start.")
        .sample(meter.files());
    out.counter("entrepot_job_bytes_total", "Bytes that jobs have brought in since the start.")
        .sample(meter.bytes());
    out.counter(
            "entrepot_job_effects_fenced_total",
            "Changes refused to a job that had been given to another node, since the start.")
        .sample(meter.refused());
    out.gauge("entrepot_jobs_waiting", "Jobs that wait for a worker or for another job.")
        .sample(rows.stream().filter(JobMetrics::waits).mapToLong(Row::jobs).sum());
    out.gauge("entrepot_jobs_oldest_waiting_seconds", "How long the first of them has waited.")
        .sample(oldestWaiting());
  }

  private static boolean waits(Row row) {
    return row.state().equals("pending") || row.state().equals("queued");
  }

  private List<Row> rows() {
    return database
        .sql(
            """
            select kind, state, count(*), sum(coalesce(finished_at - started_at, 0))
            from job group by kind, state order by kind, state
            """)
        .query(
            (row, _) -> new Row(row.getString(1), row.getString(2), row.getLong(3), row.getLong(4)))
        .list();
  }

  private double oldestWaiting() {
    long oldest =
        database
            .sql(
                "select coalesce(min(created_at), 0) from job where finished_at is null"
                    + " and (state = 'pending' or state = 'queued')")
            .query(Long.class)
            .single();
    return oldest == 0
        ? 0
        : Math.max(
            0, Duration.between(Micros.instant(oldest), clock.instant()).toMillis() / 1_000.0);
  }
}

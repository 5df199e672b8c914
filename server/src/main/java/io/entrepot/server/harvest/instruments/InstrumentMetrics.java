// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.instruments;

import io.entrepot.server.database.Database;
import io.entrepot.server.metrics.MetricSource;
import io.entrepot.server.metrics.MetricText;
import java.util.concurrent.TimeUnit;

/** When each instrument in use was last harvested. */
final class InstrumentMetrics implements MetricSource {

  private static final double MICROS = TimeUnit.SECONDS.toMicros(1);

  private final Database database;

  InstrumentMetrics(Database database) {
    this.database = database;
  }

  @Override
  public void write(MetricText out) {
    MetricText.Figure last =
        out.gauge(
            "entrepot_instrument_last_harvest_timestamp_seconds",
            "When an instrument was last harvested, since 1970; 0 for never.");
    database
        .sql(
            "select id, name, coalesce(last_harvested_at, 0) from instrument"
                + " where enabled = 1 and deleted_at is null order by id")
        .query(
            row -> {
              last.sample(
                  row.getLong(3) / MICROS, "id", row.getString(1), "name", row.getString(2));
            });
  }
}

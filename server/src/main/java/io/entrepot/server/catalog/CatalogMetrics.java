// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.catalog;

import io.entrepot.server.database.Database;
import io.entrepot.server.metrics.MetricSource;
import io.entrepot.server.metrics.MetricText;

/** How many files are known, and what could not be brought in. */
final class CatalogMetrics implements MetricSource {

  private final Database database;

  CatalogMetrics(Database database) {
    this.database = database;
  }

  @Override
  public void write(MetricText out) {
    out.gauge("entrepot_files", "Files in the catalogue.").sample(sum("files"));
    out.gauge("entrepot_file_bytes", "Bytes of the newest versions of them.").sample(sum("bytes"));
    MetricText.Figure failed =
        out.gauge("entrepot_transfers_failed", "Copies whose last attempt failed, by reason.");
    database
        .sql(
            """
            select coalesce(error_code, 'UNKNOWN') as reason, count(*) from transfer
            where status = 'failed' and latest = 1 group by coalesce(error_code, 'UNKNOWN')
            order by reason
            """)
        .query(
            row -> {
              failed.sample(row.getLong(2), "reason", row.getString(1));
            });
  }

  private long sum(String column) {
    return database
        .sql("select coalesce(sum(" + column + "), 0) from file_count")
        .query(Long.class)
        .single();
  }
}

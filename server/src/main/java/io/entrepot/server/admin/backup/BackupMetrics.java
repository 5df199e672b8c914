// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.admin.backup;

import io.entrepot.server.metrics.MetricSource;
import io.entrepot.server.metrics.MetricText;
import io.entrepot.server.settings.DataDirectory;
import org.springframework.stereotype.Component;

/** How the last backup of the server itself went. */
@Component
final class BackupMetrics implements MetricSource {

  private final DataDirectory data;

  BackupMetrics(DataDirectory data) {
    this.data = data;
  }

  @Override
  public void write(MetricText out) {
    MetricText.Figure when =
        out.gauge(
            "entrepot_backup_timestamp_seconds",
            "When the last backup of the server was tried, since 1970; none before the first.");
    LastBackup.in(data.root()).ifPresent(last -> when.sample(last.at().getEpochSecond()));
    MetricText.Figure good =
        out.gauge("entrepot_backup_good", "1 where it went well, 0 where it failed.");
    LastBackup.in(data.root()).ifPresent(last -> good.sample(last.trouble().isEmpty() ? 1 : 0));
  }
}

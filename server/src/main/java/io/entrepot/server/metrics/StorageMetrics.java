// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.metrics;

import io.entrepot.server.database.Database;
import io.entrepot.server.database.Dialect;
import io.entrepot.server.settings.DataDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.stereotype.Component;

/** The disk of the data directory, and the database. */
@Component
final class StorageMetrics implements MetricSource {

  private final DataDirectory data;
  private final Database database;

  StorageMetrics(DataDirectory data, Database database) {
    this.data = data;
    this.database = database;
  }

  @Override
  public void write(MetricText out) {
    try {
      FileStore disk = Files.getFileStore(data.root());
      out.gauge("entrepot_disk_free_bytes", "Room left where the data directory is.")
          .sample(disk.getUsableSpace());
      out.gauge("entrepot_disk_size_bytes", "Size of the disk where the data directory is.")
          .sample(disk.getTotalSpace());
      out.gauge("entrepot_database_bytes", "Size of the database, with its log of changes.")
          .sample(size());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private double size() throws IOException {
    if (database.dialect() == Dialect.POSTGRESQL) {
      return database.sql("select pg_database_size(current_database())").query(Long.class).single();
    }
    Path log = data.database().resolveSibling(data.database().getFileName() + "-wal");
    return Files.size(data.database()) + (Files.exists(log) ? Files.size(log) : 0);
  }
}

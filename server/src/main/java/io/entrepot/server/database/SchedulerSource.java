// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Connections for the job engine, as long as the disk keeps what is written. */
final class SchedulerSource extends DelegatingDataSource {

  private final BooleanSupplier readOnly;

  SchedulerSource(DataSource pool, BooleanSupplier readOnly) {
    super(pool);
    this.readOnly = readOnly;
  }

  @Override
  public Connection getConnection() throws SQLException {
    if (readOnly.getAsBoolean()) {
      throw new SQLException("the disk of the database failed to keep what was written");
    }
    return super.getConnection();
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs.engine;

import com.github.kagkarlsson.scheduler.jdbc.DefaultJdbcCustomization;
import io.entrepot.server.database.Micros;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Lets the scheduler store times as every table here does, on both databases. */
final class BigintTimes extends DefaultJdbcCustomization {

  BigintTimes() {
    super(true);
  }

  @Override
  public String getName() {
    return "bigint microseconds";
  }

  @Override
  public void setInstant(PreparedStatement statement, int index, @Nullable Instant time)
      throws SQLException {
    if (time == null) {
      statement.setNull(index, Types.BIGINT);
    } else {
      statement.setLong(index, Micros.of(time));
    }
  }

  @Override
  public @Nullable Instant getInstant(ResultSet row, String column) throws SQLException {
    return JobRow.time(row, column);
  }

  @Override
  public String getQueryLimitPart(int limit) {
    return " limit " + limit;
  }
}

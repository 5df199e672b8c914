// SPDX-License-Identifier: Apache-2.0
package io.entrepot.custody.verify;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Spliterator;
import java.util.Spliterators.AbstractSpliterator;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The rows of a statement as a stream that reads them as it goes and closes the statement. */
final class JdbcRows {

  /** Makes a value of the present row. */
  @FunctionalInterface
  interface Mapper<T> {
    T map(ResultSet rows) throws SQLException;
  }

  private JdbcRows() {}

  /**
   * @param fetch how many rows are held at a time
   */
  static <T> Stream<T> stream(PreparedStatement statement, int fetch, Mapper<T> mapper) {
    try {
      statement.setFetchSize(fetch);
      ResultSet rows = statement.executeQuery();
      return StreamSupport.stream(new Rows<>(rows, mapper), false).onClose(() -> close(statement));
    } catch (SQLException e) {
      close(statement);
      throw JdbcLedgerSource.unreadable(e);
    }
  }

  private static void close(PreparedStatement statement) {
    try {
      statement.close();
    } catch (SQLException e) {
      throw JdbcLedgerSource.unreadable(e);
    }
  }

  /** Moves on when asked for the next row, never ahead. */
  private static final class Rows<T> extends AbstractSpliterator<T> {
    private final ResultSet rows;
    private final Mapper<T> mapper;

    Rows(ResultSet rows, Mapper<T> mapper) {
      super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
      this.rows = rows;
      this.mapper = mapper;
    }

    @Override
    public boolean tryAdvance(Consumer<? super T> action) {
      try {
        if (!rows.next()) {
          return false;
        }
        action.accept(mapper.map(rows));
        return true;
      } catch (SQLException e) {
        throw JdbcLedgerSource.unreadable(e);
      }
    }
  }
}

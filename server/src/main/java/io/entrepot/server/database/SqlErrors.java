// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.database;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.support.SQLExceptionTranslator;
import org.springframework.jdbc.support.SQLStateSQLExceptionTranslator;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Gives SQLite's errors the names that PostgreSQL's have, so that callers see one kind. */
final class SqlErrors implements SQLExceptionTranslator {

  private static final String POSTGRESQL_UNIQUE_VIOLATION = "23505";

  private static final String POSTGRESQL_DISK_FULL = "53100";

  private final SQLStateSQLExceptionTranslator byState = new SQLStateSQLExceptionTranslator();

  /** Whether the disk of the database has no room left. */
  static boolean isFull(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException error
          && (POSTGRESQL_DISK_FULL.equals(error.getSQLState())
              || error instanceof SQLiteException sqlite
                  && sqlite.getResultCode() == SQLiteErrorCode.SQLITE_FULL)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether SQLite could not flush what it had written. A later flush of the same pages may succeed
   * without their being on the disk; PostgreSQL ends itself then.
   */
  static boolean isFailedFlush(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLiteException sqlite
          && (sqlite.getResultCode() == SQLiteErrorCode.SQLITE_IOERR_FSYNC
              || sqlite.getResultCode() == SQLiteErrorCode.SQLITE_IOERR_DIR_FSYNC)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public @Nullable DataAccessException translate(
      String task, @Nullable String sql, SQLException error) {
    if (error instanceof SQLiteException sqlite) {
      return translateSqlite(task, sqlite);
    }
    if (POSTGRESQL_UNIQUE_VIOLATION.equals(error.getSQLState())) {
      return new DuplicateKeyException(task, error);
    }
    return byState.translate(task, sql, error);
  }

  private @Nullable DataAccessException translateSqlite(String task, SQLiteException error) {
    SQLiteErrorCode code = error.getResultCode();
    return switch (code) {
      case SQLITE_CONSTRAINT_UNIQUE, SQLITE_CONSTRAINT_PRIMARYKEY ->
          new DuplicateKeyException(task, error);
      case SQLITE_BUSY, SQLITE_BUSY_SNAPSHOT, SQLITE_LOCKED ->
          new CannotAcquireLockException(task, error);
      default ->
          code.name().startsWith("SQLITE_CONSTRAINT")
              ? new DataIntegrityViolationException(task, error)
              : byState.translate(task, null, error);
    };
  }
}

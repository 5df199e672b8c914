// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Properties;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** A SQLite database whose disk fails to keep what the job engine's own connections write. */
public final class FlushesThatFail {

  private volatile boolean failing;
  private volatile int statements;

  public void begin() {
    failing = true;
  }

  /** How many statements that change something came to these connections. */
  public int statements() {
    return statements;
  }

  public Database database() {
    Pools sound = TestDatabases.sqlitePools();
    return new Database(
        Dialect.SQLITE, new Pools(sound.writer(), sound.reader(), within(sound.scheduler())));
  }

  private HikariDataSource within(HikariDataSource pool) {
    HikariConfig config = new HikariConfig();
    pool.copyStateTo(config);
    pool.close();
    config.setDataSource(new Failing(config));
    return new HikariDataSource(config);
  }

  private final class Failing extends DriverManagerDataSource {

    Failing(HikariConfig config) {
      super(config.getJdbcUrl(), config.getDataSourceProperties());
    }

    @Override
    protected Connection getConnectionFromDriver(Properties properties) throws SQLException {
      Connection real = super.getConnectionFromDriver(properties);
      return proxy(Connection.class, (_, method, given) -> onConnection(real, method, given));
    }
  }

  private Object onConnection(Connection real, Method method, Object[] given) throws Throwable {
    Object result = plainly(real, method, given);
    return result instanceof PreparedStatement statement
        ? proxy(PreparedStatement.class, (_, called, with) -> onStatement(statement, called, with))
        : result;
  }

  private Object onStatement(PreparedStatement real, Method method, Object[] given)
      throws Throwable {
    if (method.getName().startsWith("execute")) {
      statements++;
      if (failing) {
        throw new SQLiteException("disk I/O error", SQLiteErrorCode.SQLITE_IOERR_FSYNC);
      }
    }
    return plainly(real, method, given);
  }

  private static Object plainly(Object real, Method method, Object[] given) throws Throwable {
    try {
      return method.invoke(real, given);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}

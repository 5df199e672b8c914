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
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Kills its own process at a chosen change of the database: just before or just after it is
 * durable. Point 1 is before the first change after {@link #arm}, point 2 after it, and so on.
 * Where asked for, each statement of a transaction counts as well.
 */
public final class StatementsThatKill {

  /** The status of a process that has killed itself. */
  static final int KILLED = 137;

  private final int point;
  private final boolean withinTransactions;
  private final AtomicInteger reached = new AtomicInteger();
  private volatile boolean armed;

  /**
   * @param point from 1; 0 is never
   */
  public StatementsThatKill(int point) {
    this(point, false);
  }

  private StatementsThatKill(int point, boolean withinTransactions) {
    this.point = point;
    this.withinTransactions = withinTransactions;
  }

  /** Counts the statements of transactions too. */
  static StatementsThatKill withinTransactions(int point) {
    return new StatementsThatKill(point, true);
  }

  /** Counting begins. */
  public void arm() {
    armed = true;
  }

  /** The same connections, with death in them. */
  public Pools within(Pools pools) {
    return new Pools(within(pools.writer()), pools.reader(), within(pools.scheduler()));
  }

  private HikariDataSource within(HikariDataSource pool) {
    HikariConfig config = new HikariConfig();
    pool.copyStateTo(config);
    pool.close();
    config.setDataSource(new Deadly(config));
    return new HikariDataSource(config);
  }

  private void step() {
    if (armed && reached.incrementAndGet() == point) {
      Runtime.getRuntime().halt(KILLED);
    }
  }

  private final class Deadly extends DriverManagerDataSource {

    Deadly(HikariConfig config) {
      super(config.getJdbcUrl(), config.getDataSourceProperties());
      setUsername(config.getUsername());
      setPassword(config.getPassword());
    }

    @Override
    protected Connection getConnectionFromDriver(Properties properties) throws SQLException {
      Connection real = super.getConnectionFromDriver(properties);
      return proxy(
          Connection.class, (_, method, arguments) -> onConnection(real, method, arguments));
    }
  }

  private Object onConnection(Connection real, Method method, Object[] arguments) throws Throwable {
    if (method.getName().equals("commit")) {
      return around(real, method, arguments);
    }
    Object result = plainly(real, method, arguments);
    return switch (result) {
      case PreparedStatement statement -> watched(PreparedStatement.class, real, statement);
      case Statement statement -> watched(Statement.class, real, statement);
      case null, default -> result;
    };
  }

  /** Outside a transaction each statement is durable by itself. */
  private <S extends Statement> S watched(Class<S> type, Connection connection, S real) {
    return proxy(
        type,
        (_, method, arguments) ->
            method.getName().startsWith("execute")
                    && (withinTransactions || connection.getAutoCommit())
                ? around(real, method, arguments)
                : plainly(real, method, arguments));
  }

  private Object around(Object real, Method method, Object[] arguments) throws Throwable {
    step();
    Object result = plainly(real, method, arguments);
    step();
    return result;
  }

  private static Object plainly(Object real, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(real, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}

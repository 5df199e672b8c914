// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.database;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;
import io.entrepot.base.Id;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The door to the main database.
 *
 * <p>Reading needs no ceremony: {@link #sql} outside a transaction uses a read-only connection, and
 * a statement that writes there fails. Everything that writes runs inside {@link #write}; {@link
 * #sql} inside it uses the transaction's connection and sees its own changes. Transactions on
 * SQLite are taken one after the other, so keep them short and do no I/O in them.
 */
public final class Database implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Database.class);

  private final Dialect dialect;
  private final Pools pools;
  private final DataSource scheduler;
  private final JdbcClient reads;
  private final JdbcClient writes;
  private final JdbcTemplate batches;
  private final TransactionTemplate transactions;
  private final Reserve reserve;
  private final ReentrantLock onReserve = new ReentrantLock();
  private final AtomicBoolean flushFailed = new AtomicBoolean();

  private final ThreadLocal<@Nullable Afterwards> afterwards = new ThreadLocal<>();

  /** Takes the pools over; {@link #close} closes them. */
  public Database(Dialect dialect, Pools pools) {
    this(dialect, pools, Reserve.none());
  }

  /**
   * As the other, with room that {@link #writeFromReserve} may use; it is taken now and again
   * whenever a part of it was used.
   */
  public Database(Dialect dialect, Pools pools, Reserve reserve) {
    this.reserve = reserve;
    reserve.take();
    this.dialect = dialect;
    this.pools = pools;
    this.scheduler = new SchedulerSource(pools.scheduler(), flushFailed::get);
    if (pools.scheduler().getExceptionOverride() instanceof FlushWatch watch) {
      watch.tell(this::stopWriting);
    }
    this.reads = JdbcClient.create(translating(pools.reader()));
    this.batches = translating(pools.writer());
    this.writes = JdbcClient.create(batches);
    this.transactions = new TransactionTemplate(new DataSourceTransactionManager(pools.writer()));
  }

  private static JdbcTemplate translating(DataSource source) {
    JdbcTemplate template = new JdbcTemplate(source);
    template.setExceptionTranslator(new SqlErrors());
    return template;
  }

  public Dialect dialect() {
    return dialect;
  }

  /** A statement on this thread's transaction, or on a read-only connection when there is none. */
  public JdbcClient.StatementSpec sql(String text) {
    return (inTransaction() ? writes : reads).sql(text);
  }

  /**
   * Runs one statement for many rows. Only inside {@link #write}.
   *
   * @param rows the parameters of each row, in the order of the question marks
   */
  public void batch(String text, List<Object[]> rows) {
    if (!inTransaction()) {
      throw new IllegalStateException("a batch writes, so it belongs inside write(…)");
    }
    if (!rows.isEmpty()) {
      batches.batchUpdate(text, rows);
    }
  }

  /**
   * Runs the work in one transaction: all of it is durable when this returns, none of it when it
   * throws. Inside another transaction it joins that one.
   *
   * @throws EntrepotException {@code STORE_FULL} where the disk has no room for it; {@code
   *     STORE_READ_ONLY} once the disk has failed to keep what was written: it may fail to again
   *     without saying so, and nothing is written until the server is started anew
   */
  public <T> T write(Supplier<T> work) {
    T result = attempt(work);
    if (reserve.isShort() && !inTransaction() && onReserve.tryLock()) {
      try {
        reserve.take();
      } finally {
        onReserve.unlock();
      }
    }
    return result;
  }

  private <T> T attempt(Supplier<T> work) {
    if (inTransaction()) {
      return execute(work);
    }
    Afterwards then = new Afterwards(new ArrayList<>(), new ArrayList<>());
    afterwards.set(then);
    boolean committed = false;
    T result;
    try {
      result = execute(work);
      committed = true;
    } finally {
      afterwards.remove();
      if (!committed) {
        run(then.onFailure());
      }
    }
    run(then.onCommit());
    return result;
  }

  /** One that fails keeps no other from its turn, and changes nothing about how it ended before. */
  private static void run(List<Runnable> works) {
    for (Runnable work : works) {
      try {
        work.run();
      } catch (RuntimeException e) {
        LOG.error("What was to follow a transaction failed.", e);
      }
    }
  }

  private <T> T execute(Supplier<T> work) {
    if (flushFailed.get()) {
      throw readOnly();
    }
    try {
      return transactions.execute(_ -> work.get());
    } catch (DataAccessException | TransactionException e) {
      if (SqlErrors.isFailedFlush(e)) {
        stopWriting(e);
        throw readOnly();
      }
      throw SqlErrors.isFull(e) ? full(e) : e;
    }
  }

  private void stopWriting(Exception cause) {
    if (!flushFailed.getAndSet(true)) {
      LOG.error("The disk of the database failed to keep what was written.", cause);
    }
  }

  private static EntrepotException readOnly() {
    return new EntrepotException(
        ErrorCode.STORE_READ_ONLY,
        "The disk that the server keeps its records on failed to keep what was written. Nothing more"
            + " is written: check the disk, then start the server again.");
  }

  /**
   * {@link #write(Supplier)} for the little that has to work on a full disk: signing in and out,
   * and taking things away. Where there is no room it is done once more with the reserve, which the
   * rest of the server never touches.
   *
   * @param work has no effect but on the database; may be run twice
   */
  public <T> T writeFromReserve(Supplier<T> work) {
    if (inTransaction()) {
      return attempt(work);
    }
    try {
      return attempt(work);
    } catch (EntrepotException e) {
      if (e.code() != ErrorCode.STORE_FULL) {
        throw e;
      }
      return again(work);
    }
  }

  private <T> T again(Supplier<T> work) {
    onReserve.lock();
    try {
      reserve.release();
      return attempt(work);
    } finally {
      reserve.take();
      onReserve.unlock();
    }
  }

  /** {@link #writeFromReserve(Supplier)} for work that answers nothing. */
  public void writeFromReserve(Runnable work) {
    writeFromReserve(
        () -> {
          work.run();
          return null;
        });
  }

  /**
   * {@link #write(Runnable)} for what may be left out while the disk is full, and is then: it never
   * uses the reserve up.
   */
  public void writeUnlessFull(Runnable work) {
    try {
      write(work);
    } catch (EntrepotException e) {
      if (e.code() != ErrorCode.STORE_FULL) {
        throw e;
      }
    }
  }

  /** Whether the disk failed to keep what was written, so that nothing more is. */
  public boolean isReadOnly() {
    return flushFailed.get();
  }

  /** Whether the disk is so full that a part of the reserve was used. */
  public boolean isOnReserve() {
    return reserve.isShort();
  }

  private static EntrepotException full(RuntimeException cause) {
    return new EntrepotException(
        ErrorCode.STORE_FULL,
        "The disk that the server keeps its records on has no space left. Free some, then try"
            + " again.",
        cause);
  }

  /** {@link #write(Supplier)} for work that answers nothing. */
  public void write(Runnable work) {
    write(
        () -> {
          work.run();
          return null;
        });
  }

  /**
   * Keeps other transactions from changing a row until this one ends, so that what is read of it
   * now is still true when it is written back. Only inside {@link #write}. SQLite has one writer,
   * which is enough.
   *
   * @param table its name, as it stands in this program
   */
  public void hold(String table, Id id) {
    if (!inTransaction()) {
      throw new IllegalStateException("a row is held by a transaction, inside write(…)");
    }
    if (dialect == Dialect.POSTGRESQL) {
      sql("select id from " + table + " where id = ? for update")
          .param(id.hex())
          .query(String.class)
          .optional();
    }
  }

  /**
   * Runs the work after the present transaction has committed, outside of it, so that it may have
   * one of its own; at once when there is none. What it throws is logged.
   */
  public void afterCommit(Runnable work) {
    Afterwards then = afterwards.get();
    if (then == null) {
      work.run();
    } else {
      then.onCommit().add(work);
    }
  }

  /**
   * Runs the work when the present transaction has ended and did not commit, or nobody knows
   * whether it did. Only inside {@link #write}.
   */
  public void afterFailure(Runnable work) {
    Afterwards then = afterwards.get();
    if (then == null) {
      throw new IllegalStateException("only a transaction can fail, inside write(…)");
    }
    then.onFailure().add(work);
  }

  private static boolean inTransaction() {
    return TransactionSynchronizationManager.isActualTransactionActive();
  }

  /**
   * Connections of their own for the job engine, so a heartbeat never waits behind a batch. There
   * are none any more once {@link #isReadOnly}, which a failed flush on one of them leads to as
   * well.
   */
  public DataSource schedulerSource() {
    return scheduler;
  }

  @Override
  public void close() {
    pools.close();
  }

  /** What is to be done after the transaction of a thread, by how it ends. */
  private record Afterwards(List<Runnable> onCommit, List<Runnable> onFailure) {}
}

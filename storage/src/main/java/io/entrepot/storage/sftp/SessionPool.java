// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.sftp;

import io.entrepot.base.ErrorCode;
import io.entrepot.storage.StoreException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Keeps logged-in sessions for the next caller, up to a limit; broken and idle ones are closed. */
final class SessionPool implements AutoCloseable {

  private final SftpLimits limits;
  private final Supplier<SftpSession> opener;
  private final Semaphore permits;
  private final Deque<Parked> parked = new ArrayDeque<>();
  private boolean closed;

  private record Parked(SftpSession session, long sinceNanos) {}

  SessionPool(SftpLimits limits, Supplier<SftpSession> opener) {
    this.limits = limits;
    this.opener = opener;
    this.permits = new Semaphore(limits.maxSessions(), true);
  }

  /** A session for one thread; close the lease to give it back. */
  Lease borrow() {
    waitForTurn();
    try {
      SftpSession session = takeParked();
      return new Lease(session == null ? opener.get() : session, this);
    } catch (RuntimeException e) {
      permits.release();
      throw e;
    }
  }

  void release(SftpSession session) {
    boolean keep;
    synchronized (parked) {
      keep = !closed && !session.broken();
      if (keep) {
        parked.push(new Parked(session, System.nanoTime()));
      }
    }
    permits.release();
    if (!keep) {
      session.close();
    }
    closeIdle();
  }

  /** Closes what nobody used for the idle time. */
  void closeIdle() {
    long now = System.nanoTime();
    long idle = limits.idleTimeout().toNanos();
    List<SftpSession> leaving = new ArrayList<>();
    synchronized (parked) {
      while (!parked.isEmpty() && now - parked.peekLast().sinceNanos() > idle) {
        leaving.add(parked.pollLast().session());
      }
    }
    leaving.forEach(SftpSession::close);
  }

  @Override
  public void close() {
    List<Parked> leaving;
    synchronized (parked) {
      closed = true;
      leaving = List.copyOf(parked);
      parked.clear();
    }
    leaving.forEach(each -> each.session().close());
  }

  private @Nullable SftpSession takeParked() {
    while (true) {
      Parked next;
      synchronized (parked) {
        if (closed) {
          throw new StoreException(ErrorCode.CONFLICT_STATE, "the SFTP store is closed");
        }
        next = parked.poll();
      }
      if (next == null || !next.session().broken()) {
        return next == null ? null : next.session();
      }
      next.session().close();
    }
  }

  private void waitForTurn() {
    boolean mine;
    try {
      mine = permits.tryAcquire(limits.replyTimeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException(ErrorCode.CANCELLED, "waiting for an SFTP session was cancelled", e);
    }
    if (!mine) {
      throw new StoreException(
          ErrorCode.OVERLOADED,
          "all "
              + limits.maxSessions()
              + " SFTP sessions are busy. Try again, or allow more sessions.");
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.sftp;

import java.util.concurrent.atomic.AtomicBoolean;

/** The right to use a session until it is given back; giving it back twice does nothing. */
final class Lease implements AutoCloseable {

  private final SftpSession session;
  private final SessionPool pool;
  private final AtomicBoolean over = new AtomicBoolean();

  Lease(SftpSession session, SessionPool pool) {
    this.session = session;
    this.pool = pool;
  }

  SftpSession session() {
    return session;
  }

  /** Closes a remote handle without waiting for the answer, then gives the session back. */
  void closeWith(byte[] handle) {
    try (this) {
      if (!over.get() && !session.broken()) {
        session.wire().closeHandle(handle);
        session.wire().flush();
      }
    }
  }

  @Override
  public void close() {
    if (!over.getAndSet(true)) {
      pool.release(session);
    }
  }
}

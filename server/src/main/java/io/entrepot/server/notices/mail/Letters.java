// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.notices.mail;

import io.entrepot.server.notices.outgoing.Reply;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends letters to single people while those who ask for it go on. One that cannot be handed over
 * is tried again from memory, for a few minutes.
 */
final class Letters implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Letters.class);

  private static final int ATTEMPTS = 4;
  private static final int SECONDS_BETWEEN = 60;

  private final Mailer mailer;
  private final ScheduledExecutorService threads =
      Executors.newScheduledThreadPool(1, Thread.ofVirtual().factory());

  Letters(Mailer mailer) {
    this.mailer = mailer;
  }

  /**
   * @param what it is, for the server's log
   */
  void send(String address, Mailer.Letter letter, String what) {
    threads.execute(() -> attempt(address, letter, what, 1));
  }

  private void attempt(String address, Mailer.Letter letter, String what, int attempt) {
    Reply reply = mailer.send(List.of(address), letter);
    if (reply.isGood()) {
      return;
    }
    if (attempt == ATTEMPTS) {
      LOG.error("{} was not sent. {}", what, reply.words());
      return;
    }
    try {
      var _ =
          threads.schedule(
              () -> attempt(address, letter, what, attempt + 1), SECONDS_BETWEEN, TimeUnit.SECONDS);
    } catch (RejectedExecutionException _) {
      LOG.error("{} was not sent: the server stops.", what);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}

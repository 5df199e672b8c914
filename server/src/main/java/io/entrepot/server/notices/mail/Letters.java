// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.notices.mail;

import io.entrepot.server.notices.outgoing.Reply;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends letters to single people while those who ask for it go on. One that cannot be handed over
 * is tried again from memory, for a few minutes. Links and notices wait each in a queue of their
 * own, so that no number of notices keeps somebody from getting back in.
 */
final class Letters implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Letters.class);

  private static final int ATTEMPTS = 4;
  private static final Duration BETWEEN = Duration.ofSeconds(60);

  private final Mailer mailer;
  private final Queue links = new Queue("Links", 1000);
  private final Queue notices = new Queue("Notices", 200);

  Letters(Mailer mailer) {
    this.mailer = mailer;
  }

  /**
   * Sends what somebody needs to get back in.
   *
   * @param what it is, for the server's log
   */
  void sendLink(String address, Mailer.Letter letter, String what) {
    links.add(new Post(address, letter, what));
  }

  /** Sends what stands in an inbox, too; left out where many wait already. */
  void sendNotice(String address, Mailer.Letter letter, String what) {
    notices.add(new Post(address, letter, what));
  }

  int waitingNotices() {
    return notices.waiting.get();
  }

  private record Post(String address, Mailer.Letter letter, String what) {}

  /** Letters of one kind, of which only so many wait in memory. */
  private final class Queue {

    private final String name;
    private final int limit;
    private final AtomicInteger waiting = new AtomicInteger();
    private final ScheduledExecutorService thread =
        Executors.newScheduledThreadPool(1, Thread.ofVirtual().factory());

    Queue(String name, int limit) {
      this.name = name;
      this.limit = limit;
    }

    void add(Post post) {
      if (waiting.incrementAndGet() > limit) {
        waiting.decrementAndGet();
        LOG.error("{} was not sent: {} {} wait for the mail server.", post.what(), limit, name);
        return;
      }
      try {
        thread.execute(() -> attempt(post, 1));
      } catch (RejectedExecutionException _) {
        stopped(post);
      }
    }

    private void attempt(Post post, int attempt) {
      Reply reply = mailer.send(List.of(post.address()), post.letter());
      if (reply.isGood() || attempt == ATTEMPTS) {
        waiting.decrementAndGet();
        if (!reply.isGood()) {
          LOG.error("{} was not sent. {}", post.what(), reply.words());
        }
        return;
      }
      try {
        var _ =
            thread.schedule(
                () -> attempt(post, attempt + 1), BETWEEN.toSeconds(), TimeUnit.SECONDS);
      } catch (RejectedExecutionException _) {
        stopped(post);
      }
    }

    private void stopped(Post post) {
      waiting.decrementAndGet();
      LOG.error("{} was not sent: the server stops.", post.what());
    }
  }

  @Override
  public void close() {
    links.thread.shutdownNow();
    notices.thread.shutdownNow();
  }
}

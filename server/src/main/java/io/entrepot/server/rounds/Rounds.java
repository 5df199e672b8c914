// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rounds;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * One thread that does its work again and again, one piece after another.
 *
 * <p>A piece that throws is done again at its next turn. It is told of in the log once, with its
 * stack, and again only after it went well in between or fails in another way.
 */
public final class Rounds {

  private final String name;
  private final Duration patience;
  private final Logger log;
  private volatile @Nullable ScheduledExecutorService thread;

  /**
   * @param name of the thread
   * @param patience how long {@link #stop} waits for a piece that is under way, before it is
   *     interrupted
   */
  public Rounds(String name, Duration patience, Logger log) {
    this.name = name;
    this.patience = patience;
    this.log = log;
  }

  /** Work that has a turn again and again. */
  public final class Round {

    private final String failure;
    private final Runnable work;
    private final Complaint complaint = new Complaint();

    private Round(String failure, Runnable work) {
      this.failure = failure;
      this.work = work;
    }

    /** Gives it a turn as soon as the thread is free; none when the rounds have ended. */
    public void soon() {
      later(Duration.ZERO, this::run);
    }

    /** An executor never runs a task again that threw, be it an Error. */
    private void run() {
      try {
        work.run();
        complaint.settle();
      } catch (Throwable e) {
        if (complaint.isNew(e)) {
          log.error(failure, e);
        }
      }
    }
  }

  /** Begins with nothing to do. */
  public void start() {
    thread =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name(name).factory());
  }

  /**
   * Does this again and again, from {@link #start} on to {@link #stop}.
   *
   * @param first until the first turn
   * @param pause between the end of one turn and the beginning of the next
   * @param failure what the log says when it throws
   */
  public Round every(Duration first, Duration pause, String failure, Runnable work) {
    Round round = new Round(failure, work);
    ScheduledExecutorService now = thread;
    if (now != null) {
      var _ =
          now.scheduleWithFixedDelay(
              round::run, first.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }
    return round;
  }

  /** Does this once, after a while; not at all when the rounds end before. */
  public void later(Duration delay, Runnable work) {
    ScheduledExecutorService now = thread;
    if (now == null) {
      return;
    }
    try {
      var _ = now.schedule(() -> once(work), delay.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException _) {
      // They have ended, and that is what was promised.
    }
  }

  private void once(Runnable work) {
    try {
      work.run();
    } catch (Throwable e) {
      log.error("What {} was to do once failed.", name, e);
    }
  }

  /** Ends them; a piece that is under way has the time to end by itself. */
  public void stop() {
    ScheduledExecutorService now = thread;
    if (now == null) {
      return;
    }
    now.shutdown();
    try {
      if (!now.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        now.shutdownNow();
      }
    } catch (InterruptedException _) {
      now.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  public boolean isRunning() {
    ScheduledExecutorService now = thread;
    return now != null && !now.isShutdown();
  }
}

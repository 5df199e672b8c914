// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.mover;

import io.entrepot.base.ErrorCode;
import io.entrepot.storage.StoreException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One call of {@link MoverPool#run}: its threads, and what flows between them. */
final class PoolRun {

  /** Between two looks at whether somebody cancelled. */
  private static final long LOOK_MILLIS = 100;

  /** A thread that has not seen the cancellation after so many looks is stuck: interrupt it. */
  private static final int LOOKS_OF_GRACE = 10;

  /** Outcomes are handed over in groups of about this many: one database commit for many files. */
  private static final int HAND_OVER = 1024;

  private sealed interface Event {
    record Finished(List<Outcome> outcomes) implements Event {}

    record Ended(boolean worker, @Nullable Throwable cause) implements Event {}
  }

  private final Mover mover;
  private final Route route;
  private final CopyControl control;
  private final Pending pending;
  private final BlockingQueue<Event> events;
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean stopped;
  private boolean interrupted;
  private boolean refused;
  private @Nullable Throwable failure;

  PoolRun(Mover mover, int workers, Route route, CopyControl control) {
    this.mover = mover;
    this.route = route;
    this.control =
        new CopyControl(() -> stopped || control.cancelled().getAsBoolean(), control.progress());
    this.pending = new Pending(workers);
    this.events = new ArrayBlockingQueue<>(2 * workers);
  }

  void run(int workers, Iterator<CopyOrder> orders, Consumer<List<Outcome>> done) {
    start("mover-orders", false, () -> pull(orders));
    for (int i = 1; i <= workers; i++) {
      start("mover-" + i, true, this::work);
    }
    int looks = 0;
    for (int alive = threads.size(); alive > 0; ) {
      List<Outcome> outcomes = new ArrayList<>();
      int ended = collect(outcomes);
      alive -= ended;
      hand(outcomes, done);
      boolean idle = ended == 0 && outcomes.isEmpty();
      if (idle && control.cancelled().getAsBoolean() && ++looks > LOOKS_OF_GRACE) {
        threads.forEach(Thread::interrupt);
      }
    }
    hand(pending.remaining().stream().map(PoolRun::cancelled).toList(), done);
    conclude();
  }

  private static Outcome cancelled(CopyOrder order) {
    return new Outcome.Failed(order, SourceStream.cancelled(order));
  }

  private void start(String name, boolean worker, Body body) {
    Runnable task =
        () -> {
          Throwable cause = null;
          try {
            body.run();
          } catch (InterruptedException e) {
            // Only this class interrupts its threads, and only when the work is cancelled.
          } catch (Throwable t) {
            cause = t;
          }
          put(new Event.Ended(worker, cause));
        };
    threads.add(Thread.ofPlatform().daemon().name(name).start(task));
  }

  private void pull(Iterator<CopyOrder> orders) throws InterruptedException {
    try {
      while (!control.cancelled().getAsBoolean() && orders.hasNext()) {
        pending.add(orders.next());
      }
    } finally {
      pending.end();
    }
  }

  private void work() throws InterruptedException {
    List<CopyOrder> batch = pending.take();
    while (!batch.isEmpty()) {
      put(new Event.Finished(mover.copy(route, batch, control)));
      batch = pending.take();
    }
  }

  /** The calling thread takes events until every thread has ended, so this never waits for ever. */
  private void put(Event event) {
    boolean wasInterrupted = Thread.interrupted();
    while (true) {
      try {
        events.put(event);
        break;
      } catch (InterruptedException e) {
        wasInterrupted = true;
      }
    }
    if (wasInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for one event and takes those that came with it; answers how many threads ended. */
  private int collect(List<Outcome> outcomes) {
    int ended = 0;
    Event event = await();
    while (event != null) {
      switch (event) {
        case Event.Finished(var finished) -> outcomes.addAll(finished);
        case Event.Ended(boolean worker, var cause) -> {
          ended++;
          note(worker, cause);
        }
      }
      event = outcomes.size() < HAND_OVER ? events.poll() : null;
    }
    return ended;
  }

  private @Nullable Event await() {
    try {
      return events.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
      stopped = true;
      return null;
    }
  }

  private void note(boolean worker, @Nullable Throwable cause) {
    if (cause == null || (!worker && control.cancelled().getAsBoolean())) {
      return;
    }
    if (failure == null) {
      failure = cause;
    } else if (failure != cause) {
      failure.addSuppressed(cause);
    }
    stopped |= worker;
  }

  private void hand(List<Outcome> outcomes, Consumer<List<Outcome>> done) {
    if (outcomes.isEmpty() || refused) {
      return;
    }
    try {
      done.accept(outcomes);
    } catch (RuntimeException | Error e) {
      note(true, e);
      refused = true;
    }
  }

  private void conclude() {
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    switch (failure) {
      case null -> {}
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case Throwable e -> throw new IllegalStateException(e);
    }
    if (interrupted) {
      throw new StoreException(
          ErrorCode.CANCELLED, "the copying was interrupted. What was not published was removed.");
    }
  }

  private interface Body {
    void run() throws InterruptedException;
  }
}

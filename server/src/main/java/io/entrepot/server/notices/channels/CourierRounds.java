// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.notices.channels;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Makes the courier look for what is due: every few seconds, and when something was added. */
final class CourierRounds implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(CourierRounds.class);

  private static final int SECONDS_BETWEEN = 5;

  /** So many are tried at once; a channel that hangs holds up no more than a round. */
  private static final int AT_ONCE = 8;

  /** An attempt that has not ended by then is made again after the next start. */
  private static final int PATIENCE_SECONDS = 3;

  private final Courier courier;
  private final Deliveries deliveries;
  private volatile ScheduledExecutorService clock = stopped();

  CourierRounds(Courier courier, Deliveries deliveries) {
    this.courier = courier;
    this.deliveries = deliveries;
  }

  private static ScheduledExecutorService stopped() {
    ScheduledExecutorService none = Executors.newSingleThreadScheduledExecutor();
    none.shutdown();
    return none;
  }

  @Override
  public void start() {
    ScheduledExecutorService fresh =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("notices").daemon().factory());
    var _ = fresh.scheduleWithFixedDelay(this::round, 1, SECONDS_BETWEEN, TimeUnit.SECONDS);
    var _ = fresh.scheduleWithFixedDelay(this::forget, 0, 1, TimeUnit.HOURS);
    clock = fresh;
    deliveries.ring(this::soon);
  }

  private void soon() {
    try {
      clock.execute(this::round);
    } catch (RejectedExecutionException _) {
      // The server stops; the delivery is on record and is tried after the next start.
    }
  }

  /** An executor never runs a task again that threw, and the next round may well succeed. */
  private void round() {
    try {
      AtomicBoolean well = new AtomicBoolean(true);
      List<Delivery> due = courier.due(AT_ONCE);
      while (!due.isEmpty() && well.get() && !clock.isShutdown()) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
          due.forEach(one -> threads.execute(() -> attempt(one, well)));
        }
        due = courier.due(AT_ONCE);
      }
    } catch (RuntimeException e) {
      LOG.error("Notices that are due were not looked for; they are kept.", e);
    }
  }

  private void attempt(Delivery delivery, AtomicBoolean well) {
    try {
      courier.attempt(delivery);
    } catch (RuntimeException e) {
      // It is still due: what stands in its way must not be run into again and again.
      well.set(false);
      LOG.error("The delivery {} was tried, and what came of it is not known.", delivery.id(), e);
    }
  }

  private void forget() {
    try {
      courier.forget();
    } catch (RuntimeException e) {
      LOG.warn("Old deliveries were not taken out of the log.", e);
    }
  }

  @Override
  public void stop() {
    clock.shutdown();
    try {
      if (!clock.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        clock.shutdownNow();
      }
    } catch (InterruptedException _) {
      clock.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return !clock.isShutdown();
  }
}

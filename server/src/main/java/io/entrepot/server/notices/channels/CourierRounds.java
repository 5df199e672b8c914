// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.notices.channels;

import io.entrepot.server.rounds.Rounds;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Makes the courier look for what is due: every few seconds, and when something was added. */
final class CourierRounds implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(CourierRounds.class);

  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Duration BETWEEN = Duration.ofSeconds(5);

  /** So many channels have their turn at once; one that hangs holds the others up once a round. */
  private static final int AT_ONCE = 8;

  /** What one channel is sent before others have their turn again. */
  private static final int IN_A_ROW = 10;

  /** An attempt that has not ended by then is made again after the next start. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final Courier courier;
  private final Deliveries deliveries;
  private final Rounds rounds = new Rounds("notices", PATIENCE, LOG);

  CourierRounds(Courier courier, Deliveries deliveries) {
    this.courier = courier;
    this.deliveries = deliveries;
  }

  @Override
  public void start() {
    rounds.start();
    Rounds.Round round =
        rounds.every(
            SOON,
            BETWEEN,
            "Notices that are due were not sent, or what came of it is not known; they are kept.",
            this::round);
    rounds.every(
        Duration.ZERO,
        Duration.ofHours(1),
        "Old deliveries were not taken out of the log.",
        courier::forget);
    deliveries.onDue(round::soon);
  }

  private void round() {
    List<Delivery> due = courier.due(AT_ONCE);
    while (!due.isEmpty() && rounds.isRunning()) {
      attempt(due);
      due = courier.due(AT_ONCE);
    }
  }

  /** What stands in the way of one is still due: it must not be run into again and again. */
  private void attempt(List<Delivery> due) {
    AtomicReference<@Nullable RuntimeException> obstacle = new AtomicReference<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      due.forEach(one -> threads.execute(() -> attempt(one, obstacle)));
    }
    RuntimeException found = obstacle.get();
    if (found != null) {
      throw found;
    }
  }

  private void attempt(Delivery delivery, AtomicReference<@Nullable RuntimeException> obstacle) {
    try {
      Optional<Delivery> next = Optional.of(delivery);
      for (int i = 0; i < IN_A_ROW && next.isPresent() && rounds.isRunning(); i++) {
        next = courier.attempt(next.get()).filter(CourierRounds::isSent).flatMap(this::following);
      }
    } catch (RuntimeException e) {
      obstacle.set(e);
    }
  }

  private static boolean isSent(Delivery tried) {
    return tried.state() == Delivery.State.SENT;
  }

  /** What works is not kept waiting by what does not. */
  private Optional<Delivery> following(Delivery sent) {
    return courier.dueOf(sent.channel());
  }

  @Override
  public void stop() {
    rounds.stop();
  }

  @Override
  public boolean isRunning() {
    return rounds.isRunning();
  }
}

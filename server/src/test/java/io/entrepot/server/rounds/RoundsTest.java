// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rounds;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class RoundsTest {

  private static final Duration SHORT = Duration.ofMillis(1);
  private static final Duration LONG = Duration.ofHours(1);

  private final Logger log = (Logger) LoggerFactory.getLogger(RoundsTest.class);
  private final ListAppender<ILoggingEvent> said = new ListAppender<>();
  private final Rounds rounds = new Rounds("rounds-test", Duration.ofSeconds(10), log);

  @BeforeEach
  void listen() {
    log.setAdditive(false);
    said.start();
    log.addAppender(said);
  }

  @AfterEach
  void stop() {
    rounds.stop();
    log.detachAppender(said);
  }

  @Test
  void a_failure_that_lasts_is_told_once_and_again_after_it_went_well() throws Exception {
    AtomicInteger turns = new AtomicInteger();
    CountDownLatch enough = new CountDownLatch(30);
    rounds.start();
    rounds.every(
        SHORT,
        SHORT,
        "It went wrong.",
        () -> {
          int turn = turns.getAndIncrement();
          enough.countDown();
          if (turn != 10) {
            throw new IllegalStateException("the database is away");
          }
        });

    assertThat(enough.await(20, TimeUnit.SECONDS)).isTrue();
    rounds.stop();
    assertThat(said.list).hasSize(2);
    assertThat(said.list.getFirst().getMessage()).isEqualTo("It went wrong.");
  }

  @Test
  void an_error_does_not_end_the_rounds_either() throws Exception {
    CountDownLatch enough = new CountDownLatch(5);
    rounds.start();
    rounds.every(
        SHORT,
        SHORT,
        "It went wrong.",
        () -> {
          enough.countDown();
          throw new StackOverflowError();
        });

    assertThat(enough.await(20, TimeUnit.SECONDS)).isTrue();
    rounds.stop();
    assertThat(said.list).hasSize(1);
  }

  @Test
  void what_is_done_once_and_fails_is_told() {
    rounds.start();
    rounds.later(
        Duration.ZERO,
        () -> {
          throw new IllegalStateException("no");
        });

    rounds.stop();

    assertThat(said.list)
        .singleElement()
        .satisfies(line -> assertThat(line.getFormattedMessage()).contains("rounds-test"));
  }

  @Test
  void a_turn_can_be_had_before_its_time() throws Exception {
    Semaphore done = new Semaphore(0);
    rounds.start();
    Rounds.Round round = rounds.every(LONG, LONG, "It went wrong.", done::release);

    round.soon();

    assertThat(done.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void nothing_runs_before_the_start_or_after_the_end() {
    AtomicInteger turns = new AtomicInteger();
    assertThat(rounds.isRunning()).isFalse();
    rounds.later(Duration.ZERO, turns::incrementAndGet);
    rounds.start();
    Rounds.Round round = rounds.every(LONG, LONG, "It went wrong.", turns::incrementAndGet);
    assertThat(rounds.isRunning()).isTrue();
    rounds.stop();
    round.soon();
    rounds.later(Duration.ZERO, turns::incrementAndGet);

    assertThat(rounds.isRunning()).isFalse();
    assertThat(turns).hasValue(0);
  }
}

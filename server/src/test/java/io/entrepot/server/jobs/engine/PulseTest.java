// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class PulseTest {

  @Test
  void an_error_does_not_end_it_and_is_seen_as_overdue() throws Exception {
    AtomicLong nanos = new AtomicLong();
    CountDownLatch turns = new CountDownLatch(5);
    try (Pulse pulse = new Pulse(nanos::get)) {
      pulse.every(
          Duration.ofMillis(1),
          "running out of stack",
          () -> {
            turns.countDown();
            throw new StackOverflowError();
          });

      assertThat(turns.await(20, TimeUnit.SECONDS)).isTrue();
      nanos.set(Duration.ofMinutes(4).toNanos());
      assertThat(pulse.overdue(Duration.ofMinutes(3))).containsExactly("running out of stack");
    }
  }

  @Test
  void work_that_fails_turn_after_turn_is_done_again_and_told_of_once() throws Exception {
    Logger log = (Logger) LoggerFactory.getLogger(Pulse.class);
    ListAppender<ILoggingEvent> said = new ListAppender<>();
    said.start();
    log.addAppender(said);
    log.setAdditive(false);
    CountDownLatch turns = new CountDownLatch(20);
    try (Pulse pulse = new Pulse(System::nanoTime)) {
      pulse.every(
          Duration.ofMillis(1),
          "looking after the tests",
          () -> {
            turns.countDown();
            throw new IllegalStateException("the database is away");
          });

      assertThat(turns.await(20, TimeUnit.SECONDS)).isTrue();
    } finally {
      log.detachAppender(said);
      log.setAdditive(true);
    }
    assertThat(said.list)
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.getFormattedMessage()).startsWith("looking after the tests failed");
              assertThat(line.getThrowableProxy()).isNotNull();
            });
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/**
 * The system's time and some more, so that a test need not wait for what comes later. A server has
 * it when it was started with {@link #AHEAD}.
 */
public final class AdjustableClock implements InstantSource {

  /** The setting that gives a server such a clock, and how far it is ahead, as in {@code PT10M}. */
  public static final String AHEAD = "spring.entrepot-clock-ahead";

  private final AtomicReference<Duration> ahead;

  private AdjustableClock(Duration ahead) {
    this.ahead = new AtomicReference<>(ahead);
  }

  /** The argument for a server that begins so far ahead of time. */
  public static String ahead(Duration time) {
    return "--" + AHEAD + "=" + time;
  }

  public void advance(Duration time) {
    ahead.updateAndGet(time::plus);
  }

  @Override
  public Instant instant() {
    return InstantSource.system().instant().plus(ahead.get()).truncatedTo(ChronoUnit.MICROS);
  }

  /** Found by the scan of the server's packages when the tests are on the class path. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnProperty(AHEAD)
  static class Wiring {
    @Bean
    @Primary
    AdjustableClock adjustableClock(
        @org.springframework.beans.factory.annotation.Value("${" + AHEAD + "}") Duration ahead) {
      return new AdjustableClock(ahead);
    }
  }
}

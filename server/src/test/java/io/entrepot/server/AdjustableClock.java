// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.context.support.GenericApplicationContext;

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

  /** Gives a server such a clock, when its settings ask for one. */
  static void add(GenericApplicationContext server) {
    Duration ahead = server.getEnvironment().getProperty(AHEAD, Duration.class);
    if (ahead != null) {
      server.registerBean(
          AdjustableClock.class,
          () -> new AdjustableClock(ahead),
          definition -> definition.setPrimary(true));
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.identity;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until it is told to move. */
final class TestClock implements InstantSource {

  private Instant now = Instant.parse("2026-03-01T12:00:00.123456Z");
  private Runnable meanwhile = () -> {};

  @Override
  public Instant instant() {
    Runnable once = meanwhile;
    meanwhile = () -> {};
    once.run();
    return now;
  }

  /** What happens, once, while somebody looks at this clock the next time. */
  void meanwhile(Runnable once) {
    meanwhile = once;
  }

  void advance(Duration time) {
    now = now.plus(time);
  }
}

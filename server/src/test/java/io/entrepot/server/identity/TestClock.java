// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.identity;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until it is told to move. */
final class TestClock implements InstantSource {

  private Instant now = Instant.parse("2026-03-01T12:00:00.123456Z");

  @Override
  public Instant instant() {
    return now;
  }

  void advance(Duration time) {
    now = now.plus(time);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until it is set. */
public final class TestClock implements InstantSource {

  private final AtomicReference<Instant> now;

  public TestClock(Instant start) {
    now = new AtomicReference<>(start);
  }

  public static TestClock at(String start) {
    return new TestClock(Instant.parse(start));
  }

  @Override
  public Instant instant() {
    return now.get();
  }

  public void set(String time) {
    now.set(Instant.parse(time));
  }

  /** Forward, or back when negative. */
  public void move(Duration by) {
    now.updateAndGet(t -> t.plus(by));
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.drills.kit;

import io.entrepot.client.local.LocalServer;
import java.time.Duration;

/** Times something on a machine that is shared with others. */
public final class Stopwatch {

  private final LocalServer server;
  private final Duration used;
  private final Contention contention = new Contention();
  private final long began = System.nanoTime();

  private Stopwatch(LocalServer server) {
    this.server = server;
    this.used = server.processorTime();
  }

  /**
   * Begins now.
   *
   * @param server whose work is not that of others
   */
  public static Stopwatch start(LocalServer server) {
    return new Stopwatch(server);
  }

  public Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - began);
  }

  /** How long it would have taken had nobody else taken a part of the machine. */
  public Duration alone() {
    Duration own = server.processorTime().minus(used);
    double share = contention.share(own.isNegative() ? Duration.ZERO : own);
    return Duration.ofNanos((long) (elapsed().toNanos() * (1 - share)));
  }
}

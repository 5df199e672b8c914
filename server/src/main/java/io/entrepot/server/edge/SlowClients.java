// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import io.entrepot.server.rounds.Rounds;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Closes connections whose clients keep the server waiting: Jetty itself only closes those that do
 * nothing at all, so that one byte now and then would hold a connection and its thread for ever.
 */
@Component
final class SlowClients implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(SlowClients.class);

  private final List<Connector> doors = new CopyOnWriteArrayList<>();
  private final Rounds rounds = new Rounds("slow-clients", Duration.ZERO, LOG);
  private Map<EndPoint, Dawdling> before = Map.of();

  /** From now on the connections of this door are looked at. */
  void watch(Connector door) {
    doors.add(door);
  }

  private void look() {
    Map<EndPoint, Dawdling> now = new HashMap<>();
    for (Connector door : doors) {
      for (EndPoint connection : door.getConnectedEndPoints()) {
        look(connection, now);
      }
    }
    before = now;
  }

  private void look(EndPoint connection, Map<EndPoint, Dawdling> now) {
    Dawdling.Look look = Dawdling.Look.at(connection);
    Dawdling known = before.get(connection);
    Dawdling dawdling = known == null ? Dawdling.since(look) : known.and(look);
    if (dawdling.isTooLong()) {
      connection.close(new TimeoutException("the client keeps the server waiting"));
    } else {
      now.put(connection, dawdling);
    }
  }

  @Override
  public void start() {
    rounds.start();
    rounds.every(
        Dawdling.BETWEEN_LOOKS,
        Dawdling.BETWEEN_LOOKS,
        "Slow clients were not looked for.",
        this::look);
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

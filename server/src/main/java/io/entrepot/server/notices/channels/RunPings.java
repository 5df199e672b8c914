// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.notices.channels;

import io.entrepot.base.Id;
import io.entrepot.server.database.Database;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Where it is told how runs of schedules go, to channels that hear nothing else. */
public final class RunPings {

  private final Database database;
  private final Channels channels;
  private final Deliveries deliveries;

  RunPings(Database database, Channels channels, Deliveries deliveries) {
    this.database = database;
    this.channels = channels;
    this.deliveries = deliveries;
  }

  /** Since when somebody has waited for runs; empty when nobody does. */
  public Optional<Instant> awaitedSince() {
    return channels.list().stream()
        .filter(RunPings::waits)
        .map(Channel::createdAt)
        .min(Comparator.naturalOrder());
  }

  private static boolean waits(Channel channel) {
    return channel.enabled() && channel.provider() == Provider.PING;
  }

  /**
   * Tells the channels that wait for this schedule and were there before the run. Joins the
   * transaction it is called in.
   *
   * @param ordered when the run was ordered
   */
  public void tell(Announcement what, Instant ordered) {
    List<Channel> waiting =
        channels.list().stream()
            .filter(RunPings::waits)
            .filter(channel -> !channel.createdAt().isAfter(ordered))
            .filter(channel -> channel.rule().isAbout(what.things()))
            .toList();
    database.write(
        () -> {
          Id message = deliveries.newMessage();
          waiting.forEach(channel -> deliveries.add(channel.id(), message, what));
        });
  }
}

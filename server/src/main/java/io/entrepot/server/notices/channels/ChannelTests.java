// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.notices.channels;

import io.entrepot.base.NotFoundException;
import io.entrepot.server.identity.Actor;
import java.util.Set;

/** Tries a channel as a real notice would: by the same rows, the same code and the same way. */
public final class ChannelTests {

  private final Deliveries deliveries;
  private final Courier courier;

  ChannelTests(Deliveries deliveries, Courier courier) {
    this.deliveries = deliveries;
    this.courier = courier;
  }

  /** Sends a test and waits for what comes of it; it is tried once. It is in the log like any. */
  public Delivery run(Actor by, Channel channel) {
    Announcement what =
        new Announcement(
            Deliveries.TEST,
            Severity.SUCCESS,
            Set.of(),
            "A test of " + channel.name(),
            by.email() + " has sent this test. Nothing has happened.",
            "/ui/notifications/channels/" + channel.id().toUuid());
    Delivery added = deliveries.addQuietly(channel.id(), what);
    return courier
        .attempt(added)
        .orElseThrow(() -> new NotFoundException("Notification configuration"));
  }
}

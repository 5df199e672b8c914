// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.notices.channels;

import io.entrepot.base.Id;
import io.entrepot.server.database.Database;
import io.entrepot.server.notices.Notice;
import java.util.function.Consumer;

/**
 * Where features say what happened.
 *
 * <p>Warnings and failures come into the inbox of every administrator, whatever channels there are;
 * each channel whose rule lets it pass gets a delivery. All of it is kept in the transaction this
 * is called in, and sent after its commit: what was rolled back is told to nobody, and what was
 * committed is not lost with the process.
 */
public final class Announcer {

  private final Database database;
  private final Consumer<Notice.Draft> administrators;
  private final Channels channels;
  private final Deliveries deliveries;

  /**
   * @param administrators puts a notice into the inboxes of all of them
   */
  Announcer(
      Database database,
      Consumer<Notice.Draft> administrators,
      Channels channels,
      Deliveries deliveries) {
    this.database = database;
    this.administrators = administrators;
    this.channels = channels;
    this.deliveries = deliveries;
  }

  public void announce(Announcement what) {
    database.write(
        () -> {
          if (what.severity() != Severity.SUCCESS) {
            administrators.accept(draft(what));
          }
          Id message = deliveries.newMessage();
          for (Channel channel : channels.hearing(what)) {
            deliveries.add(channel.id(), message, what);
          }
        });
  }

  private static Notice.Draft draft(Announcement what) {
    return new Notice.Draft(what.event(), what.title(), what.message(), what.link());
  }
}

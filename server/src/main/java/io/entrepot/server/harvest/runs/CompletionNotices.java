// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.runs;

import io.entrepot.server.notices.channels.Announcement;
import io.entrepot.server.notices.channels.Severity;
import java.util.function.Consumer;

/** Announces each run of a schedule that came to its end, for whoever wants to hear that, too. */
public final class CompletionNotices {

  private static final String EVENT = "harvest_completed";

  private final Consumer<Announcement> announcer;

  public CompletionNotices(Consumer<Announcement> announcer) {
    this.announcer = announcer;
  }

  /** Told of each run that looked to the end, in the transaction that ends its work. */
  public void looked(StandstillNotices.Look look) {
    if (look.schedule() != null) {
      announcer.accept(
          new Announcement(
              EVENT,
              Severity.SUCCESS,
              StandstillNotices.thing(look.instrument()),
              "The harvest of " + look.instrument().name() + " came to its end",
              "It found " + look.files() + (look.files() == 1 ? " file." : " files."),
              "/ui/instruments/" + look.instrument().id().toUuid()));
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.runs;

import io.entrepot.base.Id;
import io.entrepot.server.database.Database;
import io.entrepot.server.harvest.instruments.Instrument;
import io.entrepot.server.notices.channels.Announcement;
import io.entrepot.server.notices.channels.Severity;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Announces each run of a schedule that came to its end, for whoever wants to hear that, too; and
 * where files failed, that: once until a run has none that failed and none is to be tried again.
 * Meanwhile it is told a second time only when it becomes worse: of files that had not failed
 * before, none comes in any more.
 */
public final class CompletionNotices {

  private static final String COMPLETED = "harvest_completed";
  private static final String INCOMPLETE = "harvest_incomplete";

  /** What is on record beside it when nothing at all came in. */
  private static final String IN_VAIN = "harvest_in_vain";

  private final StandstillTable table;
  private final Consumer<Announcement> announcer;
  private final InstantSource clock;

  public CompletionNotices(
      Database database, Consumer<Announcement> announcer, InstantSource clock) {
    this.table = new StandstillTable(database);
    this.announcer = announcer;
    this.clock = clock;
  }

  /** Told of each run that looked to the end, in the transaction that ends its work. */
  public void looked(StandstillNotices.Look look) {
    Id schedule = look.schedule();
    if (schedule == null) {
      return;
    }
    if (look.harvested().failed() > 0) {
      incomplete(schedule, look);
    } else {
      completed(schedule, look);
    }
  }

  private void completed(Id schedule, StandstillNotices.Look look) {
    if (look.whole() && !look.unsettled()) {
      table.end(INCOMPLETE, schedule);
      table.end(IN_VAIN, schedule);
    }
    long files = look.harvested().files();
    announce(
        COMPLETED,
        Severity.SUCCESS,
        look,
        "The harvest of " + look.instrument().name() + " came to its end",
        "It found " + files + (files == 1 ? " file." : " files."));
  }

  private void incomplete(Id schedule, StandstillNotices.Look look) {
    Harvested harvested = look.harvested();
    boolean first = begins(INCOMPLETE, schedule);
    boolean worse =
        harvested.inVain() && (first || harvested.fresh() > 0) && begins(IN_VAIN, schedule);
    if (first || worse) {
      Instrument instrument = look.instrument();
      announce(
          INCOMPLETE,
          harvested.inVain() ? Severity.FAILURE : Severity.WARNING,
          look,
          harvested.inVain()
              ? "The harvest of " + instrument.name() + " brought nothing in"
              : "The harvest of " + instrument.name() + " left files behind",
          words(harvested));
    }
  }

  private boolean begins(String kind, Id schedule) {
    if (table.find(kind, schedule).isPresent()) {
      return false;
    }
    Instant now = clock.instant();
    table.begin(kind, schedule, now);
    table.told(kind, schedule, now);
    return true;
  }

  private static String words(Harvested harvested) {
    return String.format(
        Locale.ROOT,
        "%,d %s failed, %,d came in. %s A file that failed is tried again by itself for a while."
            + " You are told again when it becomes worse, and otherwise only after a whole run of"
            + " this schedule left none to be tried again.",
        harvested.failed(),
        harvested.failed() == 1 ? "file" : "files",
        harvested.transferred(),
        harvested.reason());
  }

  private void announce(
      String event, Severity severity, StandstillNotices.Look look, String title, String message) {
    announcer.accept(
        new Announcement(
            event,
            severity,
            look.things(),
            title,
            message,
            "/ui/instruments/" + look.instrument().id().toUuid()));
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.runs;

import io.entrepot.base.Id;
import io.entrepot.server.database.Database;
import io.entrepot.server.harvest.instruments.HarvestPolicy;
import io.entrepot.server.harvest.instruments.Instrument;
import io.entrepot.server.harvest.runs.StandstillTable.Standstill;
import io.entrepot.server.notices.channels.Announcement;
import io.entrepot.server.notices.channels.Severity;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Announces when runs succeed and yet nothing comes in: a schedule whose runs have found no file
 * for {@link #NO_FILES}, and an instrument with files that were unstable for {@link #UNSTABLE}
 * longer than they have to stand still. Each is told once, and again only after it was over.
 */
public final class StandstillNotices {

  /** Longer than a quiet weekend with a holiday. */
  static final Duration NO_FILES = Duration.ofDays(7);

  static final Duration UNSTABLE = Duration.ofDays(1);

  private static final String NO_FILES_KIND = "harvest_no_files";
  private static final String UNSTABLE_KIND = "harvest_unstable";

  private final StandstillTable table;
  private final UnstableTable unstable;
  private final Consumer<Announcement> announcer;
  private final InstantSource clock;

  public StandstillNotices(
      Database database, Consumer<Announcement> announcer, InstantSource clock) {
    this.table = new StandstillTable(database);
    this.unstable = new UnstableTable(database);
    this.announcer = announcer;
    this.clock = clock;
  }

  /**
   * What a run has looked at.
   *
   * @param schedule that ordered it; null for none
   * @param whole whether it looked at all of the instrument
   * @param unsettled whether a file that failed in this run or before is to be tried again
   */
  public record Look(
      @Nullable Id schedule,
      Instrument instrument,
      boolean whole,
      Harvested harvested,
      boolean unsettled) {

    /** What rules call what it has looked at, and what ordered it. */
    Set<String> things() {
      return StandstillNotices.things(instrument, schedule);
    }
  }

  /** Told of each run that looked to the end, in the transaction that ends its work. */
  public void looked(Look look) {
    Instant now = clock.instant();
    Id schedule = look.schedule();
    if (schedule != null) {
      files(schedule, look, now);
    }
    unstable(look, now);
  }

  private void files(Id schedule, Look look, Instant now) {
    if (look.harvested().files() > 0) {
      table.end(NO_FILES_KIND, schedule);
      return;
    }
    Optional<Standstill> before = table.find(NO_FILES_KIND, schedule);
    if (before.isEmpty()) {
      if (look.whole()) {
        table.begin(NO_FILES_KIND, schedule, now);
      }
      return;
    }
    Standstill standstill = before.get();
    if (!standstill.told() && !standstill.since().plus(NO_FILES).isAfter(now)) {
      table.told(NO_FILES_KIND, schedule, now);
      tell(NO_FILES_KIND, look, noFiles(look.instrument(), standstill.since(), now));
    }
  }

  private static Told noFiles(Instrument instrument, Instant since, Instant now) {
    return new Told(
        "No files were found on " + instrument.name(),
        "The runs of a schedule succeed and have found no file at all for "
            + Duration.between(since, now).toDays()
            + " days. See whether the instrument still writes to the folder that is looked at,"
            + " and whether the folder is the right one. You are told again only after a run of"
            + " this schedule has found files.");
  }

  private void unstable(Look look, Instant now) {
    Instrument instrument = look.instrument();
    HarvestPolicy policy = HarvestPolicy.of(instrument.settings().transferConfig());
    Duration wait =
        policy.minimumAge().compareTo(policy.stability()) > 0
            ? policy.minimumAge()
            : policy.stability();
    Optional<UnstableTable.Stuck> stuck =
        unstable.stuck(instrument.id(), now.minus(wait).minus(UNSTABLE));
    if (stuck.isEmpty()) {
      table.end(UNSTABLE_KIND, instrument.id());
    } else if (table.find(UNSTABLE_KIND, instrument.id()).isEmpty()) {
      table.begin(UNSTABLE_KIND, instrument.id(), now);
      table.told(UNSTABLE_KIND, instrument.id(), now);
      tell(UNSTABLE_KIND, look, stuck(instrument, stuck.get()));
    }
  }

  private static Told stuck(Instrument instrument, UnstableTable.Stuck stuck) {
    return new Told(
        "Files on " + instrument.name() + " do not stand still",
        "For more than a day each run has passed by "
            + (stuck.files() == 1 ? "one file" : stuck.files() + " files")
            + " that may still be written to, by name the first: "
            + stuck.example()
            + ". A file is not copied before it stands still. You are told again only after no file"
            + " of this instrument was held up so long.");
  }

  private record Told(String title, String message) {}

  private void tell(String kind, Look look, Told what) {
    String link = "/ui/instruments/" + look.instrument().id().toUuid();
    announcer.accept(
        new Announcement(
            kind, Severity.WARNING, look.things(), what.title(), what.message(), link));
  }

  /** What rules call an instrument and a schedule of it. */
  static Set<String> things(Instrument instrument, @Nullable Id schedule) {
    Set<String> things = new LinkedHashSet<>();
    things.add("instrument:" + instrument.id().toUuid());
    if (schedule != null) {
      things.add("schedule:" + schedule.toUuid());
    }
    return things;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import io.entrepot.base.ErrorCode;
import io.entrepot.base.Id;
import io.entrepot.server.catalog.Catalog;
import io.entrepot.server.catalog.FileQuery;
import io.entrepot.server.catalog.Grants;
import io.entrepot.server.database.Slice;
import io.entrepot.server.harvest.instruments.Instrument;
import io.entrepot.server.harvest.instruments.Instruments;
import io.entrepot.server.harvest.runs.Runs;
import io.entrepot.server.harvest.schedules.HarvestSchedules;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.jobs.Job;
import io.entrepot.server.jobs.Schedule;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** How the instruments that somebody may see stand. */
@Component
final class InstrumentStates {

  /** What only a storage location is refused with: a run writes nowhere else. */
  private static final Set<String> OF_WRITING =
      Set.of(
          ErrorCode.STORE_FULL.name(),
          ErrorCode.STORE_READ_ONLY.name(),
          ErrorCode.STORE_WRITE_FAILED.name());

  private final Instruments instruments;
  private final HarvestSchedules schedules;
  private final Runs runs;
  private final Catalog catalog;
  private final Grants grants;
  private final InstrumentRows rows;

  /** Who may see an instrument, and how it is shown. */
  @Component
  record Seen(Grants grants, InstrumentRows rows) {}

  InstrumentStates(
      Instruments instruments, HarvestSchedules schedules, Runs runs, Catalog catalog, Seen seen) {
    this.instruments = instruments;
    this.schedules = schedules;
    this.runs = runs;
    this.catalog = catalog;
    this.grants = seen.grants();
    this.rows = seen.rows();
  }

  /**
   * How one instrument stands.
   *
   * @param last its newest run
   * @param scheduled whether a schedule that is switched on brings its files in
   * @param next when it is next due
   */
  record State(
      Instrument instrument,
      Optional<Job> last,
      boolean scheduled,
      Optional<Instant> next,
      long files) {

    Standing standing() {
      if (!instrument.settings().enabled()) {
        return Standing.OFF;
      }
      if (last.isEmpty()) {
        return scheduled ? Standing.NEW : Standing.UNPLANNED;
      }
      Job run = last.get();
      return switch (run.state()) {
        case PENDING, QUEUED -> Standing.WAITING;
        case RUNNING -> Standing.HARVESTING;
        case PAUSED -> Standing.PAUSED;
        case COMPLETED -> run.status().warnings() > 0 ? Standing.WARNED : Standing.WELL;
        case FAILED -> isUnseen(run) ? Standing.UNSEEN : Standing.FAILED;
        case CANCELLED, STOPPED -> Standing.CUT_SHORT;
      };
    }

    /** A source that could not be read is unknown, which is neither good nor bad. */
    private static boolean isUnseen(Job run) {
      var reason = run.status().reason();
      return reason != null
          && reason.code().startsWith("STORE_")
          && !OF_WRITING.contains(reason.code());
    }
  }

  /** How an instrument stands, by itself and its newest run. */
  enum Standing {
    OFF(Badge.switched(false), false),
    UNPLANNED(Badge.idle("No schedule"), false),
    NEW(Badge.waiting("Waits for its first harvest"), false),
    WAITING(Badge.waiting("Waiting"), false),
    HARVESTING(Badge.running("Harvesting"), false),
    PAUSED(Badge.idle("Paused"), false),
    WELL(Badge.ok("Harvested"), false),
    WARNED(Badge.warn("With warnings"), true),
    CUT_SHORT(Badge.warn("Last harvest cut short"), true),
    UNSEEN(Badge.blind("Cannot see it"), true),
    FAILED(Badge.bad("Last harvest failed"), true);

    private final Badge badge;
    private final boolean troubled;

    Standing(Badge badge, boolean troubled) {
      this.badge = badge;
      this.troubled = troubled;
    }

    Badge badge() {
      return badge;
    }

    /** Whether nobody knows what is on it now. */
    boolean isSilent() {
      return this == UNSEEN;
    }

    /** Whether somebody has to look at it. */
    boolean isTroubled() {
      return troubled;
    }
  }

  HomeView.InstrumentRow row(State state) {
    return rows.of(state);
  }

  List<State> of(Actor actor) {
    return visible(actor).stream().map(instrument -> state(actor, instrument)).toList();
  }

  private List<Instrument> visible(Actor actor) {
    List<Instrument> all = instruments.list(Slice.ALL).items();
    if (actor.isAdmin()) {
      return all;
    }
    List<Id> allowed = grants.instrumentsSeenBy(actor.account());
    return all.stream().filter(instrument -> allowed.contains(instrument.id())).toList();
  }

  State state(Actor actor, Instrument instrument) {
    List<Schedule> active =
        schedules.ofInstrument(instrument.id()).stream()
            .filter(schedule -> schedule.order().enabled())
            .toList();
    return new State(
        instrument,
        runs.list(actor, instrument.id(), null, 1).stream().findFirst(),
        !active.isEmpty(),
        active.stream()
            .map(schedule -> schedule.times().next())
            .filter(Objects::nonNull)
            .min(Comparator.naturalOrder()),
        catalog.count(actor, new FileQuery(instrument.id(), null, null)).number());
  }
}

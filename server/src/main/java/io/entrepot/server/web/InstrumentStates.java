// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import io.entrepot.base.Id;
import io.entrepot.server.catalog.Catalog;
import io.entrepot.server.catalog.FileQuery;
import io.entrepot.server.catalog.Grants;
import io.entrepot.server.database.Slice;
import io.entrepot.server.harvest.HarvestSchedules;
import io.entrepot.server.harvest.Instrument;
import io.entrepot.server.harvest.Instruments;
import io.entrepot.server.harvest.Runs;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.jobs.Job;
import io.entrepot.server.jobs.Schedule;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** How the instruments that somebody may see stand. */
@Component
final class InstrumentStates {

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

    Badge badge() {
      if (!instrument.settings().enabled()) {
        return Badge.idle("Switched off");
      }
      if (last.isEmpty()) {
        return scheduled ? Badge.waiting("Waits for its first run") : Badge.idle("No schedule");
      }
      Job run = last.get();
      return switch (run.state()) {
        case PENDING, QUEUED -> Badge.waiting("Waiting");
        case RUNNING -> Badge.running("Harvesting");
        case PAUSED -> Badge.idle("Paused");
        case COMPLETED ->
            run.status().warnings() > 0 ? Badge.warn("With warnings") : Badge.ok("Harvested");
        case FAILED -> failed(run);
        case CANCELLED, STOPPED -> Badge.warn("Last run cut short");
      };
    }

    /** A source that could not be read is unknown, which is neither good nor bad. */
    private static Badge failed(Job run) {
      var reason = run.status().reason();
      boolean unseen = reason != null && reason.code().startsWith("STORE_");
      return unseen ? Badge.blind("Cannot see it") : Badge.bad("Last run failed");
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
        runs.list(actor, instrument.id(), 1).stream().findFirst(),
        !active.isEmpty(),
        active.stream()
            .map(schedule -> schedule.times().next())
            .filter(Objects::nonNull)
            .min(Comparator.naturalOrder()),
        catalog.count(actor, new FileQuery(instrument.id(), null, null)));
  }
}

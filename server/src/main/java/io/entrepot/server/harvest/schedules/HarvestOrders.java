// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.schedules;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;
import io.entrepot.base.Id;
import io.entrepot.server.catalog.CatalogFile;
import io.entrepot.server.harvest.instruments.Instrument;
import io.entrepot.server.harvest.instruments.InstrumentCheck;
import io.entrepot.server.harvest.instruments.InstrumentDraft;
import io.entrepot.server.harvest.runs.ConfiguredStores;
import io.entrepot.server.harvest.runs.HarvestTools;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.identity.AuditTrail;
import io.entrepot.server.jobs.Job;
import io.entrepot.server.jobs.Schedule;
import io.entrepot.server.jobs.Schedules;
import io.entrepot.server.ledger.Change;
import io.entrepot.server.places.Connectors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Starts harvests by hand and tries connections. */
public final class HarvestOrders {

  /** A run that was started, and by which schedule. */
  public record Triggered(Id run, Id schedule) {}

  /** A schedule of which no run could be started, and why. */
  public record Refused(Id schedule, EntrepotException why) {}

  /** What became of a wish to harvest now, schedule by schedule; at least one was started. */
  public record Started(List<Triggered> triggered, List<Refused> refused) {
    public Started {
      triggered = List.copyOf(triggered);
      refused = List.copyOf(refused);
    }
  }

  /**
   * How a run started by hand differs from one by the clock.
   *
   * @param rescan read what is known once more
   * @param pathPrefix only paths that begin so; empty for all
   * @param priority the higher goes first among those that wait; null for the schedule's
   */
  public record Options(
      boolean dryRun,
      boolean retryFailed,
      boolean rescan,
      String pathPrefix,
      @Nullable Integer priority) {
    public static final Options USUAL = new Options(false, false, false, "", null);
  }

  private final HarvestSchedules harvests;
  private final Schedules schedules;
  private final Connectors connectors;
  private final HarvestTools tools;
  private final AuditTrail audit;

  public HarvestOrders(
      HarvestSchedules harvests,
      Schedules schedules,
      Connectors connectors,
      HarvestTools tools,
      AuditTrail audit) {
    this.harvests = harvests;
    this.schedules = schedules;
    this.connectors = connectors;
    this.tools = tools;
    this.audit = audit;
  }

  /**
   * Starts a run now, also of a schedule that is switched off.
   *
   * @throws EntrepotException {@code DISABLED} when its instrument or storage location is switched
   *     off or deleted
   */
  public Triggered trigger(Id schedule, Options options, Actor actor) {
    requireUsable(harvests.live(schedule));
    ObjectNode parameters = JsonNodeFactory.instance.objectNode();
    parameters.put("dry_run", options.dryRun());
    parameters.put("retry_failed", options.retryFailed());
    parameters.put("force_rescan", options.rescan());
    parameters.put("path_prefix", options.pathPrefix());
    return tools
        .database()
        .write(
            () -> {
              Job job = schedules.trigger(schedule, parameters, options.priority(), actor);
              audit.record(
                  actor,
                  new AuditTrail.Entry(
                      "trigger",
                      HarvestSchedules.KIND,
                      schedule,
                      Map.of("run", new Change(null, job.id().hex()))));
              return new Triggered(job.id(), schedule);
            });
  }

  private void requireUsable(Schedule schedule) {
    Instrument instrument = harvests.instrument(schedule);
    if (!instrument.usable()) {
      throw disabled("instrument " + instrument.name());
    }
    if (!harvests.location(schedule).usable()) {
      throw disabled("storage location " + harvests.location(schedule).name());
    }
  }

  /**
   * Starts a run of every active schedule of an instrument.
   *
   * @throws EntrepotException {@code BAD_REQUEST} when it has none; what {@link #trigger} throws
   *     when none of them could be started
   */
  public Started harvestNow(Id instrument, Actor actor) {
    harvests.requireInstrument(instrument);
    List<Triggered> triggered = new ArrayList<>();
    List<Refused> refused = new ArrayList<>();
    for (Schedule schedule : active(instrument)) {
      try {
        triggered.add(trigger(schedule.id(), Options.USUAL, actor));
      } catch (EntrepotException e) {
        refused.add(new Refused(schedule.id(), e));
      }
    }
    if (triggered.isEmpty()) {
      throw refused.isEmpty() ? noSchedule() : refused.getFirst().why();
    }
    return new Started(triggered, refused);
  }

  private List<Schedule> active(Id instrument) {
    return harvests.ofInstrument(instrument).stream()
        .filter(schedule -> schedule.order().enabled())
        .toList();
  }

  private static EntrepotException noSchedule() {
    return new EntrepotException(
        ErrorCode.BAD_REQUEST,
        "This instrument has no active schedule. Make one, or switch one on.");
  }

  /**
   * Makes the failed transfers of a file due at once and starts a run of its instrument.
   *
   * @throws EntrepotException {@code CONFLICT_STATE} when none has failed; what {@link #harvestNow}
   *     throws. In either case nothing has changed
   */
  public Started retry(Actor by, CatalogFile file) {
    requireActive(file.instrument());
    tools.database().write(() -> makeDue(by, file.id()));
    return harvestNow(file.instrument(), by);
  }

  private void requireActive(Id instrument) {
    harvests.requireInstrument(instrument);
    List<Schedule> active = active(instrument);
    if (active.isEmpty()) {
      throw noSchedule();
    }
    EntrepotException refused = null;
    for (Schedule schedule : active) {
      try {
        requireUsable(schedule);
        return;
      } catch (EntrepotException e) {
        refused = e;
      }
    }
    throw Objects.requireNonNull(refused);
  }

  private void makeDue(Actor by, Id file) {
    if (!tools.ingest().retryNow(file, tools.clock().instant())) {
      throw new EntrepotException(
          ErrorCode.CONFLICT_STATE, "No transfer of this file has failed, so none is tried again.");
    }
    audit.record(by, AuditTrail.Entry.of("retry", "file", file));
  }

  /**
   * Tries to reach an instrument with these settings, saved or not. Nothing is remembered of it: a
   * host key that is seen for the first time is believed for this try only.
   */
  public List<InstrumentCheck.Step> check(InstrumentDraft draft) {
    return check(draft, _ -> true);
  }

  /**
   * As {@link #check(InstrumentDraft)}, told while it goes on.
   *
   * @param heard is told of each step when it was made; false when nobody waits for more
   */
  public List<InstrumentCheck.Step> check(
      InstrumentDraft draft, Predicate<InstrumentCheck.Step> heard) {
    return InstrumentCheck.of(
        () -> connectors.look(ConfiguredStores.place(draft)), heard, tools.clock());
  }

  private static EntrepotException disabled(String thing) {
    return new EntrepotException(
        ErrorCode.DISABLED, "The " + thing + " is disabled or deleted. Enable it first.");
  }
}

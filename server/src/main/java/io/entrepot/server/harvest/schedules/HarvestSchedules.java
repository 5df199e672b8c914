// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.schedules;

import io.entrepot.base.FieldProblem;
import io.entrepot.base.Id;
import io.entrepot.base.InvalidFieldsException;
import io.entrepot.base.NotFoundException;
import io.entrepot.server.database.Database;
import io.entrepot.server.database.Slice;
import io.entrepot.server.harvest.instruments.Instrument;
import io.entrepot.server.harvest.instruments.Instruments;
import io.entrepot.server.harvest.runs.HarvestJob;
import io.entrepot.server.harvest.runs.HarvestOrder;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.identity.AuditTrail;
import io.entrepot.server.jobs.Schedule;
import io.entrepot.server.jobs.ScheduleFilter;
import io.entrepot.server.jobs.ScheduleOrder;
import io.entrepot.server.jobs.Schedules;
import io.entrepot.server.ledger.Change;
import io.entrepot.server.places.StorageLocation;
import io.entrepot.server.places.StorageLocations;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The schedules that harvest: each brings one instrument's files into one storage location. */
public final class HarvestSchedules {

  static final String KIND = "schedule";
  private static final String THING = "Schedule";

  private final Schedules schedules;
  private final Instruments instruments;
  private final StorageLocations locations;
  private final Database database;
  private final AuditTrail audit;

  public HarvestSchedules(
      Schedules schedules,
      Instruments instruments,
      StorageLocations locations,
      Database database,
      AuditTrail audit) {
    this.database = database;
    this.audit = audit;
    this.schedules = schedules;
    this.instruments = instruments;
    this.locations = locations;
  }

  /**
   * @throws InvalidFieldsException naming what points to nothing or to something switched off, or a
   *     cron expression or zone that cannot be read
   */
  public Schedule create(HarvestScheduleDraft draft, Actor actor) {
    return database.write(
        () -> {
          Schedule made = schedules.create(order(draft, null), actor);
          audit(actor, "create", made.id(), Change.between(Map.of(), facts(made)));
          return made;
        });
  }

  /**
   * What it points to need not be switched on, unless the schedule is being switched on or pointed
   * there.
   *
   * @param change makes the new settings of the present ones; nobody changes these meanwhile
   * @throws InvalidFieldsException as {@link #create}
   * @throws NotFoundException when there is none, or it was deleted
   */
  public Schedule update(Actor by, Id id, UnaryOperator<HarvestScheduleDraft> change) {
    return database.write(
        () -> {
          database.hold("schedule", id);
          Schedule old = live(id);
          HarvestScheduleDraft present = draftOf(old);
          Schedule changed = schedules.update(id, order(change.apply(present), present));
          audit(by, "update", id, Change.between(facts(old), facts(changed)));
          return changed;
        });
  }

  /** Hides it and switches it off. */
  public void delete(Actor by, Id id) {
    database.writeFromReserve(
        () -> {
          live(id);
          schedules.delete(id);
          audit(by, "delete", id, Map.of());
        });
  }

  /** Brings a deleted one back, switched off. */
  public Schedule restore(Actor by, Id id) {
    return database.write(
        () -> {
          if (find(id).isEmpty()) {
            throw new NotFoundException("Deleted schedule");
          }
          audit(by, "restore", id, Map.of());
          return schedules.restore(id);
        });
  }

  /**
   * @throws NotFoundException when there is none, or it was deleted
   */
  public Schedule live(Id id) {
    return find(id)
        .filter(schedule -> !schedule.isDeleted())
        .orElseThrow(() -> new NotFoundException(THING));
  }

  private Optional<Schedule> find(Id id) {
    return schedules.find(id).filter(schedule -> schedule.order().kind().equals(HarvestJob.NAME));
  }

  /** Oldest first. */
  public Slice.Part<Schedule> list(Slice slice) {
    ScheduleFilter filter = ScheduleFilter.kind(HarvestJob.NAME);
    filter = slice.withDeleted() ? filter.withDeleted() : filter;
    return new Slice.Part<>(
        schedules.list(filter, slice.skip(), slice.limit()), schedules.count(filter));
  }

  /** The live schedules of one instrument. */
  public List<Schedule> ofInstrument(Id instrument) {
    return schedules.list(HarvestOrder.schedules(instrument), 0, Integer.MAX_VALUE);
  }

  /** What a schedule is set to. */
  public HarvestScheduleDraft draftOf(Schedule schedule) {
    HarvestOrder order = HarvestOrder.of(schedule.order().parameters());
    ScheduleOrder.Timing timing = schedule.order().timing();
    return new HarvestScheduleDraft(
        order.instrument(),
        order.storageLocation(),
        timing.cron(),
        timing.zone().getId(),
        timing.misfire(),
        schedule.order().priority(),
        schedule.order().enabled());
  }

  private ScheduleOrder order(HarvestScheduleDraft draft, @Nullable HarvestScheduleDraft present) {
    List<FieldProblem> problems = new ArrayList<>();
    if (isNewly(present, draft, HarvestScheduleDraft::instrument)) {
      checkReference(
          "instrument_id",
          draft.instrument(),
          "Instrument",
          () -> {
            instruments.hold(draft.instrument());
            return instruments.live(draft.instrument()).usable();
          },
          problems);
    }
    if (isNewly(present, draft, HarvestScheduleDraft::storageLocation)) {
      checkReference(
          "default_storage_location_id",
          draft.storageLocation(),
          "Storage location",
          () -> {
            locations.hold(draft.storageLocation());
            return locations.live(draft.storageLocation()).usable();
          },
          problems);
    }
    ZoneId zone = draft.zone().orElse(null);
    if (zone == null) {
      problems.add(HarvestScheduleDraft.noZone(draft.timezone()));
    }
    if (!problems.isEmpty() || zone == null) {
      throw new InvalidFieldsException(problems);
    }
    return new ScheduleOrder(
        HarvestJob.NAME,
        HarvestOrder.subject(draft.instrument()),
        HarvestOrder.parameters(draft.instrument(), draft.storageLocation()),
        draft.priority(),
        new ScheduleOrder.Timing(draft.cron(), zone, draft.misfire()),
        draft.enabled());
  }

  /** Whether something is pointed to, or put to work, that was not before. */
  private static boolean isNewly(
      @Nullable HarvestScheduleDraft present,
      HarvestScheduleDraft draft,
      Function<HarvestScheduleDraft, Id> reference) {
    return present == null
        || (draft.enabled() && !present.enabled())
        || !reference.apply(draft).equals(reference.apply(present));
  }

  private static void checkReference(
      String field, Id id, String thing, Supplier<Boolean> usable, List<FieldProblem> problems) {
    try {
      if (!usable.get()) {
        problems.add(
            FieldProblem.of(field, "value_error", thing + " is disabled", id.toUuid().toString()));
      }
    } catch (NotFoundException e) {
      problems.add(FieldProblem.dangling(field, thing, id.toUuid().toString()));
    }
  }

  Instrument instrument(Schedule schedule) {
    return instruments.any(HarvestOrder.of(schedule.order().parameters()).instrument());
  }

  /**
   * @throws NotFoundException when there is none, or it was deleted
   */
  void requireInstrument(Id instrument) {
    instruments.live(instrument);
  }

  StorageLocation location(Schedule schedule) {
    return locations.any(HarvestOrder.of(schedule.order().parameters()).storageLocation());
  }

  private Map<String, @Nullable Object> facts(Schedule schedule) {
    HarvestScheduleDraft draft = draftOf(schedule);
    Map<String, @Nullable Object> facts = new LinkedHashMap<>();
    facts.put("instrument_id", draft.instrument().hex());
    facts.put("default_storage_location_id", draft.storageLocation().hex());
    facts.put("cron_expression", draft.cron());
    facts.put("timezone", draft.timezone());
    facts.put("misfire", draft.misfire().word());
    facts.put("priority", draft.priority());
    facts.put("enabled", draft.enabled());
    return facts;
  }

  private void audit(Actor by, String action, Id id, Map<String, Change> changes) {
    audit.record(by, new AuditTrail.Entry(action, KIND, id, changes));
  }
}

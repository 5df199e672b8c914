// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest;

import io.entrepot.base.FieldProblem;
import io.entrepot.base.Id;
import io.entrepot.base.InvalidFieldsException;
import io.entrepot.base.NotFoundException;
import io.entrepot.server.database.Slice;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.jobs.Misfire;
import io.entrepot.server.jobs.Schedule;
import io.entrepot.server.jobs.ScheduleFilter;
import io.entrepot.server.jobs.ScheduleOrder;
import io.entrepot.server.jobs.Schedules;
import io.entrepot.server.places.StorageLocation;
import io.entrepot.server.places.StorageLocations;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The schedules that harvest: each brings one instrument's files into one storage location. */
public final class HarvestSchedules {

  private static final String THING = "Schedule";

  private final Schedules schedules;
  private final Instruments instruments;
  private final StorageLocations locations;

  public HarvestSchedules(
      Schedules schedules, Instruments instruments, StorageLocations locations) {
    this.schedules = schedules;
    this.instruments = instruments;
    this.locations = locations;
  }

  /**
   * @throws InvalidFieldsException naming what points to nothing or to something switched off, or a
   *     cron expression or zone that cannot be read
   */
  public Schedule create(HarvestScheduleDraft draft, Actor actor) {
    return schedules.create(order(draft), actor);
  }

  public Schedule update(Id id, HarvestScheduleDraft draft) {
    live(id);
    return schedules.update(id, order(draft));
  }

  public void delete(Id id) {
    live(id);
    schedules.delete(id);
  }

  /** Brings a deleted one back, switched off. */
  public Schedule restore(Id id) {
    Schedule found =
        find(id)
            .filter(Schedule::isDeleted)
            .orElseThrow(() -> new NotFoundException("Deleted schedule"));
    schedules.restore(id);
    ScheduleOrder old = found.order();
    return schedules.update(
        id, new ScheduleOrder(old.kind(), old.subject(), old.parameters(), old.timing(), false));
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
    ScheduleFilter filter =
        ScheduleFilter.kind(HarvestJob.NAME).about(HarvestOrder.subject(instrument));
    return schedules.list(filter, 0, Integer.MAX_VALUE);
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
        schedule.order().enabled());
  }

  private ScheduleOrder order(HarvestScheduleDraft draft) {
    List<FieldProblem> problems = new ArrayList<>();
    checkReference(
        "instrument_id",
        draft.instrument(),
        "Instrument",
        () -> instruments.live(draft.instrument()).usable(),
        problems);
    checkReference(
        "default_storage_location_id",
        draft.storageLocation(),
        "Storage location",
        () -> locations.live(draft.storageLocation()).usable(),
        problems);
    ZoneId zone = zone(draft.timezone(), problems);
    if (!problems.isEmpty() || zone == null) {
      throw new InvalidFieldsException(problems);
    }
    return new ScheduleOrder(
        HarvestJob.NAME,
        HarvestOrder.subject(draft.instrument()),
        HarvestOrder.parameters(draft.instrument(), draft.storageLocation()),
        new ScheduleOrder.Timing(draft.cron(), zone, Misfire.COALESCE),
        draft.enabled());
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

  private static @Nullable ZoneId zone(String name, List<FieldProblem> problems) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      problems.add(
          FieldProblem.of(
              "timezone",
              "value_error",
              "There is no time zone of this name; try Europe/Berlin",
              name));
      return null;
    }
  }

  StorageLocation location(Schedule schedule) {
    return locations.any(HarvestOrder.of(schedule.order().parameters()).storageLocation());
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import io.entrepot.base.InvalidFieldsException;
import io.entrepot.base.NotFoundException;
import io.entrepot.server.harvest.instruments.Instruments;
import io.entrepot.server.harvest.schedules.HarvestScheduleDraft;
import io.entrepot.server.harvest.schedules.HarvestSchedules;
import io.entrepot.server.jobs.Misfire;
import io.entrepot.server.jobs.Schedule;
import io.entrepot.server.jobs.ScheduleOrder;
import io.entrepot.server.jobs.Schedules;
import io.entrepot.server.jobs.cron.Cron;
import io.entrepot.server.places.StorageLocations;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Prepares schedules for the pages. */
@Component
final class ScheduleViews {

  private static final int UPCOMING = 5;

  private final HarvestSchedules harvests;
  private final Schedules schedules;
  private final Instruments instruments;
  private final StorageLocations locations;
  private final Words words;

  ScheduleViews(
      HarvestSchedules harvests,
      Schedules schedules,
      Instruments instruments,
      StorageLocations locations,
      Words words) {
    this.harvests = harvests;
    this.schedules = schedules;
    this.instruments = instruments;
    this.locations = locations;
    this.words = words;
  }

  ScheduleRow row(Schedule schedule) {
    HarvestScheduleDraft draft = harvests.draftOf(schedule);
    ScheduleOrder.Timing timing = schedule.order().timing();
    boolean enabled = schedule.order().enabled();
    return new ScheduleRow(
        PageIds.text(schedule.id()),
        name(draft),
        inWords(timing.cron()),
        timing.cron() == null ? "" : timing.cron(),
        timing.zone().getId(),
        enabled,
        Badge.switched(enabled),
        words.momentOrNull(schedule.times().last()),
        next(timing));
  }

  /** The one name of a schedule on all pages. */
  String name(Schedule schedule) {
    return name(harvests.draftOf(schedule));
  }

  private String name(HarvestScheduleDraft draft) {
    return "Harvest "
        + called(() -> instruments.any(draft.instrument()).name())
        + " into "
        + called(() -> locations.any(draft.storageLocation()).name());
  }

  /**
   * What a form's cron expression and zone mean.
   *
   * @param words the expression in words, or what is wrong with it
   * @param next the next runs; none when it runs by hand only
   */
  record Preview(boolean good, String words, List<Moment> next) {}

  Preview preview(Form form) {
    String cron = form.text("cron_expression");
    if (cron == null) {
      return new Preview(true, "By hand only", List.of());
    }
    try {
      Cron.parse(cron);
      String zone = form.text("timezone");
      ScheduleOrder.Timing timing =
          new ScheduleOrder.Timing(cron, ZoneId.of(zone == null ? "UTC" : zone), Misfire.COALESCE);
      return new Preview(true, inWords(cron), next(timing));
    } catch (InvalidFieldsException e) {
      return new Preview(false, Words.sentence(e.problems().getFirst().message()), List.of());
    } catch (DateTimeException _) {
      return new Preview(
          false, "There is no time zone of this name; try Europe/Berlin.", List.of());
    }
  }

  List<Moment> next(ScheduleOrder.Timing timing) {
    return schedules.upcoming(timing, UPCOMING).stream()
        .map(time -> words.moment(time, timing.zone()))
        .toList();
  }

  static String inWords(@Nullable String cron) {
    if (cron == null) {
      return "By hand only";
    }
    String phrase;
    try {
      phrase = Cron.parse(cron).inWords();
    } catch (InvalidFieldsException _) {
      return cron;
    }
    return Words.sentence(phrase);
  }

  private static String called(Supplier<String> name) {
    try {
      return name.get();
    } catch (NotFoundException _) {
      return "something deleted";
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import io.entrepot.base.Id;
import io.entrepot.server.harvest.runs.Runs;
import io.entrepot.server.harvest.schedules.HarvestSchedules;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.jobs.Schedule;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What was done and what is planned, on the pages of what it is done with. */
@Component
final class Work {

  private static final int LATEST = 5;

  private final Runs runs;
  private final RunViews runViews;
  private final HarvestSchedules schedules;
  private final ScheduleViews scheduleViews;

  Work(Runs runs, RunViews runViews, HarvestSchedules schedules, ScheduleViews scheduleViews) {
    this.runs = runs;
    this.runViews = runViews;
    this.schedules = schedules;
    this.scheduleViews = scheduleViews;
  }

  /** The schedules of an instrument, and its latest jobs. */
  record OfInstrument(List<ScheduleRow> schedules, List<RunView> jobs) {}

  OfInstrument of(Actor actor, Id instrument) {
    return new OfInstrument(
        schedules.ofInstrument(instrument).stream().map(scheduleViews::row).toList(),
        runViews.all(runs.list(actor, instrument, null, LATEST)));
  }

  /** A schedule in its list, with the job that it started last. */
  record Planned(ScheduleRow row, Optional<RunView> last) {}

  List<Planned> all(List<Schedule> all) {
    return all.stream()
        .map(one -> new Planned(scheduleViews.row(one), runs.lastOf(one.id()).map(runViews::of)))
        .toList();
  }
}

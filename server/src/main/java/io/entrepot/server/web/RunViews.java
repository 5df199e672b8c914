// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import io.entrepot.base.Id;
import io.entrepot.server.database.Slice;
import io.entrepot.server.harvest.instruments.Instrument;
import io.entrepot.server.harvest.instruments.Instruments;
import io.entrepot.server.harvest.runs.HarvestOrder;
import io.entrepot.server.jobs.Job;
import io.entrepot.server.jobs.JobProgress;
import io.entrepot.server.jobs.JobState;
import io.entrepot.server.jobs.JobStatus;
import io.entrepot.server.places.StorageLocation;
import io.entrepot.server.places.StorageLocations;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Prepares harvest runs for the pages. */
@Component
final class RunViews {

  private static final int WHOLE = 100;
  private static final Slice WITH_DELETED = new Slice(0, Integer.MAX_VALUE, true);

  private final Instruments instruments;
  private final StorageLocations locations;
  private final Words words;

  RunViews(Instruments instruments, StorageLocations locations, Words words) {
    this.instruments = instruments;
    this.locations = locations;
    this.words = words;
  }

  /** What things are called, deleted ones too. */
  private record Names(Map<Id, String> instruments, Map<Id, String> locations) {}

  RunView of(Job job) {
    return all(List.of(job)).getFirst();
  }

  /** However many there are, the names in them are asked for once. */
  List<RunView> all(List<Job> jobs) {
    if (jobs.isEmpty()) {
      return List.of();
    }
    Names names =
        new Names(
            instruments.list(WITH_DELETED).items().stream()
                .collect(Collectors.toMap(Instrument::id, Instrument::name)),
            locations.list(WITH_DELETED).items().stream()
                .collect(Collectors.toMap(StorageLocation::id, StorageLocation::name)));
    return jobs.stream().map(job -> of(job, names)).toList();
  }

  private RunView of(Job job, Names names) {
    HarvestOrder order = HarvestOrder.of(job.order().parameters());
    String instrument = names.instruments().getOrDefault(order.instrument(), "an instrument");
    String storage = names.locations().getOrDefault(order.storageLocation(), "a storage location");
    JobStatus.Reason reason = job.status().reason();
    Id schedule = job.order().origin().schedule();
    Badge badge = Badge.of(job.state(), job.status().warnings());
    return new RunView(
        PageIds.text(job.id()),
        (order.dryRun() ? "Try a harvest of " : "Harvest ") + instrument,
        new RunView.Source(
            instrument,
            PageIds.text(order.instrument()),
            storage,
            PageIds.text(order.storageLocation()),
            schedule == null ? null : PageIds.text(schedule),
            startedBy(job)),
        badge,
        progress(job, order.dryRun(), badge),
        times(job),
        job.status().warnings(),
        job.state() == JobState.FAILED && reason != null ? Words.sentence(reason.message()) : null);
  }

  private static String startedBy(Job job) {
    return switch (job.order().origin().trigger()) {
      case SCHEDULE -> "by its schedule";
      case MANUAL -> "by hand";
      case RETRY -> "as a retry";
    };
  }

  private RunView.Times times(Job job) {
    Instant started = job.times().started();
    Instant finished = job.times().finished();
    String took = "";
    if (started != null) {
      took =
          Words.span(finished == null ? words.since(started) : Duration.between(started, finished));
    }
    return new RunView.Times(
        words.moment(job.times().created()),
        words.momentOrNull(started),
        words.momentOrNull(finished),
        took);
  }

  private static RunView.Progress progress(Job job, boolean dry, Badge badge) {
    boolean ended = job.state().isFinal();
    boolean running = job.state() == JobState.RUNNING;
    return new RunView.Progress(
        running,
        ended,
        percent(job),
        running ? Words.left(job.progress().pace()) : "",
        RunFigures.of(job.state(), job.progress(), dry),
        RunFigures.answer(job.state(), job.progress(), job.status().warnings(), dry)
            .orElse(badge.word()),
        running ? job.progress().item() : null);
  }

  private static @Nullable Integer percent(Job job) {
    if (job.state() == JobState.COMPLETED) {
      return WHOLE;
    }
    JobProgress.Amount done = job.progress().done();
    JobProgress.Amount total = job.progress().total();
    if (total == null) {
      return null;
    }
    double share =
        total.bytes() > 0
            ? (double) done.bytes() / total.bytes()
            : total.files() > 0 ? (double) done.files() / total.files() : 0;
    // Only an end is a hundred.
    return (int) Math.min(WHOLE - 1, Math.floor(share * WHOLE));
  }
}

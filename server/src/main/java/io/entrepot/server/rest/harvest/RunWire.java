// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.harvest;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.entrepot.server.harvest.runs.HarvestOrder;
import io.entrepot.server.jobs.Job;
import io.entrepot.server.jobs.JobProgress;
import io.entrepot.server.jobs.JobStatus;
import io.entrepot.server.rest.fields.WireIds;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A harvest run as it is sent.
 *
 * @param priority the higher goes first among those that wait; 0 is usual
 * @param leaseUntil until when the node is believed to be at work on it; null while none is
 * @param fencingToken rises with every start of the run
 * @param log where its log can be read
 */
record RunWire(
    String id,
    @JsonProperty("schedule_id") @Nullable String scheduleId,
    @JsonProperty("instrument_id") String instrumentId,
    @JsonProperty("storage_location_id") String storageLocationId,
    String trigger,
    String state,
    int priority,
    @JsonProperty("scheduled_for") @Nullable Instant scheduledFor,
    @JsonProperty("created_at") Instant createdAt,
    @JsonProperty("started_at") @Nullable Instant startedAt,
    @JsonProperty("finished_at") @Nullable Instant finishedAt,
    @JsonProperty("duration_seconds") @Nullable Double durationSeconds,
    @Nullable String node,
    @JsonProperty("lease_until") @Nullable Instant leaseUntil,
    @JsonProperty("fencing_token") long fencingToken,
    Map<String, Long> counters,
    Progress progress,
    long warnings,
    @JsonProperty("error_code") @Nullable String errorCode,
    @Nullable String error,
    String log) {

  private static final List<String> ALWAYS =
      List.of("discovered", "new", "changed", "unstable", "transferred", "skipped", "failed");

  /**
   * How far it is.
   *
   * @param etaSeconds the soonest and the latest end as things go; null while nobody can tell
   */
  record Progress(
      @JsonProperty("done_bytes") long doneBytes,
      @JsonProperty("done_files") long doneFiles,
      @JsonProperty("total_bytes") @Nullable Long totalBytes,
      @JsonProperty("total_files") @Nullable Long totalFiles,
      @JsonProperty("bytes_per_second") @Nullable Long bytesPerSecond,
      @JsonProperty("eta_seconds") long @Nullable [] etaSeconds,
      @Nullable String item) {

    static Progress of(JobProgress progress) {
      JobProgress.Amount total = progress.total();
      JobProgress.Pace pace = progress.pace();
      return new Progress(
          progress.done().bytes(),
          progress.done().files(),
          total == null ? null : total.bytes(),
          total == null ? null : total.files(),
          pace == null ? null : pace.bytesPerSecond(),
          eta(pace),
          progress.item());
    }

    private static long @Nullable [] eta(JobProgress.@Nullable Pace pace) {
      Duration soonest = pace == null ? null : pace.soonest();
      Duration latest = pace == null ? null : pace.latest();
      return soonest == null || latest == null
          ? null
          : new long[] {soonest.toSeconds(), latest.toSeconds()};
    }
  }

  static RunWire of(Job job) {
    HarvestOrder order = HarvestOrder.of(job.order().parameters());
    JobStatus.Reason reason = job.status().reason();
    Instant started = job.times().started();
    Instant finished = job.times().finished();
    return new RunWire(
        WireIds.text(job.id()),
        WireIds.textOrNull(job.order().origin().schedule()),
        WireIds.text(order.instrument()),
        WireIds.text(order.storageLocation()),
        trigger(job),
        job.state().name().toLowerCase(Locale.ROOT),
        job.order().priority(),
        job.order().origin().scheduledFor(),
        job.times().created(),
        started,
        finished,
        started == null || finished == null
            ? null
            : Duration.between(started, finished).toMillis() / 1000.0,
        job.status().node(),
        job.status().leaseUntil(),
        job.status().fence(),
        counters(job.progress()),
        Progress.of(job.progress()),
        job.status().warnings(),
        reason == null ? null : reason.code(),
        reason == null ? null : reason.message(),
        "/api/runs/" + WireIds.text(job.id()) + "/log");
  }

  /** Those that every run has are there from the start. */
  private static Map<String, Long> counters(JobProgress progress) {
    Map<String, Long> counters = new TreeMap<>();
    ALWAYS.forEach(name -> counters.put(name, 0L));
    counters.putAll(progress.counts());
    counters.put("bytes", progress.done().bytes());
    return counters;
  }

  private static String trigger(Job job) {
    return switch (job.order().origin().trigger()) {
      case SCHEDULE -> "cron";
      case MANUAL -> "manual";
      case RETRY -> "retry";
    };
  }
}

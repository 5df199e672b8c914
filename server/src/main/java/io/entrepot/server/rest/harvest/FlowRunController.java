// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.harvest;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.entrepot.server.harvest.runs.HarvestOrder;
import io.entrepot.server.harvest.runs.Runs;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.jobs.Job;
import io.entrepot.server.jobs.JobState;
import io.entrepot.server.jobs.JobStatus;
import io.entrepot.server.rest.fields.WireIds;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The one door of Prefect's API that clients of this family poll: the state of a run. */
@RestController
class FlowRunController {

  private final Runs runs;

  FlowRunController(Runs runs) {
    this.runs = runs;
  }

  record State(String type, String name, Instant timestamp, @Nullable String message) {}

  record FlowRun(
      String id,
      String name,
      @JsonProperty("deployment_id") @Nullable String deploymentId,
      Map<String, String> parameters,
      State state,
      @JsonProperty("state_type") String stateType,
      @JsonProperty("state_name") String stateName,
      @JsonProperty("expected_start_time") Instant expectedStartTime,
      @JsonProperty("start_time") @Nullable Instant startTime,
      @JsonProperty("end_time") @Nullable Instant endTime,
      @JsonProperty("total_run_time") double totalRunTime,
      @JsonProperty("run_count") int runCount,
      Instant created,
      Instant updated) {}

  @GetMapping("/prefect/api/flow_runs/{id}")
  FlowRun get(@PathVariable String id, @AuthenticationPrincipal Actor actor) {
    return wire(runs.run(actor, RunController.idOf(id)));
  }

  private static FlowRun wire(Job job) {
    String schedule = WireIds.textOrNull(job.order().origin().schedule());
    State state = state(job);
    Instant started = job.times().started();
    Instant finished = job.times().finished();
    HarvestOrder order = HarvestOrder.of(job.order().parameters());
    return new FlowRun(
        WireIds.text(job.id()),
        "harvest-" + job.id(),
        schedule,
        Map.of(
            "instrument_id",
            WireIds.text(order.instrument()),
            "schedule_id",
            schedule == null ? "" : schedule),
        state,
        state.type(),
        state.name(),
        Objects.requireNonNullElse(job.order().origin().scheduledFor(), job.times().created()),
        started,
        finished,
        started == null || finished == null
            ? 0
            : Duration.between(started, finished).toMillis() / 1000.0,
        started == null ? 0 : 1,
        job.times().created(),
        job.times().updated());
  }

  private static State state(Job job) {
    JobStatus.Reason reason = job.status().reason();
    String message = reason == null ? summary(job) : reason.message();
    Instant at = job.times().updated();
    return switch (job.state()) {
      case PENDING -> new State("SCHEDULED", "Scheduled", at, message);
      case QUEUED -> new State("PENDING", "Pending", at, message);
      case RUNNING, PAUSED -> new State("RUNNING", "Running", at, message);
      case COMPLETED -> new State("COMPLETED", "Completed", at, message);
      case FAILED -> failed(reason, at, message);
      case CANCELLED, STOPPED -> new State("CANCELLED", "Cancelled", at, message);
    };
  }

  private static State failed(
      JobStatus.@Nullable Reason reason, Instant at, @Nullable String message) {
    boolean crashed = reason != null && reason.code().equals("INTERRUPTED");
    return crashed
        ? new State("CRASHED", "Crashed", at, message)
        : new State("FAILED", "Failed", at, message);
  }

  private static @Nullable String summary(Job job) {
    if (job.state() != JobState.COMPLETED) {
      return null;
    }
    return "%d transferred, %d skipped, %d failed"
        .formatted(
            job.progress().count("transferred"),
            job.progress().count("skipped"),
            job.progress().count("failed"));
  }
}

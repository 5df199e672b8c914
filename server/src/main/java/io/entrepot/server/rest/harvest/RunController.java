// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.harvest;

import io.entrepot.base.Id;
import io.entrepot.server.edge.JobStreams;
import io.entrepot.server.harvest.runs.Runs;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.jobs.Job;
import io.entrepot.server.jobs.JobEvent;
import io.entrepot.server.jobs.Jobs;
import io.entrepot.server.jobs.LogLine;
import io.entrepot.server.rest.fields.BodyFields;
import io.entrepot.server.rest.fields.QueryFields;
import io.entrepot.server.rest.fields.Sent;
import io.entrepot.server.rest.fields.WireIds;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** {@code /api/runs}: the harvest jobs. */
@RestController
@RequestMapping("/api/runs")
class RunController {

  private static final int LIMIT = 50;
  private static final int MOST = 500;
  private static final int MOST_LINES = 5_000;

  private final Runs runs;
  private final Jobs jobs;
  private final JobStreams streams;

  RunController(Runs runs, Jobs jobs, JobStreams streams) {
    this.runs = runs;
    this.jobs = jobs;
    this.streams = streams;
  }

  /**
   * Newest first, a part at a time. As long as more follows, the header {@code Link} says where.
   */
  @GetMapping
  List<RunWire> list(
      @RequestParam MultiValueMap<String, String> parameters,
      @AuthenticationPrincipal Actor actor,
      HttpServletResponse response) {
    QueryFields query = Wording.query(parameters);
    Id instrument = query.id("instrument_id");
    ListPart part =
        new ListPart(false, 0, query.number("limit", LIMIT, 1, MOST), query.id("cursor"));
    query.check();
    List<Job> found = runs.list(actor, instrument, part.after(), part.sought());
    String path =
        "/api/runs?"
            + (instrument == null ? "" : "instrument_id=" + WireIds.text(instrument) + "&");
    return part.cut(response, found, Job::id, path).stream().map(RunWire::of).toList();
  }

  @GetMapping("/{id}")
  RunWire get(@PathVariable String id, @AuthenticationPrincipal Actor actor) {
    return RunWire.of(runs.run(actor, idOf(id)));
  }

  record LogWire(long number, Instant at, String level, String text) {
    static LogWire of(LogLine line) {
      return new LogWire(
          line.number(), line.time(), line.level().name().toLowerCase(Locale.ROOT), line.text());
    }
  }

  /**
   * Oldest first, from the line after {@code after}. Where more lines follow, the header {@code
   * Link} says where.
   */
  @GetMapping("/{id}/log")
  ResponseEntity<List<LogWire>> log(
      @PathVariable String id,
      @RequestParam MultiValueMap<String, String> parameters,
      @AuthenticationPrincipal Actor actor) {
    QueryFields query = Wording.query(parameters);
    int after = query.number("after", 0, 0, Integer.MAX_VALUE);
    int limit = query.number("limit", MOST_LINES, 1, MOST_LINES);
    query.check();
    Id run = runs.run(actor, idOf(id)).id();
    List<LogWire> lines = jobs.log(run, after, limit + 1).stream().map(LogWire::of).toList();
    if (lines.size() <= limit) {
      return ResponseEntity.ok(lines);
    }
    List<LogWire> shown = lines.subList(0, limit);
    return ResponseEntity.ok()
        .header(HttpHeaders.LINK, next(run, shown.getLast().number(), limit))
        .body(shown);
  }

  private static String next(Id run, long after, int limit) {
    return "</api/runs/%s/log?after=%d&limit=%d>; rel=\"next\""
        .formatted(WireIds.text(run), after, limit);
  }

  /**
   * News of a run as they happen: {@code run} with its state, {@code log} with new lines, {@code
   * gap} when some were missed that are not known any more. 204 when the caller has heard of the
   * run's end.
   */
  @GetMapping(path = "/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  ResponseEntity<SseEmitter> events(
      @PathVariable String id,
      @RequestHeader(name = "Last-Event-ID", required = false) @Nullable Long lastEventId,
      @AuthenticationPrincipal Actor actor) {
    return streams
        .open(runs.run(actor, idOf(id)).id(), lastEventId, RunController::event, () -> {})
        .map(ResponseEntity::ok)
        .orElseGet(() -> ResponseEntity.noContent().build());
  }

  private static SseEmitter.SseEventBuilder event(JobEvent event) {
    return switch (event) {
      case JobEvent.Changed(_, var now) ->
          SseEmitter.event().name("run").data(RunWire.of(now), MediaType.APPLICATION_JSON);
      case JobEvent.Logged(_, _, var lines) ->
          SseEmitter.event()
              .name("log")
              .data(lines.stream().map(LogWire::of).toList(), MediaType.APPLICATION_JSON);
      case JobEvent.Gap _ ->
          SseEmitter.event().name("gap").data(Map.of(), MediaType.APPLICATION_JSON);
    };
  }

  /** Lets a run go before others that wait, or after them. */
  @PatchMapping("/{id}")
  RunWire update(
      @PathVariable String id,
      @RequestBody(required = false) byte @Nullable [] bytes,
      @AuthenticationPrincipal Actor actor) {
    Id which = idOf(id);
    BodyFields body = Wording.body(bytes);
    Sent<Integer> priority = body.sent("priority", _ -> RunPriority.read(body));
    body.check();
    Job run = runs.run(actor, which);
    return RunWire.of(
        body.has("priority")
            ? runs.prioritize(actor, which, priority.over(run.order().priority()))
            : run);
  }

  @PostMapping("/{id}/cancel")
  RunWire cancel(@PathVariable String id, @AuthenticationPrincipal Actor actor) {
    return RunWire.of(runs.cancel(actor, idOf(id)));
  }

  @PostMapping("/{id}/retry")
  RunWire retry(@PathVariable String id, @AuthenticationPrincipal Actor actor) {
    return RunWire.of(runs.retry(actor, idOf(id)));
  }

  static Id idOf(String text) {
    return PathIds.inPath("run_id", text, "Run");
  }
}

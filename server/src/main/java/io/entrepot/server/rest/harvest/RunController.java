// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.harvest;

import io.entrepot.base.Id;
import io.entrepot.server.harvest.Runs;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.jobs.Jobs;
import io.entrepot.server.jobs.LogLine;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/runs}: the harvest jobs. */
@RestController
@RequestMapping("/api/runs")
class RunController {

  private static final int LIMIT = 50;
  private static final int MOST = 500;
  private static final int MOST_LINES = 5_000;

  private final Runs runs;
  private final Jobs jobs;

  RunController(Runs runs, Jobs jobs) {
    this.runs = runs;
    this.jobs = jobs;
  }

  /** Newest first. */
  @GetMapping
  List<RunWire> list(
      @RequestParam MultiValueMap<String, String> parameters,
      @AuthenticationPrincipal Actor actor) {
    Query query = new Query(parameters);
    Id instrument = query.id("instrument_id");
    int limit = query.number("limit", LIMIT, 1, MOST);
    query.check();
    return runs.list(actor, instrument, limit).stream().map(RunWire::of).toList();
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

  /** Oldest first, from the line after {@code after}. */
  @GetMapping("/{id}/log")
  List<LogWire> log(
      @PathVariable String id,
      @RequestParam MultiValueMap<String, String> parameters,
      @AuthenticationPrincipal Actor actor) {
    Id run = runs.run(actor, idOf(id)).id();
    Query query = new Query(parameters);
    int after = query.number("after", 0, 0, Integer.MAX_VALUE);
    int limit = query.number("limit", MOST_LINES, 1, MOST_LINES);
    query.check();
    return jobs.log(run, after, limit).stream().map(LogWire::of).toList();
  }

  @PostMapping("/{id}/cancel")
  RunWire cancel(@PathVariable String id, @AuthenticationPrincipal Actor actor) {
    return RunWire.of(jobs.cancel(runs.run(actor, idOf(id)).id(), actor));
  }

  @PostMapping("/{id}/retry")
  RunWire retry(@PathVariable String id, @AuthenticationPrincipal Actor actor) {
    return RunWire.of(jobs.retry(runs.run(actor, idOf(id)).id(), actor));
  }

  static Id idOf(String text) {
    return WireIds.inPath("run_id", text, "Run");
  }
}

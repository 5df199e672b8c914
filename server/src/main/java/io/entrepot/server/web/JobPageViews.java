// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import io.entrepot.server.jobs.Job;
import io.entrepot.server.jobs.JobState;
import io.entrepot.server.jobs.JobStep;
import io.entrepot.server.jobs.Jobs;
import io.entrepot.server.jobs.LogLevel;
import io.entrepot.server.jobs.LogLine;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Prepares the page of one job, and the parts of it that are sent again when they change. */
@Component
final class JobPageViews {

  static final int TAIL = 200;

  private static final Set<JobState> RETRIED =
      Set.of(JobState.FAILED, JobState.CANCELLED, JobState.STOPPED);

  private final Jobs jobs;
  private final RunViews runs;

  JobPageViews(Jobs jobs, RunViews runs) {
    this.jobs = jobs;
    this.runs = runs;
  }

  /** One step of the chain. */
  record Step(
      String name, Badge badge, boolean current, boolean past, String took, @Nullable String why) {}

  /**
   * One line of the log.
   *
   * @param look empty for lines that matter little
   */
  record Line(String time, String iso, String level, String look, String text) {}

  /** A count of the kind's own. */
  record Fact(String name, String value) {}

  Map<String, Object> of(Job job) {
    RunView run = runs.of(job);
    return Map.of(
        "run", run,
        "steps", jobs.steps(job.id()).stream().map(JobPageViews::step).toList(),
        "log", lines(jobs.logTail(job.id(), TAIL)),
        "facts", facts(job),
        "cancellable", !job.state().isFinal() && job.status().wish() == null,
        "ending", !job.state().isFinal() && job.status().wish() != null,
        "retriable", RETRIED.contains(job.state()));
  }

  static List<Line> lines(List<LogLine> lines) {
    return lines.stream().map(JobPageViews::line).toList();
  }

  private static Line line(LogLine line) {
    return new Line(
        Words.clock(line.time()),
        line.time().toString(),
        level(line.level()),
        look(line.level()),
        line.text());
  }

  private static String level(LogLevel level) {
    return switch (level) {
      case DEBUG -> "debug";
      case INFO -> "info";
      case WARNING -> "warn";
      case ERROR -> "error";
    };
  }

  private static String look(LogLevel level) {
    return switch (level) {
      case DEBUG, INFO -> "";
      case WARNING -> "warn";
      case ERROR -> "bad";
    };
  }

  private static Step step(JobStep step) {
    Badge badge =
        switch (step.outcome().state()) {
          case PENDING -> new Badge("idle", "wait", "to do");
          case RUNNING -> Badge.running("running");
          case COMPLETED -> Badge.ok("done");
          case FAILED -> Badge.bad("failed");
        };
    Instant started = step.span().started();
    Instant finished = step.span().finished();
    String took =
        step.inherited()
            ? "done before"
            : started == null || finished == null
                ? ""
                : Words.span(Duration.between(started, finished));
    return new Step(
        Words.sentence(step.name()),
        badge,
        badge.look().equals("run"),
        badge.look().equals("ok"),
        took,
        step.outcome().message());
  }

  private static List<Fact> facts(Job job) {
    return job.progress().counts().entrySet().stream()
        .map(entry -> new Fact(Words.sentence(entry.getKey()), Words.count(entry.getValue())))
        .toList();
  }
}

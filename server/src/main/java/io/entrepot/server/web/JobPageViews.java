// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import io.entrepot.server.jobs.Job;
import io.entrepot.server.jobs.JobOrigin;
import io.entrepot.server.jobs.JobState;
import io.entrepot.server.jobs.JobStep;
import io.entrepot.server.jobs.Jobs;
import io.entrepot.server.jobs.LogLevel;
import io.entrepot.server.jobs.LogLine;
import io.entrepot.server.jobs.StepState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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

  /** What harvests count, in words. */
  private static final Map<String, String> COUNTED = counted();

  private static final Set<JobState> CUT_SHORT = Set.of(JobState.CANCELLED, JobState.STOPPED);

  private final Jobs jobs;
  private final RunViews runs;
  private final AuditWords words;

  JobPageViews(Jobs jobs, RunViews runs, AuditWords words) {
    this.jobs = jobs;
    this.runs = runs;
    this.words = words;
  }

  /**
   * One step of the chain.
   *
   * @param ended whether a person ended the job within it
   */
  record Step(
      String name, Badge badge, Stage stage, boolean ended, String took, @Nullable String why) {}

  /** Where the job is, seen from a step. */
  enum Stage {
    PAST,
    CURRENT,
    TODO
  }

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
        "steps", jobs.steps(job.id()).stream().map(step -> step(job.state(), step)).toList(),
        "log", lines(jobs.logTail(job.id(), TAIL)),
        "facts", facts(job),
        "cancellable", !job.state().isFinal() && job.status().wish() == null,
        "ending", !job.state().isFinal() && job.status().wish() != null,
        "retriable", RETRIED.contains(job.state()));
  }

  /** Who ordered it by hand; empty for what nobody did. */
  String who(Job job) {
    return job.order().origin().trigger() == JobOrigin.Trigger.MANUAL
        ? words.names().name(List.of(Room.PEOPLE), job.order().origin().owner())
        : "";
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

  private static Step step(JobState job, JobStep step) {
    boolean ended =
        CUT_SHORT.contains(job)
            && (step.outcome().state() == StepState.RUNNING
                || step.outcome().state() == StepState.FAILED);
    return new Step(
        Words.sentence(step.name()),
        badge(job, step),
        stage(job, step.outcome().state()),
        ended,
        took(step),
        ended ? null : step.outcome().message());
  }

  private static Stage stage(JobState job, StepState step) {
    return switch (step) {
      case COMPLETED -> Stage.PAST;
      case RUNNING -> job.isFinal() ? Stage.TODO : Stage.CURRENT;
      case PENDING, FAILED -> Stage.TODO;
    };
  }

  /** A step that a person ended has not failed. */
  private static Badge badge(JobState job, JobStep step) {
    return switch (step.outcome().state()) {
      case PENDING -> new Badge(Look.IDLE, "wait", job.isFinal() ? "not begun" : "to do");
      case COMPLETED -> Badge.ok("done");
      case RUNNING, FAILED ->
          switch (job) {
            case CANCELLED -> Badge.ended("cancelled");
            case STOPPED -> Badge.ended("stopped");
            case PENDING, QUEUED, RUNNING, PAUSED, COMPLETED, FAILED ->
                step.outcome().state() == StepState.FAILED
                    ? Badge.bad("failed")
                    : Badge.running("running");
          };
    };
  }

  private static String took(JobStep step) {
    Instant started = step.span().started();
    Instant finished = step.span().finished();
    return step.inherited()
        ? "done before"
        : started == null || finished == null
            ? ""
            : Words.span(Duration.between(started, finished));
  }

  /** In the order in which a harvest goes, and behind them what is counted besides. */
  private static List<Fact> facts(Job job) {
    Map<String, Long> counts = job.progress().counts();
    List<Fact> facts = new ArrayList<>();
    COUNTED.forEach(
        (count, words) -> {
          if (counts.containsKey(count)) {
            facts.add(new Fact(words, amount(count, counts.get(count))));
          }
        });
    counts.forEach(
        (count, number) -> {
          if (!COUNTED.containsKey(count)) {
            facts.add(new Fact(Words.sentence(count.replace('_', ' ')), amount(count, number)));
          }
        });
    return facts;
  }

  private static String amount(String count, long number) {
    return count.endsWith("_bytes") ? Words.bytes(number) : Words.count(number, "file");
  }

  private static Map<String, String> counted() {
    Map<String, String> words = new LinkedHashMap<>();
    words.put("discovered", "Looked at");
    words.put("new", "New");
    words.put("changed", "Changed");
    words.put("transferred", "Brought in");
    words.put("skipped", "Skipped");
    words.put("failed", "Failed");
    words.put("unstable", "Not standing still");
    words.put("changing", "Changed while read");
    words.put("refused", "Refused");
    words.put("missing", "Not there any more");
    words.put("originals_kept", "Originals left there");
    words.put("would_take_bytes", "Would take in all");
    return words;
  }
}

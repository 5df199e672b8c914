// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;
import io.entrepot.base.Id;
import io.entrepot.base.InvalidFieldsException;
import io.entrepot.base.NotFoundException;
import io.entrepot.base.Page;
import io.entrepot.server.database.Database;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.jobs.EndedJobs;
import io.entrepot.server.jobs.Job;
import io.entrepot.server.jobs.JobEvent;
import io.entrepot.server.jobs.JobEvents;
import io.entrepot.server.jobs.JobFilter;
import io.entrepot.server.jobs.JobOrder;
import io.entrepot.server.jobs.JobOrigin;
import io.entrepot.server.jobs.JobProgress;
import io.entrepot.server.jobs.JobState;
import io.entrepot.server.jobs.JobStatus;
import io.entrepot.server.jobs.LogLevel;
import io.entrepot.server.jobs.LogLine;
import io.entrepot.server.jobs.ScheduleOrder;
import io.entrepot.server.metrics.MetricText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class JobsTest {

  private static final String BOTH = "io.entrepot.server.database.TestDatabases#both";
  private static final JsonMapper JSON = JsonMapper.shared();

  private final TestClock clock = TestClock.at("2026-03-01T10:00:00Z");
  private final List<String> did = new ArrayList<>();

  static JobOrder order() {
    return JobOrder.of("test", "thing:1", JSON.createObjectNode().put("a", 1), Actor.HOUSE);
  }

  private static JobOrder locked(String key, int priority) {
    ObjectNode parameters = JSON.createObjectNode().put("lock", key);
    return new JobOrder("test", "thing:1", parameters, priority, JobOrigin.by(Actor.HOUSE));
  }

  private static Job now(ManualJobs manual, Job job) {
    return manual.jobs().find(job.id()).orElseThrow();
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void an_ordered_job_runs_and_completes(Database database) {
    try (database) {
      ManualJobs manual =
          new ManualJobs(
              database,
              clock,
              TestKind.of(
                  context -> {
                    assertThat(context.parameters().path("a").asInt()).isEqualTo(1);
                    context.progress().total(100, 2);
                    context.progress().done(60, 1);
                    context.progress().count("skipped", 3);
                    context.progress().item("one.raw");
                    context.log(LogLevel.INFO, "hello");
                    context.warn("careful");
                  }));
      Job job = manual.jobs().start(order());
      assertThat(job.state()).isEqualTo(JobState.PENDING);

      manual.run();

      Job done = now(manual, job);
      assertThat(done.state()).isEqualTo(JobState.COMPLETED);
      assertThat(done.status().warnings()).isEqualTo(1);
      assertThat(done.status().node()).isEqualTo("manual");
      assertThat(done.times().finished()).isEqualTo(clock.instant());
      assertThat(done.progress().done()).isEqualTo(new JobProgress.Amount(60, 1));
      assertThat(done.progress().total()).isEqualTo(new JobProgress.Amount(100, 2));
      assertThat(done.progress().count("skipped")).isEqualTo(3);
      assertThat(done.progress().item()).isEqualTo("one.raw");
      assertThat(manual.jobs().log(job.id(), 0, 10))
          .extracting(LogLine::number, LogLine::text)
          .containsExactly(
              org.assertj.core.groups.Tuple.tuple(1L, "hello"),
              org.assertj.core.groups.Tuple.tuple(2L, "careful"));
      assertThat(manual.jobs().logTail(job.id(), 1)).hasSize(1);
      assertThat(manual.engine().tables().tasks().due()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void jobs_that_ended_are_counted_and_those_that_did_not_are_found_however_old(Database database) {
    try (database) {
      ManualJobs manual =
          new ManualJobs(database, clock, TestKind.of(context -> context.warn("careful")));
      manual.jobs().start(order());
      manual.run();
      clock.move(Duration.ofHours(2));
      Instant later = clock.instant();
      Job unfinished = manual.jobs().start(order());
      Job cancelled = manual.jobs().start(order());
      manual.jobs().cancel(cancelled.id(), Actor.HOUSE);

      JobFilter tests = JobFilter.kind("test");
      assertThat(manual.jobs().ended(tests, later.minus(Duration.ofHours(3))))
          .isEqualTo(new EndedJobs(2, 1));
      assertThat(manual.jobs().ended(tests, later)).isEqualTo(new EndedJobs(1, 0));
      assertThat(manual.jobs().ended(tests.about("thing:2"), Instant.EPOCH))
          .isEqualTo(new EndedJobs(0, 0));
      Set<JobState> open = Set.of(JobState.PENDING, JobState.RUNNING);
      assertThat(manual.jobs().list(tests.inStates(open), null, 1).items())
          .extracting(Job::id)
          .containsExactly(unfinished.id());
    }
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void an_order_that_is_rolled_back_leaves_neither_a_job_nor_a_task(Database database) {
    try (database) {
      ManualJobs manual = new ManualJobs(database, clock, TestKind.of(_ -> {}));

      assertThatThrownBy(
              () ->
                  database.write(
                      () -> {
                        manual.jobs().start(order());
                        throw new IllegalStateException("no");
                      }))
          .hasMessage("no");

      assertThat(manual.jobs().count(JobFilter.ALL, 10)).isZero();
      assertThat(manual.engine().tables().tasks().due()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void a_job_of_an_unknown_kind_is_refused(Database database) {
    try (database) {
      ManualJobs manual = new ManualJobs(database, clock);

      assertThatThrownBy(() -> manual.jobs().start(order()))
          .isInstanceOf(EntrepotException.class)
          .hasMessageContaining("\"test\"");
    }
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void a_failure_keeps_its_code_and_its_message(Database database) {
    try (database) {
      ManualJobs manual =
          new ManualJobs(
              database,
              clock,
              TestKind.of(
                  _ -> {
                    throw new EntrepotException(ErrorCode.STORE_FULL, "the disk is full");
                  }));
      Job job = manual.jobs().start(order());

      manual.run();

      assertThat(now(manual, job).state()).isEqualTo(JobState.FAILED);
      assertThat(now(manual, job).status().reason())
          .isEqualTo(new JobStatus.Reason("STORE_FULL", "the disk is full"));
    }
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void a_retry_is_a_new_job_that_skips_the_steps_that_finished(Database database) {
    try (database) {
      AtomicInteger attempts = new AtomicInteger();
      ManualJobs manual =
          new ManualJobs(
              database,
              clock,
              TestKind.of(
                  context -> {
                    context.step("read", true, () -> did.add("read"));
                    context.step(
                        "tidy",
                        false,
                        () -> {
                          throw new IllegalStateException("untidy");
                        });
                    context.step(
                        "write",
                        true,
                        () -> {
                          if (attempts.incrementAndGet() == 1) {
                            throw new IllegalStateException("broken");
                          }
                          did.add("write");
                        });
                    context.step("close", true, () -> did.add("close"));
                  }));
      Job first = manual.jobs().start(order());
      manual.run();
      assertThat(now(manual, first).state()).isEqualTo(JobState.FAILED);
      assertThat(now(manual, first).status().warnings()).isEqualTo(1);
      assertThat(manual.jobs().steps(first.id()))
          .extracting(step -> step.name() + " " + step.outcome().state())
          .containsExactly("read COMPLETED", "tidy FAILED", "write FAILED");

      Job second = manual.jobs().retry(first.id(), Actor.HOUSE);
      manual.run();

      assertThat(second.order().origin().retryOf()).isEqualTo(first.id());
      assertThat(second.order().origin().trigger()).isEqualTo(JobOrigin.Trigger.RETRY);
      assertThat(now(manual, second).state()).isEqualTo(JobState.COMPLETED);
      assertThat(did).containsExactly("read", "write", "close");
      assertThat(manual.jobs().steps(second.id()).getFirst().inherited()).isTrue();
      assertThat(now(manual, first).state()).isEqualTo(JobState.FAILED);
      assertThatThrownBy(() -> manual.jobs().retry(second.id(), Actor.HOUSE))
          .isInstanceOf(EntrepotException.class);
    }
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void a_cancelled_job_that_waits_never_runs(Database database) {
    try (database) {
      ManualJobs manual = new ManualJobs(database, clock, TestKind.of(_ -> did.add("ran")));
      Job job = manual.jobs().start(order());

      Job cancelled = manual.jobs().cancel(job.id(), Actor.HOUSE);
      manual.run();

      assertThat(cancelled.state()).isEqualTo(JobState.CANCELLED);
      assertThat(did).isEmpty();
      assertThat(manual.jobs().stop(job.id(), Actor.HOUSE).state()).isEqualTo(JobState.CANCELLED);
      assertThatThrownBy(() -> manual.jobs().cancel(new Id("f".repeat(24)), Actor.HOUSE))
          .isInstanceOf(NotFoundException.class);
    }
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void a_running_job_is_told_to_stop_and_ends_as_stopped(Database database) {
    try (database) {
      ManualJobs[] manual = new ManualJobs[1];
      manual[0] =
          new ManualJobs(
              database,
              clock,
              TestKind.of(
                  context -> {
                    manual[0].jobs().stop(context.job(), Actor.HOUSE);
                    context.checkCancelled();
                    did.add("went on");
                  }));
      Job job = manual[0].jobs().start(order());

      manual[0].run();

      assertThat(now(manual[0], job).state()).isEqualTo(JobState.STOPPED);
      assertThat(now(manual[0], job).status().wish()).isNull();
      assertThat(did).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void a_wish_stored_by_another_node_reaches_the_running_job(Database database) {
    try (database) {
      ManualJobs other = new ManualJobs(database, clock, "other", TestKind.of(_ -> {}));
      ManualJobs[] manual = new ManualJobs[1];
      manual[0] =
          new ManualJobs(
              database,
              clock,
              TestKind.of(
                  context -> {
                    other.jobs().cancel(context.job(), Actor.HOUSE);
                    assertThat(context.cancelled()).isFalse();
                    manual[0].beat();
                    context.checkCancelled();
                  }));
      Job job = manual[0].jobs().start(order());

      manual[0].run();

      assertThat(now(manual[0], job).state()).isEqualTo(JobState.CANCELLED);
    }
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void a_paused_job_runs_on_where_its_steps_ended(Database database) {
    try (database) {
      ManualJobs[] manual = new ManualJobs[1];
      AtomicInteger starts = new AtomicInteger();
      manual[0] =
          new ManualJobs(
              database,
              clock,
              TestKind.of(
                  context -> {
                    context.step("first", true, () -> did.add("first"));
                    if (starts.incrementAndGet() == 1) {
                      manual[0].jobs().pause(context.job(), Actor.HOUSE);
                    }
                    context.step("second", true, () -> did.add("second"));
                  }));
      Job job = manual[0].jobs().start(order());
      manual[0].run();
      assertThat(now(manual[0], job).state()).isEqualTo(JobState.PAUSED);

      manual[0].jobs().resume(job.id(), Actor.HOUSE);
      manual[0].run();

      assertThat(now(manual[0], job).state()).isEqualTo(JobState.COMPLETED);
      assertThat(did).containsExactly("first", "second");
      assertThatThrownBy(() -> manual[0].jobs().resume(job.id(), Actor.HOUSE))
          .isInstanceOf(EntrepotException.class);
      assertThatThrownBy(() -> manual[0].jobs().pause(job.id(), Actor.HOUSE))
          .isInstanceOf(EntrepotException.class);
    }
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void jobs_on_one_resource_run_one_after_the_other_by_priority(Database database) {
    try (database) {
      ManualJobs[] manual = new ManualJobs[1];
      manual[0] =
          new ManualJobs(
              database,
              clock,
              TestKind.of(
                  context -> {
                    did.add("begin " + context.order().priority());
                    if (context.order().priority() == 0) {
                      Job low = manual[0].jobs().start(locked("repository:7", 1));
                      Job high = manual[0].jobs().start(locked("repository:7", 2));
                      assertThat(manual[0].attempt(low.id())).isEqualTo(Attempt.WAIT);
                      assertThat(manual[0].attempt(high.id())).isEqualTo(Attempt.WAIT);
                      assertThat(now(manual[0], low).state()).isEqualTo(JobState.QUEUED);
                    }
                    did.add("end " + context.order().priority());
                  }));
      manual[0].jobs().start(locked("repository:7", 0));

      manual[0].run();

      assertThat(did).containsExactly("begin 0", "end 0", "begin 2", "end 2", "begin 1", "end 1");
    }
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void a_job_that_comes_by_first_gives_way_to_one_that_waits_with_a_higher_priority(
      Database database) {
    try (database) {
      ManualJobs[] manual = new ManualJobs[1];
      List<Job> waiting = new ArrayList<>();
      manual[0] =
          new ManualJobs(
              database,
              clock,
              TestKind.of(
                  context -> {
                    did.add("run " + context.order().priority());
                    if (waiting.isEmpty()) {
                      waiting.add(manual[0].jobs().start(locked("repository:7", 1)));
                      waiting.add(manual[0].jobs().start(locked("repository:7", 2)));
                      waiting.add(manual[0].jobs().start(locked("repository:7", 2)));
                      waiting.forEach(job -> manual[0].attempt(job.id()));
                    }
                  }));
      manual[0].attempt(manual[0].jobs().start(locked("repository:7", 0)).id());

      assertThat(manual[0].attempt(waiting.get(0).id())).isEqualTo(Attempt.WAIT);
      assertThat(manual[0].attempt(waiting.get(2).id())).isEqualTo(Attempt.WAIT);
      assertThat(manual[0].attempt(waiting.get(1).id())).isEqualTo(Attempt.OVER);
      manual[0].run();

      assertThat(did).containsExactly("run 0", "run 2", "run 2", "run 1");
    }
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void a_job_does_not_wait_for_one_that_cannot_start(Database database) {
    try (database) {
      ManualJobs[] manual = new ManualJobs[1];
      List<Job> waiting = new ArrayList<>();
      manual[0] =
          new ManualJobs(
              database,
              clock,
              TestKind.of(
                  context -> {
                    did.add("run " + context.order().priority());
                    if (waiting.isEmpty()) {
                      waiting.add(manual[0].jobs().start(locked("repository:7", 1)));
                      waiting.add(manual[0].jobs().start(locked("repository:7", 2)));
                      waiting.forEach(job -> manual[0].attempt(job.id()));
                    }
                  }));
      manual[0].attempt(manual[0].jobs().start(locked("repository:7", 0)).id());
      database.write(
          () ->
              database
                  .sql(
                      "update scheduled_tasks set consecutive_failures = 3 where task_instance = ?")
                  .param(waiting.get(1).id().hex())
                  .update());

      assertThat(manual[0].attempt(waiting.get(0).id())).isEqualTo(Attempt.OVER);
    }
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void a_waiting_job_that_is_given_a_higher_priority_goes_first(Database database) {
    try (database) {
      ManualJobs manual =
          new ManualJobs(
              database,
              clock,
              TestKind.of(
                  context -> did.add("run " + context.parameters().path("lock").asString())));
      manual.jobs().start(locked("first", 0));
      Job second = manual.jobs().start(locked("second", 0));
      Job third = manual.jobs().start(locked("third", 0));

      Job now = manual.jobs().prioritize(third.id(), 7);
      assertThat(now.order().priority()).isEqualTo(7);
      manual.jobs().prioritize(second.id(), -7);
      manual.run();

      assertThat(did).containsExactly("run third", "run first", "run second");
      assertThatThrownBy(() -> manual.jobs().prioritize(third.id(), 1))
          .isInstanceOf(EntrepotException.class)
          .hasMessageContaining("has ended");
      Id nobody = new Id("f".repeat(24));
      assertThatThrownBy(() -> manual.jobs().prioritize(nobody, 1))
          .isInstanceOf(NotFoundException.class);
    }
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void what_jobs_have_done_never_shrinks_when_one_begins_anew(Database database) {
    try (database) {
      ManualJobs manual =
          new ManualJobs(database, clock, TestKind.of(context -> context.progress().done(5, 1)));
      Job job = manual.jobs().start(order());
      manual.run();
      // What a start that goes on with a job puts on record first.
      database.write(
          () ->
              database
                  .sql("update job set files_done = 0, bytes_done = 0 where id = ?")
                  .param(job.id().hex())
                  .update());

      MetricText page = new MetricText();
      new JobMetrics(database, clock, manual.engine().meter()).write(page);
      assertThat(page.toString().lines())
          .contains("entrepot_job_files_total 1", "entrepot_job_bytes_total 5")
          .contains("entrepot_job_effects_fenced_total 0")
          .contains("entrepot_jobs{kind=\"test\",state=\"completed\"} 1");
    }
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void a_priority_that_no_person_may_set_is_refused(Database database) {
    try (database) {
      ManualJobs manual = new ManualJobs(database, clock, TestKind.of(_ -> {}));
      Job job = manual.jobs().start(order());

      for (int priority : new int[] {101, -101}) {
        assertThatThrownBy(() -> manual.jobs().prioritize(job.id(), priority))
            .isInstanceOf(InvalidFieldsException.class);
      }
      assertThat(manual.jobs().prioritize(job.id(), -100).order().priority()).isEqualTo(-100);
    }
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void a_worker_that_was_given_up_changes_nothing_any_more(Database database) {
    try (database) {
      ManualJobs second =
          new ManualJobs(database, clock, "second", TestKind.of(_ -> did.add("second")));
      ManualJobs first =
          new ManualJobs(
              database,
              clock,
              "first",
              TestKind.of(
                  context -> {
                    context.effect(() -> did.add("effect"));
                    second.attempt(context.job());
                    assertThatThrownBy(() -> context.effect(() -> did.add("late")))
                        .isInstanceOfSatisfying(
                            EntrepotException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.FENCED));
                    assertThat(context.cancelled()).isTrue();
                  }));
      Job job = first.jobs().start(order());

      assertThat(first.attempt(job.id())).isEqualTo(Attempt.LOST);

      assertThat(did).containsExactly("effect", "second");
      assertThat(first.engine().meter().refused()).isEqualTo(1);
      assertThat(second.engine().meter().refused()).isZero();
      assertThat(now(first, job).state()).isEqualTo(JobState.COMPLETED);
      assertThat(now(first, job).status().node()).isEqualTo("second");
    }
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void list_shows_the_newest_first_page_by_page(Database database) {
    try (database) {
      ManualJobs manual = new ManualJobs(database, clock, TestKind.of(_ -> {}));
      List<Id> ids = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        ids.addFirst(manual.jobs().start(order()).id());
      }
      manual.jobs().cancel(ids.get(1), Actor.HOUSE);

      Page<Job> first = manual.jobs().list(JobFilter.kind("test"), null, 3);
      Page<Job> second = manual.jobs().list(JobFilter.kind("test"), first.next().orElseThrow(), 3);

      assertThat(first.items()).extracting(Job::id).isEqualTo(ids.subList(0, 3));
      assertThat(second.items()).extracting(Job::id).isEqualTo(ids.subList(3, 5));
      assertThat(second.next()).isEmpty();
      JobFilter pending = JobFilter.ALL.inStates(Set.of(JobState.PENDING)).about("thing:1");
      assertThat(manual.jobs().count(pending, 100)).isEqualTo(4);
      assertThat(manual.jobs().count(pending, 2)).isEqualTo(2);
      assertThat(manual.jobs().count(JobFilter.ALL.about("thing:2"), 2)).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void a_log_that_never_ends_keeps_how_it_began_and_how_it_ended(Database database) {
    try (database) {
      ManualJobs[] manual = new ManualJobs[1];
      manual[0] =
          new ManualJobs(
              database,
              clock,
              TestKind.of(
                  context -> {
                    String line = "x".repeat(10_000);
                    for (int i = 0; i < 100_000; i++) {
                      context.log(LogLevel.INFO, i + " " + line);
                      if (i % 20_000 == 0) {
                        manual[0].beat();
                      }
                    }
                    context.log(LogLevel.INFO, "the end");
                  }));
      Job job = manual[0].jobs().start(order());

      manual[0].run();

      List<LogLine> lines = manual[0].jobs().log(job.id(), 0, 200_000);
      long characters = lines.stream().mapToLong(line -> line.text().length()).sum();
      assertThat(characters).isLessThan(LogBuffer.CHARACTER_LIMIT + 10_000);
      assertThat(lines.getFirst().text()).startsWith("0 ");
      assertThat(lines.getLast().text()).isEqualTo("the end");
      List<LogLine> told =
          lines.stream().filter(line -> line.text().endsWith("lines left out")).toList();
      assertThat(told).hasSize(1);
      int left = Integer.parseInt(told.getFirst().text().replaceAll("[^0-9]", ""));
      assertThat(left + lines.size() - 1).isEqualTo(100_001);
      assertThat(lines.indexOf(told.getFirst())).isBetween(400, 600);
      assertThat(now(manual[0], job).state()).isEqualTo(JobState.COMPLETED);
    }
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void a_job_that_goes_on_after_a_pause_adds_to_the_end_of_its_long_log(Database database) {
    try (database) {
      ManualJobs[] manual = new ManualJobs[1];
      AtomicInteger starts = new AtomicInteger();
      manual[0] =
          new ManualJobs(
              database,
              clock,
              TestKind.of(
                  context -> {
                    int start = starts.incrementAndGet();
                    for (int i = 0; i < 15_000; i++) {
                      context.log(LogLevel.INFO, start + "/" + i);
                    }
                    if (start < 3) {
                      manual[0].jobs().pause(context.job(), Actor.HOUSE);
                      context.checkCancelled();
                    }
                  }));
      Job job = manual[0].jobs().start(order());
      manual[0].run();
      for (int i = 0; i < 2; i++) {
        manual[0].jobs().resume(job.id(), Actor.HOUSE);
        manual[0].run();
      }

      List<LogLine> lines = manual[0].jobs().log(job.id(), 0, 200_000);
      assertThat(lines).hasSize(LogBuffer.LINE_LIMIT + 1);
      assertThat(lines.get(9_999).text()).isEqualTo("1/9999");
      assertThat(lines.get(10_000).text()).isEqualTo("25,000 lines left out");
      assertThat(lines.get(10_001).text()).isEqualTo("3/5000");
      assertThat(lines.getLast().text()).isEqualTo("3/14999");
    }
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void lines_that_do_not_come_to_their_commit_are_stored_the_next_time(Database database) {
    try (database) {
      ManualJobs[] manual = new ManualJobs[1];
      manual[0] =
          new ManualJobs(
              database,
              clock,
              TestKind.of(
                  context -> {
                    context.log(LogLevel.INFO, "one");
                    assertThatThrownBy(
                            () ->
                                database.write(
                                    () -> {
                                      manual[0].beat();
                                      throw new IllegalStateException("the disk is full");
                                    }))
                        .hasMessage("the disk is full");
                    context.log(LogLevel.INFO, "two");
                  }));
      Job job = manual[0].jobs().start(order());
      try (JobEvents.Subscription heard = manual[0].events().subscribe(job.id(), null)) {
        heard.next(Duration.ZERO);
        manual[0].run();

        assertThat(manual[0].jobs().log(job.id(), 0, 10))
            .extracting(LogLine::text)
            .containsExactly("one", "two");
        assertThat(logged(heard)).containsExactly("one", "two");
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static List<String> logged(JobEvents.Subscription heard) throws InterruptedException {
    List<String> texts = new ArrayList<>();
    List<JobEvent> news = heard.next(Duration.ZERO);
    while (!news.isEmpty()) {
      for (JobEvent event : news) {
        if (event instanceof JobEvent.Logged(_, _, var lines)) {
          lines.forEach(line -> texts.add(line.text()));
        }
      }
      news = heard.next(Duration.ZERO);
    }
    return texts;
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void a_message_that_no_database_can_keep_ends_its_job_at_once(Database database) {
    try (database) {
      ManualJobs manual =
          new ManualJobs(
              database,
              clock,
              TestKind.of(
                  context ->
                      context.step(
                          "read",
                          true,
                          () -> {
                            did.add("ran");
                            throw new IllegalStateException("bad byte \0 in a name");
                          })));
      Job job = manual.jobs().start(order());

      manual.run();

      assertThat(did).containsExactly("ran");
      assertThat(now(manual, job).state()).isEqualTo(JobState.FAILED);
      assertThat(now(manual, job).status().reason().message())
          .isEqualTo("IllegalStateException: bad byte \uFFFD in a name");
      assertThat(manual.jobs().steps(job.id()).getFirst().outcome().message()).contains("\uFFFD");
    }
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void pace_and_remaining_time_are_told_as_a_range(Database database) {
    try (database) {
      ManualJobs[] manual = new ManualJobs[1];
      List<JobProgress> seen = new ArrayList<>();
      manual[0] =
          new ManualJobs(
              database,
              clock,
              TestKind.of(
                  context -> {
                    context.progress().total(100_000, 0);
                    for (int second = 0; second < 20; second++) {
                      context.progress().done(second < 10 ? 1000 : 3000, 0);
                      clock.move(Duration.ofSeconds(1));
                      manual[0].beat();
                    }
                    seen.add(manual[0].jobs().find(context.job()).orElseThrow().progress());
                  }));
      manual[0].jobs().start(order());

      manual[0].run();

      JobProgress.Pace pace = seen.getFirst().pace();
      assertThat(pace).isNotNull();
      assertThat(pace.bytesPerSecond()).isBetween(1900L, 2300L);
      assertThat(pace.soonest()).isEqualTo(Duration.ofSeconds(20));
      assertThat(pace.latest()).isEqualTo(Duration.ofSeconds(60));
    }
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void until_the_total_is_known_the_runs_before_tell_how_long_it_may_take(Database database) {
    try (database) {
      ManualJobs[] manual = new ManualJobs[1];
      Queue<Integer> minutes = new ArrayDeque<>(List.of(9, 3, 5));
      List<JobProgress.@Nullable Pace> seen = new ArrayList<>();
      manual[0] =
          new ManualJobs(
              database,
              clock,
              TestKind.of(
                  context -> {
                    context.progress().item("one.raw");
                    manual[0].beat();
                    clock.move(Duration.ofMinutes(2));
                    manual[0].beat();
                    seen.add(manual[0].jobs().find(context.job()).orElseThrow().progress().pace());
                    clock.move(Duration.ofMinutes(minutes.remove() - 2));
                    manual[0].beat();
                    seen.add(manual[0].jobs().find(context.job()).orElseThrow().progress().pace());
                  }));
      Id schedule =
          manual[0]
              .schedules()
              .create(
                  new ScheduleOrder(
                      "test",
                      "thing:1",
                      JSON.createObjectNode(),
                      ScheduleOrder.Timing.utc(null),
                      true),
                  Actor.HOUSE)
              .id();
      for (int run = 0; run < 3; run++) {
        manual[0].schedules().trigger(schedule, JSON.createObjectNode(), null, Actor.HOUSE);
        manual[0].run();
      }

      assertThat(seen.get(0)).isNotNull();
      assertThat(seen.get(0).soonest()).isNull();
      assertThat(seen.get(2).soonest()).isEqualTo(Duration.ofMinutes(7));
      assertThat(seen.get(4).soonest()).isEqualTo(Duration.ofMinutes(1));
      assertThat(seen.get(4).latest()).isEqualTo(Duration.ofMinutes(7));
      assertThat(seen.get(5).soonest()).isEqualTo(Duration.ZERO);
      assertThat(seen.get(5).latest()).isEqualTo(Duration.ofMinutes(4));
    }
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void a_failed_job_whose_record_cannot_be_read_afterwards_is_over_all_the_same(Database database) {
    try (database) {
      ManualJobs manual =
          new ManualJobs(
              database,
              clock,
              TestKind.of(
                  context -> {
                    database.write(
                        () -> database.sql("update job set parameters = 'not JSON'").update());
                    throw new IllegalStateException("broken");
                  }));
      Job job = manual.jobs().start(order());

      assertThat(manual.attempt(job.id())).isEqualTo(Attempt.OVER);

      String state = database.sql("select state from job").query(String.class).single();
      assertThat(JobState.of(state)).isEqualTo(JobState.FAILED);
    }
  }
}

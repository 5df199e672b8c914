// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.server.database.Database;
import io.entrepot.server.database.TestDatabases;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.jobs.Job;
import io.entrepot.server.jobs.JobEvent;
import io.entrepot.server.jobs.JobOrder;
import io.entrepot.server.jobs.JobState;
import io.entrepot.server.jobs.LogLevel;
import io.entrepot.server.jobs.LogLine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class EventRingTest {

  private static final Duration AT_ONCE = Duration.ZERO;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final TestClock clock = TestClock.at("2026-03-01T10:00:00Z");
  private final Database database = TestDatabases.sqlite();
  private final ManualJobs manual = new ManualJobs(database, clock, TestKind.of(_ -> {}));

  @AfterEach
  void close() {
    database.close();
  }

  private Job start() {
    return manual
        .jobs()
        .start(JobOrder.of("test", "x", JsonMapper.shared().createObjectNode(), Actor.HOUSE));
  }

  private static List<JobState> states(List<JobEvent> events) {
    return events.stream()
        .filter(JobEvent.Changed.class::isInstance)
        .map(event -> ((JobEvent.Changed) event).now().state())
        .toList();
  }

  @Test
  void a_new_listener_gets_the_present_state_and_then_each_change() throws Exception {
    Job job = start();
    try (var heard = manual.events().subscribe(job.id(), null)) {
      assertThat(states(heard.next(AT_ONCE))).containsExactly(JobState.PENDING);
      assertThat(heard.next(AT_ONCE)).isEmpty();

      start();
      manual.run();

      assertThat(states(heard.next(AT_ONCE))).containsExactly(JobState.RUNNING, JobState.COMPLETED);
      assertThat(heard.isOver()).isTrue();
    }
  }

  @Test
  void a_listener_that_comes_back_goes_on_where_it_was() throws Exception {
    Job job = start();
    long last;
    try (var heard = manual.events().subscribe(job.id(), null)) {
      last = heard.next(AT_ONCE).getLast().number();
    }

    manual.run();

    try (var heard = manual.events().subscribe(job.id(), last)) {
      assertThat(states(heard.next(AT_ONCE))).containsExactly(JobState.RUNNING, JobState.COMPLETED);
    }
  }

  private static List<String> lines(List<JobEvent> events) {
    return events.stream()
        .filter(JobEvent.Logged.class::isInstance)
        .flatMap(event -> ((JobEvent.Logged) event).lines().stream())
        .map(LogLine::text)
        .toList();
  }

  @Test
  void lines_that_were_stored_while_nobody_listened_are_told_to_one_that_comes_back()
      throws Exception {
    ManualJobs[] talking = new ManualJobs[1];
    talking[0] =
        new ManualJobs(
            database,
            clock,
            TestKind.of(
                context -> {
                  context.log(LogLevel.INFO, "one");
                  talking[0].beat();
                  context.log(LogLevel.INFO, "two");
                }));
    Job job =
        talking[0]
            .jobs()
            .start(JobOrder.of("test", "x", JsonMapper.shared().createObjectNode(), Actor.HOUSE));
    long last;
    try (var heard = talking[0].events().subscribe(job.id(), null)) {
      last = heard.next(AT_ONCE).getLast().number();
    }

    talking[0].run();

    try (var heard = talking[0].events().subscribe(job.id(), last)) {
      assertThat(lines(heard.next(AT_ONCE))).containsExactly("one", "two");
    }
  }

  @Test
  void a_job_that_ends_amid_a_store_of_its_log_is_told_to_have_ended_after_the_lines()
      throws Exception {
    ManualJobs[] talking = new ManualJobs[1];
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch storing = new CountDownLatch(1);
    AtomicBoolean left = new AtomicBoolean();
    talking[0] =
        new ManualJobs(
            database,
            clock,
            TestKind.of(
                context -> {
                  context.log(LogLevel.INFO, "last words");
                  begun.countDown();
                  storing.await();
                  left.set(true);
                }));
    ObjectNode none = JsonMapper.shared().createObjectNode();
    Job job = talking[0].jobs().start(JobOrder.of("test", "x", none, Actor.HOUSE));
    Thread worker = Thread.ofPlatform().start(talking[0]::run);
    begun.await();
    RunningJob running = talking[0].engine().live().all().iterator().next();

    try (var heard = talking[0].events().subscribe(job.id(), null)) {
      heard.next(AT_ONCE);
      running.inTurn(
          () -> {
            List<LogLine> stored = new ArrayList<>();
            database.write(() -> running.store(stored::addAll));
            storing.countDown();
            await(left::get);
            await(() -> worker.getState() == Thread.State.WAITING || !worker.isAlive());
            ((EventRing) talking[0].events()).logged(job.id(), stored);
          });
      worker.join();

      List<JobEvent> events = heard.next(AT_ONCE);
      assertThat(lines(events)).containsExactly("last words");
      assertThat(events.getLast())
          .isInstanceOfSatisfying(
              JobEvent.Changed.class,
              end -> assertThat(end.now().state()).isEqualTo(JobState.COMPLETED));
    }
  }

  private static void await(BooleanSupplier condition) {
    long begin = System.nanoTime();
    while (!condition.getAsBoolean()) {
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(PATIENCE);
      Thread.onSpinWait();
    }
  }

  @Test
  void one_that_has_heard_of_the_end_and_comes_back_is_not_kept_waiting() throws Exception {
    Job job = start();
    manual.run();
    long last;
    try (var heard = manual.events().subscribe(job.id(), null)) {
      last = heard.next(AT_ONCE).getLast().number();
      assertThat(heard.isOver()).isTrue();
    }
    assertThat(manual.events().isOver(job.id(), last)).isTrue();
    assertThat(manual.events().isOver(job.id(), last - 1_000_000)).isFalse();
    assertThat(manual.events().isOver(job.id(), Long.MAX_VALUE)).isFalse();

    try (var heard = manual.events().subscribe(job.id(), last)) {
      assertThat(heard.next(Duration.ofMinutes(10))).isEmpty();
      assertThat(heard.isOver()).isTrue();
    }
    assertThat(manual.events().isOver(start().id(), last)).isFalse();
  }

  /** As when another node ran it, and nobody listened here. */
  @Test
  void the_end_of_a_job_of_which_nobody_here_has_told_is_told_to_one_that_comes_back()
      throws Exception {
    Job job = start();
    long seen;
    try (var heard = manual.events().subscribe(job.id(), null)) {
      seen = heard.next(AT_ONCE).getLast().number();
    }
    new ManualJobs(database, clock, "other", TestKind.of(_ -> {})).run();

    try (var heard = manual.events().subscribe(job.id(), seen)) {
      List<JobEvent> told = heard.next(Duration.ofMinutes(10));
      assertThat(states(told)).containsExactly(JobState.COMPLETED);
      assertThat(manual.events().isOver(job.id(), told.getLast().number())).isTrue();
    }
  }

  @Test
  void one_that_fell_out_of_the_ring_is_told_of_the_gap_before_the_present_state()
      throws Exception {
    Job job = start();
    EventRing ring = (EventRing) manual.events();
    try (var heard = ring.subscribe(job.id(), null)) {
      long seen = heard.next(AT_ONCE).getLast().number();
      LogLine line = new LogLine(1, clock.instant(), LogLevel.INFO, "x".repeat(1_000_000));
      for (int i = 0; i < 6; i++) {
        ring.logged(job.id(), List.of(line));
      }

      List<JobEvent> news = heard.next(AT_ONCE);
      assertThat(news).hasSize(2);
      assertThat(news.getFirst()).isEqualTo(new JobEvent.Gap(seen, job.id()));
      assertThat(states(news)).containsExactly(JobState.PENDING);
      assertThat(heard.next(AT_ONCE)).isEmpty();
    }
  }

  @Test
  void nothing_is_told_of_a_job_after_its_end() throws Exception {
    Job job = start();
    long first;
    try (var heard = manual.events().subscribe(job.id(), null)) {
      first = heard.next(AT_ONCE).getLast().number();
    }
    manual.run();
    ((EventRing) manual.events()).changed(manual.jobs().find(job.id()).orElseThrow());

    try (var heard = manual.events().subscribe(job.id(), first)) {
      assertThat(states(heard.next(AT_ONCE))).containsExactly(JobState.RUNNING, JobState.COMPLETED);
      assertThat(heard.isOver()).isTrue();
    }
  }

  @Test
  void a_listener_that_missed_too_much_or_knew_an_earlier_server_begins_anew() throws Exception {
    Job job = start();
    try (var heard = manual.events().subscribe(null, 17L)) {
      assertThat(states(heard.next(AT_ONCE))).containsExactly(JobState.PENDING);
    }
    try (var heard = manual.events().subscribe(job.id(), Long.MAX_VALUE)) {
      assertThat(states(heard.next(AT_ONCE))).containsExactly(JobState.PENDING);
    }
  }

  @Test
  void closing_ends_every_listener() throws Exception {
    try (var heard = manual.events().subscribe(null, null)) {
      heard.next(AT_ONCE);
      manual.engine().close();

      assertThat(heard.next(Duration.ofMinutes(1))).isEmpty();
      assertThat(heard.isOver()).isTrue();
    }
  }
}

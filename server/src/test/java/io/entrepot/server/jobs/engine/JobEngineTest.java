// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;
import io.entrepot.base.IdSource;
import io.entrepot.server.database.Database;
import io.entrepot.server.database.FlushesThatFail;
import io.entrepot.server.database.TestDatabases;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.jobs.Job;
import io.entrepot.server.jobs.JobContext;
import io.entrepot.server.jobs.JobContext.Work;
import io.entrepot.server.jobs.JobEvent;
import io.entrepot.server.jobs.JobEvents;
import io.entrepot.server.jobs.JobKind;
import io.entrepot.server.jobs.JobKinds;
import io.entrepot.server.jobs.JobOrder;
import io.entrepot.server.jobs.JobState;
import io.entrepot.server.jobs.JobStatus;
import io.entrepot.server.jobs.LogLevel;
import io.entrepot.server.jobs.Recovery;
import io.entrepot.server.jobs.engine.Workers.Crew;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** The engine with its real threads. */
class JobEngineTest {

  private static final int THREADS = 8;

  private static final String BOTH = "io.entrepot.server.database.TestDatabases#both";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  static JobEngine started(Database database, String node, JobKind... kinds) {
    JobKinds registered = new JobKinds();
    List.of(kinds).forEach(registered::register);
    IdSource ids = new IdSource(Clock.systemUTC(), new Random());
    JobEngine engine =
        new JobEngine(
            database,
            registered,
            ids,
            Clock.systemUTC(),
            new Crew(node, THREADS, Duration.ofDays(90)));
    engine.start();
    return engine;
  }

  static JobOrder order() {
    return JobOrder.of("test", "thing:1", JsonMapper.shared().createObjectNode(), Actor.HOUSE);
  }

  static void await(BooleanSupplier condition) throws InterruptedException {
    Instant end = Instant.now().plus(PATIENCE);
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).as("patience ends").isBefore(end);
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  private static JobState state(JobEngine engine, Job job) {
    return engine.jobs().find(job.id()).orElseThrow().state();
  }

  /** Works until it is told to end. */
  private static void untilTold(JobContext context) throws InterruptedException {
    while (true) {
      context.checkCancelled();
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void a_job_starts_soon_after_its_order_is_committed(Database database) throws Exception {
    List<Long> waits = new ArrayList<>();
    AtomicInteger ran = new AtomicInteger();
    try (database;
        JobEngine engine = started(database, "one", TestKind.of(_ -> ran.incrementAndGet()))) {
      for (int i = 1; i <= 10; i++) {
        int expected = i;
        long begin = System.nanoTime();
        engine.jobs().start(order());
        await(() -> ran.get() == expected);
        waits.add(Duration.ofNanos(System.nanoTime() - begin).toMillis());
      }
    }
    System.out.println("milliseconds from order to start: " + waits);
    assertThat(waits.stream().sorted().skip(5).findFirst().orElseThrow()).isLessThan(500);
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void a_running_job_is_cancelled_in_under_two_seconds(Database database) throws Exception {
    try (database;
        JobEngine engine = started(database, "one", TestKind.of(JobEngineTest::untilTold))) {
      Job job = engine.jobs().start(order());
      await(() -> state(engine, job) == JobState.RUNNING);
      long begin = System.nanoTime();

      engine.jobs().cancel(job.id(), Actor.HOUSE);

      await(() -> state(engine, job) == JobState.CANCELLED);
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
    }
  }

  @Test
  void an_engine_whose_disk_fails_to_keep_what_it_notes_stops_with_everything_else()
      throws Exception {
    FlushesThatFail flushes = new FlushesThatFail();
    AtomicInteger told = new AtomicInteger();
    TestKind kind =
        TestKind.of(
            context -> {
              try {
                untilTold(context);
              } finally {
                told.incrementAndGet();
              }
            });
    try (Database database = flushes.database()) {
      JobEngine engine = started(database, "one", kind);
      Job job = engine.jobs().start(order());
      await(() -> state(engine, job) == JobState.RUNNING);

      flushes.begin();

      await(database::isReadOnly);
      await(() -> engine.trouble().isPresent());
      await(() -> told.get() == 1);
      assertThatThrownBy(() -> database.write(() -> {}))
          .isInstanceOfSatisfying(
              EntrepotException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_READ_ONLY));
      assertThatThrownBy(() -> database.schedulerSource().getConnection())
          .isInstanceOf(SQLException.class);
      int noted = flushes.statements();
      engine.close();
      assertThat(flushes.statements()).isEqualTo(noted);
    }
  }

  @Test
  void poisonous_jobs_do_no_harm_to_the_others() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    Work[] poisons = {
      () -> {
        throw new StackOverflowError("too deep");
      },
      () -> {
        throw new OutOfMemoryError("pretended");
      },
      end::await
    };
    AtomicInteger ran = new AtomicInteger();
    AtomicInteger poisoned = new AtomicInteger();
    JobKind poison =
        new TestKind(
            "poison", Recovery.FAIL, false, _ -> poisons[poisoned.getAndIncrement()].run());
    try (Database database = TestDatabases.sqlite();
        JobEngine engine =
            started(database, "one", TestKind.of(_ -> ran.incrementAndGet()), poison)) {
      List<Job> bad = new ArrayList<>();
      for (int i = 0; i < poisons.length; i++) {
        bad.add(
            engine
                .jobs()
                .start(new JobOrder("poison", null, order().parameters(), 9, order().origin())));
      }
      for (int i = 0; i < 20; i++) {
        engine.jobs().start(order());
      }

      await(() -> ran.get() == 20);
      await(() -> bad.stream().filter(job -> state(engine, job) == JobState.FAILED).count() == 2);
      assertThat(bad.stream().filter(job -> state(engine, job) == JobState.RUNNING)).hasSize(1);
      end.countDown();
    }
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void a_stopped_server_hands_its_jobs_back_and_the_next_one_goes_on(Database database)
      throws Exception {
    AtomicInteger starts = new AtomicInteger();
    TestKind kind =
        TestKind.of(
            context -> {
              if (starts.incrementAndGet() == 1) {
                untilTold(context);
              }
            });
    try (database) {
      Job job;
      long begin;
      try (JobEngine first = started(database, "first", kind)) {
        job = first.jobs().start(order());
        await(() -> starts.get() == 1);
        begin = System.nanoTime();
      }
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
      // Looked at between the two, for the next one may be done with it in no time.
      ManualJobs between = new ManualJobs(database, Clock.systemUTC());
      assertThat(between.jobs().find(job.id()).orElseThrow().state().isFinal()).isFalse();
      try (JobEngine second = started(database, "second", kind)) {
        await(() -> state(second, job) == JobState.COMPLETED);
      }
    }
    assertThat(starts.get()).isEqualTo(2);
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void a_stopped_server_fails_what_cannot_go_on(Database database) throws Exception {
    try (database) {
      Job job;
      try (JobEngine first =
          started(database, "first", TestKind.failing(JobEngineTest::untilTold))) {
        job = first.jobs().start(order());
        await(() -> state(first, job) == JobState.RUNNING);
      }
      ManualJobs after = new ManualJobs(database, Clock.systemUTC());
      Job failed = after.jobs().find(job.id()).orElseThrow();
      assertThat(failed.state()).isEqualTo(JobState.FAILED);
      JobStatus.Reason reason = failed.status().reason();
      assertThat(reason).isNotNull();
      assertThat(reason.code()).isEqualTo("INTERRUPTED");
    }
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void progress_and_log_are_seen_while_the_job_runs(Database database) throws Exception {
    try (database;
        JobEngine engine =
            started(
                database,
                "one",
                TestKind.of(
                    context -> {
                      context.progress().done(7, 1);
                      context.log(LogLevel.INFO, "begun");
                      untilTold(context);
                    }));
        JobEvents.Subscription heard = engine.events().subscribe(null, null)) {
      Job job = engine.jobs().start(order());

      List<JobEvent> events = new ArrayList<>();
      await(
          () -> {
            try {
              events.addAll(heard.next(Duration.ofMillis(100)));
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
            return events.stream().anyMatch(e -> e instanceof JobEvent.Logged)
                && events.stream()
                    .anyMatch(
                        e ->
                            e instanceof JobEvent.Changed(_, Job now)
                                && now.progress().done().bytes() == 7);
          });

      assertThat(engine.jobs().log(job.id(), 0, 5)).hasSize(1);
      engine.jobs().cancel(job.id(), Actor.HOUSE);
      await(() -> state(engine, job) == JobState.CANCELLED);
    }
  }

  @Test
  void an_engine_says_whether_jobs_are_worked_on() {
    try (Database database = TestDatabases.sqlite()) {
      JobEngine engine = started(database, "one");
      try (engine) {
        assertThat(engine.trouble()).isEmpty();
      }
      assertThat(engine.trouble()).contains("jobs are not being worked on");
    }
  }

  @Test
  void what_does_not_succeed_any_more_is_overdue() throws InterruptedException {
    try (Pulse pulse = new Pulse(System::nanoTime)) {
      pulse.every(Duration.ofMillis(50), "breathing", () -> {});
      pulse.every(
          Duration.ofMillis(50),
          "stumbling",
          () -> {
            throw new IllegalStateException("on purpose");
          });
      await(() -> !pulse.overdue(Duration.ofMillis(300)).isEmpty());
      assertThat(pulse.overdue(Duration.ofMillis(300))).contains("stumbling");
      assertThat(pulse.overdue(PATIENCE)).isEmpty();
    }
  }
}

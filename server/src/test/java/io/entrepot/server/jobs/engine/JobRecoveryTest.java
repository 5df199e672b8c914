// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.base.Id;
import io.entrepot.server.database.Database;
import io.entrepot.server.database.Dialect;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.jobs.Job;
import io.entrepot.server.jobs.JobOrder;
import io.entrepot.server.jobs.JobState;
import io.entrepot.server.jobs.Recovery;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** What becomes of jobs whose server vanished in the middle, as after kill -9. */
class JobRecoveryTest {

  private static final String BOTH = "io.entrepot.server.database.TestDatabases#both";

  private final TestClock clock = TestClock.at("2026-03-01T10:00:00Z");
  private final AtomicInteger starts = new AtomicInteger();
  private final AtomicInteger effects = new AtomicInteger();

  /** Leaves a job as a dead server does: running, claimed, its resource taken. */
  private Job abandoned(Database database, Recovery recovery) throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    ManualJobs dead =
        new ManualJobs(
            database,
            clock,
            "dead",
            new TestKind(
                "test",
                recovery,
                false,
                context -> {
                  context.step("first", true, effects::incrementAndGet);
                  begun.countDown();
                  never.await();
                }));
    Job job =
        dead.jobs()
            .start(
                JobOrder.of(
                    "test",
                    "thing:1",
                    JsonMapper.shared().createObjectNode().put("lock", "thing:1"),
                    Actor.HOUSE));
    claim(database, job.id());
    Thread.ofPlatform().daemon().start(() -> dead.engine().runner().attempt(job.id()));
    begun.await();
    return job;
  }

  private static void claim(Database database, Id job) {
    database.write(
        () ->
            database
                .sql("update scheduled_tasks set picked = true where task_instance = ?")
                .param(job.hex())
                .update());
  }

  private ManualJobs next(Database database, Recovery recovery) {
    ManualJobs next =
        new ManualJobs(
            database,
            clock,
            "next",
            new TestKind(
                "test",
                recovery,
                false,
                context -> {
                  starts.incrementAndGet();
                  context.step("first", true, effects::incrementAndGet);
                  context.step("second", true, effects::incrementAndGet);
                }));
    if (database.dialect() == Dialect.POSTGRESQL) {
      // Another node waits for the heartbeats to stop; the scheduler frees the claim then.
      database.write(() -> database.sql("update scheduled_tasks set picked = false").update());
    }
    next.recover();
    return next;
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void a_job_that_can_resume_goes_on_after_its_finished_steps(Database database) throws Exception {
    try (database) {
      Job job = abandoned(database, Recovery.RESUME);

      ManualJobs next = next(database, Recovery.RESUME);
      next.run();

      Job done = next.jobs().find(job.id()).orElseThrow();
      assertThat(done.state()).isEqualTo(JobState.COMPLETED);
      assertThat(starts.get()).isEqualTo(1);
      assertThat(effects.get()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void a_job_that_cannot_fails_as_interrupted_and_frees_its_resource(Database database)
      throws Exception {
    try (database) {
      Job job = abandoned(database, Recovery.FAIL);

      ManualJobs next = next(database, Recovery.FAIL);
      next.run();

      Job failed = next.jobs().find(job.id()).orElseThrow();
      assertThat(failed.state()).isEqualTo(JobState.FAILED);
      assertThat(failed.status().reason()).extracting("code").isEqualTo("INTERRUPTED");
      assertThat(starts.get()).isZero();
      Job again = next.jobs().retry(job.id(), Actor.HOUSE);
      next.run();
      assertThat(next.jobs().find(again.id()).orElseThrow().state()).isEqualTo(JobState.COMPLETED);
      assertThat(effects.get()).as("the finished step was inherited").isEqualTo(2);
    }
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void a_cancelled_job_of_a_dead_server_ends_as_cancelled(Database database) throws Exception {
    try (database) {
      Job job = abandoned(database, Recovery.RESUME);
      ManualJobs next = next(database, Recovery.RESUME);

      next.jobs().cancel(job.id(), Actor.HOUSE);
      next.run();

      assertThat(next.jobs().find(job.id()).orElseThrow().state()).isEqualTo(JobState.CANCELLED);
      assertThat(starts.get()).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void a_job_that_kills_its_server_every_time_is_given_up(Database database) throws Exception {
    try (database) {
      Job job = abandoned(database, Recovery.RESUME);
      database.write(
          () -> database.sql("update job set starts = ?").param(JobRunner.START_LIMIT).update());

      ManualJobs next = next(database, Recovery.RESUME);
      next.run();

      Job failed = next.jobs().find(job.id()).orElseThrow();
      assertThat(failed.state()).isEqualTo(JobState.FAILED);
      assertThat(failed.status().reason()).extracting("code").isEqualTo("INTERRUPTED");
    }
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void a_job_without_a_task_and_a_task_without_a_job_are_mended(Database database) {
    try (database) {
      ManualJobs next = next(database, Recovery.RESUME);
      Job job =
          next.jobs()
              .start(JobOrder.of("test", "x", JsonMapper.shared().createObjectNode(), Actor.HOUSE));
      database.write(
          () ->
              database
                  .sql("update scheduled_tasks set task_instance = ?")
                  .param("f".repeat(24))
                  .update());

      next.recover();

      assertThat(next.engine().tables().tasks().due()).containsExactly(job.id());
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.server.database.Database;
import io.entrepot.server.database.TestDatabases;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.jobs.Job;
import io.entrepot.server.jobs.JobFilter;
import io.entrepot.server.jobs.JobState;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** Two engines on one PostgreSQL database. */
class JobClusterTest {

  private static final int JOBS = 600;

  private final Map<String, Integer> effects = new ConcurrentHashMap<>();

  private TestKind counting() {
    return TestKind.of(
        context ->
            context.effect(
                () -> {
                  effects.merge(context.job().hex(), 1, Integer::sum);
                }));
  }

  @Test
  void of_many_jobs_on_two_servers_each_has_its_effect_once() throws Exception {
    try (Database database = TestDatabases.postgresql();
        JobEngine one = JobEngineTest.started(database, "one", counting());
        JobEngine two = JobEngineTest.started(database, "two", counting())) {
      long begin = System.nanoTime();
      for (int i = 0; i < JOBS; i++) {
        (i % 2 == 0 ? one : two).jobs().start(JobEngineTest.order());
      }
      JobFilter completed = JobFilter.ALL.inStates(Set.of(JobState.COMPLETED));
      JobEngineTest.await(() -> one.jobs().count(completed, JOBS + 1L) == JOBS);
      System.out.println(
          JOBS + " jobs in " + Duration.ofNanos(System.nanoTime() - begin).toMillis() + " ms");

      assertThat(effects).hasSize(JOBS).allSatisfy((_, times) -> assertThat(times).isOne());
      Set<String> nodes =
          Set.copyOf(database.sql("select distinct node from job").query(String.class).list());
      assertThat(nodes).containsExactlyInAnyOrder("one", "two");
    }
  }

  @Test
  void a_job_whose_server_beats_no_more_is_taken_over() throws Exception {
    try (Database database = TestDatabases.postgresql()) {
      ManualJobs dead = new ManualJobs(database, Clock.systemUTC(), "dead", counting());
      Job job = dead.jobs().start(JobEngineTest.order());
      database.write(
          () -> {
            database
                .sql("update job set state = 'running', fence = 1, starts = 1, node = 'dead'")
                .update();
            database
                .sql(
                    "update scheduled_tasks set picked = true, picked_by = 'dead', last_heartbeat ="
                        + " execution_time - 60000000")
                .update();
          });

      try (JobEngine alive = JobEngineTest.started(database, "alive", counting())) {
        JobEngineTest.await(
            () -> alive.jobs().find(job.id()).orElseThrow().state() == JobState.COMPLETED);
      }
      assertThat(effects).hasSize(1);
    }
  }

  @Test
  void a_job_is_cancelled_from_the_other_node_in_under_two_seconds() throws Exception {
    TestKind waiting =
        TestKind.of(
            context -> {
              while (true) {
                context.checkCancelled();
                Thread.sleep(10);
              }
            });
    try (Database database = TestDatabases.postgresql();
        JobEngine one = JobEngineTest.started(database, "one", waiting)) {
      ManualJobs two = new ManualJobs(database, Clock.systemUTC(), "two", waiting);
      Job job = one.jobs().start(JobEngineTest.order());
      JobEngineTest.await(
          () -> two.jobs().find(job.id()).orElseThrow().state() == JobState.RUNNING);
      long begin = System.nanoTime();

      two.jobs().cancel(job.id(), Actor.HOUSE);

      JobEngineTest.await(
          () -> two.jobs().find(job.id()).orElseThrow().state() == JobState.CANCELLED);
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
    }
  }
}

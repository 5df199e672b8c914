// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.server.DrillSize;
import io.entrepot.server.database.Dialect;
import io.entrepot.server.jobs.Job;
import io.entrepot.server.jobs.JobState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A server killed just before and just after each change that it makes for a job of each kind: when
 * it is claimed, begins, has its effect, ends and is put away.
 */
class KilledCrewTest {
  private static final int SCENES_AT_ONCE = 6;

  private static final int THREADS = 1;
  private static final Duration WORK = Duration.ofSeconds(20);

  /** More than the jobs here can have; the last point that is reached is found out. */
  private static final int POINTS_LIMIT = 400;

  /** On PostgreSQL each kill takes half a minute, nearly all of it waiting. */
  static List<Dialect> dialects() {
    return DrillSize.isShort() ? List.of(Dialect.SQLITE) : List.of(Dialect.values());
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void a_job_whose_server_is_killed_at_any_change_ends_and_has_its_effect_once(Dialect dialect)
      throws Exception {
    boolean shared = dialect == Dialect.POSTGRESQL;
    int step = DrillSize.of(61, shared ? 7 : 5, 1);
    int first = 1 + DrillSize.random().nextInt(step);
    int killed = 0;
    boolean reached = true;
    try (ExecutorService scenes = Executors.newFixedThreadPool(shared ? SCENES_AT_ONCE : 1)) {
      for (int point = first; reached && point < POINTS_LIMIT; ) {
        List<Future<Boolean>> batch = new ArrayList<>();
        for (int i = 0; i < (shared ? SCENES_AT_ONCE : 1); i++, point += step) {
          int at = point;
          batch.add(scenes.submit(() -> killedAt(dialect, at)));
        }
        for (Future<Boolean> scene : batch) {
          reached = scene.get();
          killed += reached ? 1 : 0;
        }
      }
    }
    assertThat(killed).isPositive();
    DrillSize.tell("%s: killed at %d changes, every job had its effect once", dialect, killed);
  }

  /** Whether there was such a point: false when all jobs were over before it. */
  private static boolean killedAt(Dialect dialect, int point) throws Exception {
    try (CrewScene scene = new CrewScene(dialect)) {
      List<Job> jobs =
          List.of(
              scene.order(CrewJobs.order(CrewJobs.PLAIN)),
              scene.order(CrewJobs.order(CrewJobs.ONCE)),
              scene.order(CrewJobs.locked(CrewJobs.STEPS, "one")),
              scene.order(CrewJobs.locked(CrewJobs.PLAIN, "one")));
      try (CrewProcess first = CrewProcess.start(scene.crew(THREADS).killedAt(point))) {
        CrewScene.await(WORK, () -> !first.alive() || scene.over(jobs));
        if (first.alive()) {
          judge(scene, jobs, point);
          return false;
        }
      }
      Map<Job, Job> atDeath =
          jobs.stream().collect(Collectors.toMap(Function.identity(), scene::now));
      try (CrewProcess _ = CrewProcess.start(scene.crew(THREADS))) {
        Duration patience = dialect == Dialect.SQLITE ? WORK : CrewScene.LEASE_AND_A_LOOK;
        assertThat(CrewScene.await(patience.plus(WORK), () -> settled(scene, jobs)))
            .as("all jobs are over, killed at %d", point)
            .isTrue();
      }
      judge(scene, jobs, point);
      atDeath.forEach((job, then) -> assertThatOverIsOver(then, scene.now(job)));
      return true;
    }
  }

  /** The row of a task goes after its job has ended. */
  private static boolean settled(CrewScene scene, List<Job> jobs) {
    return scene.over(jobs) && scene.number("select count(*) from scheduled_tasks") == 0;
  }

  private static void assertThatOverIsOver(Job then, Job now) {
    if (then.state().isFinal()) {
      // Its claim goes after it has ended, and with that the time until which it was held.
      assertThat(now.state()).isEqualTo(then.state());
      assertThat(now.times()).isEqualTo(then.times());
    }
  }

  private static void judge(CrewScene scene, List<Job> jobs, int point) {
    for (Job job : jobs) {
      Job now = scene.now(job);
      String kind = job.order().kind();
      if (kind.equals(CrewJobs.ONCE) && now.state() == JobState.FAILED) {
        assertThat(now.status().reason()).extracting("code").isEqualTo("INTERRUPTED");
        assertThat(scene.effects(job)).as("killed at %d", point).isIn(List.of(), List.of(1));
      } else {
        assertThat(now.state()).as("%s, killed at %d", kind, point).isEqualTo(JobState.COMPLETED);
        scene.assertDoneOnce(job, kind.equals(CrewJobs.STEPS) ? 3 : 1);
      }
    }
    assertThat(scene.number("select count(*) from job_lock")).as("locks").isZero();
  }
}

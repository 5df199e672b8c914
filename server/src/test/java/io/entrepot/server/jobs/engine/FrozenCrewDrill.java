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
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/**
 * A server that is frozen amid its jobs for longer than its claims hold, while another takes them
 * over, and that is woken then and knows nothing of it. Each freeze takes a minute, so that this
 * runs as a drill only; what a fence refuses is in {@link JobsTest}.
 */
class FrozenCrewDrill {

  private static final int FREEZES = DrillSize.of(1, 1, 20);
  private static final int JOBS_AT_ONCE = 10;

  /** Of each job, a twentieth of a second apart: more than it can have before the freeze. */
  private static final int EFFECTS = 100;

  /** A woken server is given so long to do wrong. */
  private static final Duration AWAKE = Duration.ofSeconds(6);

  @Test
  void a_woken_server_has_no_effect_for_a_job_that_was_taken_over() throws Exception {
    int takenOver = 0;
    Duration slowest = Duration.ZERO;
    for (int i = 0; i < FREEZES; i++) {
      try (CrewScene scene = new CrewScene(Dialect.POSTGRESQL)) {
        Duration took = freeze(scene);
        slowest = took.compareTo(slowest) > 0 ? took : slowest;
        takenOver += JOBS_AT_ONCE;
      }
    }
    assertThat(slowest).isLessThan(CrewScene.LEASE_AND_A_LOOK);
    DrillSize.tell(
        "%d jobs taken over from a frozen server, the slowest after %,d ms; woken, it had no effect",
        takenOver, slowest.toMillis());
  }

  /** One freeze. Tells how long it took until the last job had another server. */
  private static Duration freeze(CrewScene scene) throws InterruptedException {
    List<Job> jobs = new ArrayList<>();
    for (int i = 0; i < JOBS_AT_ONCE; i++) {
      jobs.add(
          scene.order(
              CrewJobs.order(
                  CrewJobs.LONG, JsonMapper.shared().createObjectNode().put("effects", EFFECTS))));
    }
    try (CrewProcess frozen = CrewProcess.start(scene.crew(JOBS_AT_ONCE))) {
      assertThat(CrewScene.await(CrewScene.LEASE_AND_A_LOOK, () -> allBegun(scene, jobs))).isTrue();
      frozen.freeze();
      long begin = System.nanoTime();
      try (CrewProcess _ = CrewProcess.start(scene.crew(JOBS_AT_ONCE))) {
        assertThat(
                CrewScene.await(
                    CrewScene.LEASE_AND_A_LOOK.multipliedBy(2), () -> othersBegun(scene)))
            .as("another server has all jobs")
            .isTrue();
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        frozen.wake();
        CrewScene.await(AWAKE, () -> false);
        assertThat(CrewScene.await(CrewScene.LEASE_AND_A_LOOK, () -> scene.over(jobs))).isTrue();
        judge(scene, jobs);
        assertThat(frozen.fenced()).as("changes that the woken server was refused").isPositive();
        return took;
      } finally {
        frozen.wake();
      }
    }
  }

  private static boolean allBegun(CrewScene scene, List<Job> jobs) {
    return jobs.stream().allMatch(job -> scene.effects(job).size() > 2);
  }

  private static boolean othersBegun(CrewScene scene) {
    return scene.number("select count(distinct job) from crew_effect where node = 'crew-2'")
        == JOBS_AT_ONCE;
  }

  private static void judge(CrewScene scene, List<Job> jobs) {
    for (Job job : jobs) {
      assertThat(scene.now(job).state()).isEqualTo(JobState.COMPLETED);
      scene.assertDoneOnce(job, EFFECTS);
    }
    // What was on its way to the database when the server froze comes before that of the other.
    assertThat(
            scene.number(
                """
                select count(*) from crew_effect woken where node = 'crew-1' and exists
                  (select 1 from crew_effect other
                   where other.job = woken.job and other.node = 'crew-2'
                   and other.number < woken.number)
                """))
        .as("effects of the woken server")
        .isZero();
  }
}

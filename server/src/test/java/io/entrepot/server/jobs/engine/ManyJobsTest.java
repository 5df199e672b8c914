// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.server.DrillSize;
import io.entrepot.server.database.Dialect;
import io.entrepot.server.jobs.JobState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Many jobs, and crews that are killed again and again: two of them on PostgreSQL, one after the
 * other on SQLite. What happens to one that is left alone is in {@link JobClusterTest}.
 */
class ManyJobsTest {

  private static final int JOBS = DrillSize.of(150, 2_000, 10_000);
  private static final int KILLS = DrillSize.of(1, 8, 50);
  private static final int THREADS = 10;
  private static final Duration LATEST = Duration.ofMinutes(10);

  /** Between two kills, where the jobs are not over before. */
  private static final int PAUSE_MILLIS = 700;

  private final Random random = DrillSize.random();

  static List<Dialect> dialects() {
    return KilledCrewTest.dialects();
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void every_one_of_many_jobs_has_its_effect_once_however_often_servers_are_killed(Dialect dialect)
      throws Exception {
    try (CrewScene scene = new CrewScene(dialect)) {
      scene
          .database()
          .write(
              () -> {
                for (int i = 0; i < JOBS; i++) {
                  scene.order(CrewJobs.order(CrewJobs.PLAIN));
                }
              });
      long begin = System.nanoTime();
      int kills = work(scene, dialect == Dialect.POSTGRESQL ? 2 : 1);
      Duration took = Duration.ofNanos(System.nanoTime() - begin);

      assertThat(scene.count(JobState.COMPLETED, JOBS + 1L)).isEqualTo(JOBS);
      assertThat(effects(scene)).isEqualTo(JOBS);
      assertThat(scene.number("select count(distinct job) from crew_effect")).isEqualTo(JOBS);
      scene.assertNothingLeft();
      assertThat(kills).isPositive();
      DrillSize.tell(
          "%s: %,d jobs, %d kills, %,d ms, each had its effect once",
          dialect, JOBS, kills, took.toMillis());
    }
  }

  private int work(CrewScene scene, int crewsAtOnce) throws InterruptedException {
    List<CrewProcess> crews = new ArrayList<>();
    int kills = 0;
    try {
      for (int i = 0; i < crewsAtOnce; i++) {
        crews.add(CrewProcess.start(scene.crew(THREADS)));
      }
      while (kills < KILLS && !pause(scene)) {
        crews.removeFirst().kill();
        kills++;
        crews.add(CrewProcess.start(scene.crew(THREADS)));
      }
      assertThat(CrewScene.await(LATEST, () -> over(scene))).as("all jobs are over").isTrue();
      return kills;
    } finally {
      crews.forEach(CrewProcess::close);
    }
  }

  /** Until work is under way, and a while. Tells whether all was over before. */
  private boolean pause(CrewScene scene) throws InterruptedException {
    long before = effects(scene);
    CrewScene.await(LATEST, () -> over(scene) || effects(scene) >= before + THREADS);
    return CrewScene.await(
        Duration.ofMillis(random.nextInt(DrillSize.isShort() ? 1 : PAUSE_MILLIS)),
        () -> over(scene));
  }

  private static long effects(CrewScene scene) {
    return scene.number("select count(*) from crew_effect");
  }

  private static boolean over(CrewScene scene) {
    return scene.number("select count(*) from scheduled_tasks") == 0;
  }
}

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
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Jobs that do harm, beside others that do not: an error that is no exception, all memory taken, a
 * thread that never comes back, a gigabyte of log, programs left behind. The short form is in
 * {@link JobEngineTest}.
 */
class PoisonedCrewDrill {

  private static final int THREADS = 4;
  private static final int JOBS = DrillSize.of(50, 200, 1_000);
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** What a machine of two cores adds by itself, whatever runs on it. */
  private static final Duration NOISE = Duration.ofMillis(500);

  @Test
  void jobs_that_do_harm_do_none_to_the_others() throws Exception {
    try (CrewScene scene = new CrewScene(Dialect.SQLITE);
        CrewProcess crew = CrewProcess.start(scene.crew(THREADS))) {
      Duration alone = startDelay(scene);
      List<Job> poisons = new ArrayList<>();
      for (String kind : List.of(CrewJobs.ERROR, CrewJobs.STUCK, CrewJobs.CHATTY, CrewJobs.FORKS)) {
        poisons.add(scene.order(CrewJobs.order(kind)));
      }
      Duration beside = startDelay(scene);
      assertThat(CrewScene.await(PATIENCE, () -> ended(scene, poisons) == 3))
          .as("all but the one that never returns are over")
          .isTrue();

      assertThat(crew.alive()).isTrue();
      assertThat(beside).isLessThan(alone.multipliedBy(2).plus(NOISE));
      assertThat(scene.now(poisons.get(0)).state()).isEqualTo(JobState.FAILED);
      assertThat(scene.now(poisons.get(1)).state()).isEqualTo(JobState.RUNNING);
      assertThat(scene.now(poisons.get(2)).state()).isEqualTo(JobState.COMPLETED);
      long log = logBytes(scene, poisons.get(2));
      assertThat(log).as("bytes of its log that are kept").isLessThan(64L << 20);
      DrillSize.tell(
          "95 %% of %d jobs began within %d ms, beside jobs that do harm within %d ms;"
              + " of 1 GiB of log %,d KiB are kept",
          JOBS, alone.toMillis(), beside.toMillis(), log >> 10);
    }
  }

  @Test
  void a_job_that_takes_all_memory_is_given_up_in_the_end_and_the_others_are_done()
      throws Exception {
    try (CrewScene scene = new CrewScene(Dialect.SQLITE)) {
      Job poison = scene.order(CrewJobs.order(CrewJobs.MEMORY));
      List<Job> others = new ArrayList<>();
      for (int i = 0; i < JOBS; i++) {
        others.add(scene.order(CrewJobs.order(CrewJobs.PLAIN)));
      }
      int lives = livesUntilOver(scene, poison, others);

      assertThat(scene.now(poison).state()).isEqualTo(JobState.FAILED);
      others.forEach(job -> scene.assertDoneOnce(job, 1));
      DrillSize.tell(
          "a job that takes all memory was given up after %d lives of its server, %d others done",
          lives, JOBS);
    }
  }

  /** As a supervisor does: whenever the server has ended it is started again. */
  private static int livesUntilOver(CrewScene scene, Job poison, List<Job> others)
      throws InterruptedException {
    List<Job> all = new ArrayList<>(others);
    all.add(poison);
    int lives = 0;
    while (!scene.over(all)) {
      assertThat(lives).as("lives").isLessThan(JobRunner.START_LIMIT + 2);
      lives++;
      try (CrewProcess crew =
          CrewProcess.start(scene.crew(THREADS), "-XX:+ExitOnOutOfMemoryError")) {
        CrewScene.await(PATIENCE, () -> !crew.alive() || scene.over(all));
      }
    }
    return lives;
  }

  private static long ended(CrewScene scene, List<Job> jobs) {
    return jobs.stream().filter(job -> scene.now(job).state().isFinal()).count();
  }

  /** Within what time 95 of 100 jobs began that were ordered one by one. */
  private static Duration startDelay(CrewScene scene) throws InterruptedException {
    List<Job> jobs = new ArrayList<>();
    for (int i = 0; i < JOBS; i++) {
      jobs.add(scene.order(CrewJobs.order(CrewJobs.PLAIN)));
      CrewScene.await(Duration.ofMillis(20), () -> false);
    }
    assertThat(CrewScene.await(PATIENCE, () -> scene.over(jobs))).isTrue();
    List<Duration> delays =
        jobs.stream()
            .map(scene::now)
            .map(
                job ->
                    Duration.between(
                        job.times().created(),
                        Optional.ofNullable(job.times().started()).orElseThrow()))
            .sorted()
            .toList();
    return delays.get(delays.size() * 95 / 100);
  }

  private static long logBytes(CrewScene scene, Job job) {
    return scene.number(
        "select coalesce(sum(length(text)), 0) from job_log where job_id = '"
            + job.id().hex()
            + "'");
  }
}

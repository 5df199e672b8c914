// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.server.jobs.JobProgress;
import io.entrepot.server.jobs.JobState;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Only a run that found nothing to bring in says so. */
class RunFiguresTest {

  private static JobProgress counted(Map<String, Long> counts) {
    return new JobProgress(new JobProgress.Amount(0, 0), null, null, null, counts);
  }

  private static List<String> ended(Map<String, Long> counts) {
    return RunFigures.of(JobState.COMPLETED, counted(counts), false);
  }

  @ParameterizedTest
  @ValueSource(strings = {"failed", "unstable", "refused", "transferred"})
  void a_run_that_met_a_file_it_was_to_bring_in_is_not_said_to_have_had_nothing(String count) {
    assertThat(ended(Map.of(count, 1L))).doesNotContain("nothing to bring in");
  }

  @ParameterizedTest
  @ValueSource(strings = {"would_take", "would_hold", "would_compare", "unstable", "refused"})
  void a_dry_run_that_met_such_a_file_is_not_either(String count) {
    assertThat(RunFigures.of(JobState.COMPLETED, counted(Map.of(count, 1L)), true))
        .doesNotContain("nothing to bring in");
  }

  @Test
  void a_run_that_only_looked_or_skipped_had_nothing_to_bring_in() {
    assertThat(ended(Map.of("discovered", 9L, "skipped", 9L)))
        .containsExactly("nothing to bring in");
    assertThat(
            RunFigures.of(
                JobState.COMPLETED, counted(Map.of("discovered", 9L, "would_skip", 9L)), true))
        .containsExactly("nothing to bring in");
  }

  @Test
  void a_run_that_brought_all_in_before_its_server_stopped_says_how_much_came() {
    assertThat(ended(Map.of("transferred", 12L, "failed", 2L)))
        .containsExactly("12 files", "2 files failed");
  }

  @Test
  void a_run_that_was_ended_before_anything_came_does_not_say_there_was_nothing() {
    assertThat(RunFigures.of(JobState.CANCELLED, JobProgress.NONE, false))
        .containsExactly("nothing was brought in");
    assertThat(RunFigures.of(JobState.FAILED, JobProgress.NONE, true))
        .containsExactly("nothing was found");
  }

  @Test
  void a_dry_run_says_how_many_files_and_bytes_it_would_take() {
    Map<String, Long> counts = Map.of("would_take", 3L, "would_take_bytes", 9L, "would_hold", 1L);
    assertThat(RunFigures.of(JobState.COMPLETED, counted(counts), true))
        .containsExactly("would take 3 files", "9 bytes", "would hold 1 file");
  }

  @Test
  void a_harvest_says_that_all_match_only_where_that_is_so() {
    Map<String, Long> well = Map.of("discovered", 12L, "new", 12L, "transferred", 12L);
    assertThat(RunFigures.answer(JobState.COMPLETED, counted(well), 0, false))
        .hasValue("12 new files copied and read back; all match");
    assertThat(
            RunFigures.answer(
                JobState.COMPLETED, counted(Map.of("new", 1L, "transferred", 2L)), 0, false))
        .hasValue("2 files copied and read back; all match");
    assertThat(RunFigures.answer(JobState.COMPLETED, counted(well), 1, false)).isEmpty();
    assertThat(RunFigures.answer(JobState.CANCELLED, counted(well), 0, false)).isEmpty();
    assertThat(RunFigures.answer(JobState.COMPLETED, counted(well), 0, true)).isEmpty();
    assertThat(RunFigures.answer(JobState.COMPLETED, JobProgress.NONE, 0, false)).isEmpty();
    for (String count : List.of("failed", "unstable", "refused", "changing")) {
      JobProgress less = counted(Map.of("new", 12L, "transferred", 12L, count, 1L));
      assertThat(RunFigures.answer(JobState.COMPLETED, less, 0, false)).as(count).isEmpty();
    }
  }
}

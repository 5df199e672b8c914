// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.base.ErrorCode;
import io.entrepot.base.Id;
import io.entrepot.server.database.Database;
import io.entrepot.server.jobs.Job;
import io.entrepot.server.jobs.JobState;
import io.entrepot.server.notices.channels.Announcement;
import io.entrepot.server.notices.channels.Severity;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs of schedules that come to their end, with all of their files and without. */
class CompletionNoticesTest {

  private static final String DATABASES = "io.entrepot.server.database.TestDatabases#both";
  private static final String INCOMPLETE = "harvest_incomplete";

  private static List<Announcement> incomplete(Lab lab) {
    return lab.announced().stream().filter(one -> one.event().equals(INCOMPLETE)).toList();
  }

  private static boolean inVain(Job run) {
    return HarvestJob.isInVain(run.progress());
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void a_run_without_failures_is_told_as_a_success_of_instrument_and_schedule(Database database) {
    try (Lab lab = new Lab(database)) {
      lab.put("a", "abc");
      Id schedule = lab.yearly(true);

      lab.trigger(schedule);

      assertThat(lab.announced()).hasSize(1);
      Announcement told = lab.announced().getFirst();
      assertThat(told.event()).isEqualTo("harvest_completed");
      assertThat(told.severity()).isEqualTo(Severity.SUCCESS);
      assertThat(told.things())
          .containsExactly(
              "instrument:" + lab.instrument().id().toUuid(), "schedule:" + schedule.toUuid());
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void files_that_are_left_behind_are_a_warning_once_until_all_came_in(Database database) {
    try (Lab lab = new Lab(database)) {
      lab.put("a", "abc");
      lab.put("b", "abc");
      lab.failReading("b", ErrorCode.STORE_ACCESS_DENIED);
      Id schedule = lab.yearly(true);

      assertThat(lab.trigger(schedule).state()).isEqualTo(JobState.COMPLETED);

      assertThat(lab.announced()).hasSize(1);
      Announcement told = lab.announced().getFirst();
      assertThat(told.event()).isEqualTo(INCOMPLETE);
      assertThat(told.severity()).isEqualTo(Severity.WARNING);
      assertThat(told.message()).contains("1 file failed, 1 came in", "STORE_ACCESS_DENIED", "b: ");
      assertThat(told.things()).contains("schedule:" + schedule.toUuid());

      // One that only waits for its time does not end it, nor does it fail more than before.
      lab.trigger(schedule);
      lab.later(Duration.ofMinutes(1));
      assertThat(inVain(lab.trigger(schedule))).isTrue();
      assertThat(incomplete(lab)).hasSize(1);

      lab.allowReading();
      lab.later(Duration.ofHours(2));
      lab.trigger(schedule);
      assertThat(lab.stored("NMR/b")).isEqualTo("abc");
      lab.put("c", "abc");
      lab.failReading("c", ErrorCode.STORE_ACCESS_DENIED);
      lab.trigger(schedule);
      assertThat(incomplete(lab)).hasSize(2);
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void where_nothing_comes_in_at_all_it_is_a_failure_with_the_most_frequent_reason(
      Database database) {
    try (Lab lab = new Lab(database)) {
      lab.put("a", "abc");
      lab.put("b", "abc");
      lab.put("c", "abc");
      lab.failReading("a", ErrorCode.STORE_READ_FAILED);
      lab.failReading("b", ErrorCode.STORE_ACCESS_DENIED);
      lab.failReading("c", ErrorCode.STORE_ACCESS_DENIED);
      Id schedule = lab.yearly(true);

      lab.trigger(schedule);
      lab.later(Duration.ofMinutes(1));
      lab.trigger(schedule);

      assertThat(lab.announced()).hasSize(1);
      Announcement told = lab.announced().getFirst();
      assertThat(told.event()).isEqualTo(INCOMPLETE);
      assertThat(told.severity()).isEqualTo(Severity.FAILURE);
      assertThat(told.message())
          .contains("3 files failed, 0 came in", "Most often (2) it was STORE_ACCESS_DENIED");
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void what_was_a_warning_is_told_again_when_new_files_do_not_come_in_either(Database database) {
    try (Lab lab = new Lab(database)) {
      lab.put("a", "abc");
      lab.put("b", "abc");
      lab.failReading("b", ErrorCode.STORE_ACCESS_DENIED);
      Id schedule = lab.yearly(true);
      lab.trigger(schedule);

      lab.put("c", "abc");
      lab.failReading("c", ErrorCode.STORE_ACCESS_DENIED);
      lab.trigger(schedule);
      lab.later(Duration.ofMinutes(1));
      lab.trigger(schedule);

      assertThat(incomplete(lab))
          .extracting(Announcement::severity)
          .containsExactly(Severity.WARNING, Severity.FAILURE);
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void a_run_that_was_cut_off_is_told_with_what_came_of_it_before(Database database) {
    try (Lab lab = new Lab(database)) {
      lab.put("a", "abc");
      lab.put("b", "abc");
      lab.failReading("b", ErrorCode.STORE_ACCESS_DENIED);
      Job run = lab.harvest();
      assertThat(lab.announced()).isEmpty();
      lab.put("c", "abc");
      lab.failReading("c", ErrorCode.STORE_ACCESS_DENIED);

      Job again = lab.cutOffAndTakenUp(run, lab.yearly(true));

      assertThat(again.state()).isEqualTo(JobState.COMPLETED);
      assertThat(again.progress().count("transferred")).isEqualTo(1);
      assertThat(again.progress().count("failed")).isEqualTo(2);
      assertThat(again.status().warnings()).isEqualTo(2);
      assertThat(inVain(again)).isFalse();
      assertThat(lab.announced()).hasSize(1);
      assertThat(lab.announced().getFirst().severity()).isEqualTo(Severity.WARNING);
      assertThat(lab.announced().getFirst().message())
          .contains("2 files failed, 1 came in", "Most often (2) it was STORE_ACCESS_DENIED");
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void what_a_run_tries_again_after_it_was_cut_off_is_counted_once(Database database) {
    try (Lab lab = new Lab(database)) {
      lab.put("a", "abc");
      lab.failReading("a", ErrorCode.STORE_ACCESS_DENIED);
      Job run = lab.harvest();
      lab.allowReading();
      lab.later(Duration.ofHours(2));

      Job again = lab.cutOffAndTakenUp(run, lab.yearly(true));

      assertThat(again.progress().count("transferred")).isEqualTo(1);
      assertThat(again.progress().count("failed")).isZero();
      assertThat(again.status().warnings()).isZero();
      assertThat(lab.notices()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void a_run_that_was_cut_off_after_its_last_step_keeps_what_it_had_counted(Database database) {
    try (Lab lab = new Lab(database)) {
      lab.put("a", "abc");
      lab.put("b", "abc");
      lab.put("c", "abc");
      lab.failReading("b", ErrorCode.STORE_ACCESS_DENIED);
      lab.failReading("c", ErrorCode.SOURCE_CHANGED);
      Job run = lab.harvest();
      lab.later(Duration.ofHours(2));

      Job again = lab.cutOffAtItsEndAndTakenUp(run, lab.yearly(true));

      assertThat(again.state()).isEqualTo(JobState.COMPLETED);
      assertThat(again.progress().count("transferred")).isEqualTo(1);
      assertThat(again.progress().count("failed")).isEqualTo(2);
      assertThat(again.progress().count("changing")).isEqualTo(1);
      assertThat(again.status().warnings()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void a_run_that_was_cut_off_and_finds_its_instrument_gone_keeps_what_it_had_counted(
      Database database) {
    try (Lab lab = new Lab(database)) {
      lab.put("a", "abc");
      lab.put("b", "abc");
      lab.failReading("b", ErrorCode.STORE_ACCESS_DENIED);
      Job run = lab.harvest();
      lab.later(Duration.ofHours(2));
      lab.reachable(false);

      Job again = lab.cutOffAndTakenUp(run, lab.yearly(true));

      assertThat(again.state()).isEqualTo(JobState.FAILED);
      assertThat(again.progress().count("transferred")).isEqualTo(1);
      assertThat(again.progress().count("failed")).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void a_file_that_a_hook_holds_for_good_does_not_make_every_idle_run_a_failed_one(
      Database database) {
    try (Lab lab = new Lab(database)) {
      lab.webhook();
      lab.put("a", "abc");
      Id schedule = lab.yearly(true);
      for (int tries = 1; tries <= Retry.MOST_TRIES; tries++) {
        assertThat(inVain(lab.trigger(schedule))).as("try %d", tries).isTrue();
        lab.later(Duration.ofHours(2));
      }

      Job idle = lab.trigger(schedule);

      assertThat(idle.progress().count("failed")).isEqualTo(1);
      assertThat(idle.progress().count("held")).isEqualTo(1);
      assertThat(inVain(idle)).isFalse();
      Job again = lab.cutOffAndTakenUp(idle, schedule);
      assertThat(again.progress().count("failed")).isEqualTo(1);
      assertThat(again.progress().count("held")).isEqualTo(1);
      assertThat(inVain(again)).isFalse();
      lab.later(Duration.ofHours(2));
      lab.put("b", "abc");
      assertThat(inVain(lab.trigger(schedule))).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void a_file_that_changed_while_it_was_read_is_no_reason_to_tell_anybody(Database database) {
    try (Lab lab = new Lab(database)) {
      lab.put("a", "abc");
      lab.failReading("a", ErrorCode.SOURCE_CHANGED);

      Job run = lab.trigger(lab.yearly(true));

      assertThat(run.progress().count("failed")).isEqualTo(1);
      assertThat(run.progress().count("changing")).isEqualTo(1);
      assertThat(lab.notices()).isEmpty();
    }
  }
}

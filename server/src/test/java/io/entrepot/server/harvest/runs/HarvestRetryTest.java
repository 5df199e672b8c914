// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.base.ErrorCode;
import io.entrepot.base.Id;
import io.entrepot.server.catalog.Transfer;
import io.entrepot.server.catalog.TransferQuery;
import io.entrepot.server.catalog.TransferStatus;
import io.entrepot.server.database.Database;
import io.entrepot.server.harvest.hooks.Hook;
import io.entrepot.server.jobs.JobState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs that are started for the sake of files that failed. */
class HarvestRetryTest {

  private static final String DATABASES = "io.entrepot.server.database.TestDatabases#both";

  @ParameterizedTest
  @MethodSource(DATABASES)
  void a_failed_file_gets_a_run_when_it_is_due_and_none_after_it_came(Database database) {
    try (Lab lab = new Lab(database)) {
      lab.put("a", "abc");
      lab.refuseReading("a");
      lab.trigger(lab.yearly(true));
      lab.allowReading();

      assertThat(lab.runsWithin(Duration.ofMinutes(1))).isEqualTo(1);

      assertThat(lab.stored("NMR/a")).isEqualTo("abc");
      assertThat(lab.runsWithin(Duration.ofHours(2))).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void a_file_that_fails_every_time_gets_a_run_for_each_of_its_attempts_and_no_more(
      Database database) {
    try (Lab lab = new Lab(database)) {
      lab.put("a", "abc");
      lab.refuseReading("a");
      lab.trigger(lab.yearly(true));

      assertThat(lab.runsWithin(Duration.ofHours(6))).isEqualTo(Retry.MOST_TRIES - 1);
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void a_failed_file_that_vanished_gets_one_run(Database database) {
    try (Lab lab = new Lab(database)) {
      lab.put("a", "abc");
      lab.put("b", "stays");
      lab.refuseReading("a");
      lab.trigger(lab.yearly(true));
      lab.vanish("a");

      assertThat(lab.runsWithin(Duration.ofHours(2))).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void a_schedule_that_is_off_starts_no_run_for_a_failed_file(Database database) {
    try (Lab lab = new Lab(database)) {
      lab.put("a", "abc");
      lab.refuseReading("a");
      lab.trigger(lab.yearly(false));

      assertThat(lab.runsWithin(Duration.ofHours(2))).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void a_run_that_broke_off_is_made_again_ever_more_seldom_until_the_source_is_back(
      Database database) {
    try (Lab lab = new Lab(database)) {
      lab.put("a", "abc");
      lab.failReading("a", ErrorCode.STORE_UNREACHABLE);
      assertThat(lab.trigger(lab.yearly(true)).state()).isEqualTo(JobState.FAILED);
      lab.reachable(false);

      assertThat(lab.runsWithin(Duration.ofMinutes(10))).isEqualTo(4);
      assertThat(lab.runsWithin(Duration.ofMinutes(10))).isEqualTo(1);

      lab.allowReading();
      lab.reachable(true);
      assertThat(lab.runsWithin(Duration.ofMinutes(30))).isEqualTo(1);
      assertThat(lab.newestTransfer(lab.file("a")).status()).isEqualTo(TransferStatus.COMPLETED);
      assertThat(lab.runsWithin(Duration.ofHours(6))).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void a_source_that_never_answers_is_asked_eight_times_and_then_when_the_schedule_says(
      Database database) {
    try (Lab lab = new Lab(database)) {
      lab.reachable(false);
      lab.trigger(lab.yearly(true));

      assertThat(lab.runsWithin(Duration.ofHours(12))).isEqualTo(Retry.MOST_TRIES - 1);
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void a_run_that_is_to_be_made_again_is_not_forgotten_when_its_schedule_is_changed(
      Database database) {
    try (Lab lab = new Lab(database)) {
      lab.put("a", "abc");
      lab.reachable(false);
      Id schedule = lab.yearly(true);
      lab.trigger(schedule);
      lab.reachable(true);

      lab.touch(schedule);

      assertThat(lab.runsWithin(Duration.ofMinutes(2))).isEqualTo(1);
      assertThat(lab.stored("NMR/a")).isEqualTo("abc");
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void a_file_that_was_given_up_has_all_its_tries_again_when_it_changes_or_somebody_asks(
      Database database) {
    try (Lab lab = new Lab(database)) {
      lab.put("a", "abc");
      lab.refuseReading("a");
      Id schedule = lab.yearly(true);
      lab.trigger(schedule);
      assertThat(lab.runsWithin(Duration.ofHours(6))).isEqualTo(Retry.MOST_TRIES - 1);

      lab.askAgain("a");
      lab.trigger(schedule);
      assertThat(lab.runsWithin(Duration.ofHours(6))).isEqualTo(Retry.MOST_TRIES - 1);

      lab.put("a", "abcd");
      lab.trigger(schedule);
      assertThat(lab.runsWithin(Duration.ofHours(6))).isEqualTo(Retry.MOST_TRIES - 1);
      assertThat(lab.newestTransfer(lab.file("a")).attempt()).isEqualTo(3 * Retry.MOST_TRIES);
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void a_file_that_a_hook_holds_is_asked_about_for_ever_and_comes_when_the_hook_is_gone(
      Database database) {
    try (Lab lab = new Lab(database)) {
      lab.put("a", "abc");
      Hook hook = lab.webhook();
      lab.trigger(lab.yearly(true));

      assertThat(lab.runsWithin(Duration.ofHours(6))).isGreaterThan(Retry.MOST_TRIES);
      assertThat(lab.transfers(TransferQuery.ALL))
          .as("records of a file that nothing happens to")
          .hasSize(Retry.MOST_TRIES);

      lab.switchOff(hook);
      assertThat(lab.runsWithin(Duration.ofHours(1))).isEqualTo(1);
      assertThat(lab.stored("NMR/a")).isEqualTo("abc");
      assertThat(lab.runsWithin(Duration.ofHours(2))).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void a_held_file_is_judged_anew_by_the_next_run_after_a_hook_changed(Database database) {
    try (Lab lab = new Lab(database)) {
      lab.put("a", "abc");
      Hook hook = lab.webhook();
      lab.harvest();
      lab.harvest();
      assertThat(lab.transfers(TransferQuery.ALL)).hasSize(1);

      lab.switchOff(hook);
      lab.harvest();

      assertThat(lab.stored("NMR/a")).isEqualTo("abc");
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void a_file_whose_redirection_led_out_of_the_store_comes_when_the_rule_is_corrected(
      Database database) {
    try (Lab lab = new Lab(database)) {
      lab.put("a", "abc");
      Hook hook = lab.filter(redirection("../../etc"));
      lab.harvest();
      lab.later(Duration.ofDays(1));
      lab.harvest();
      assertThat(lab.transfers(TransferQuery.ALL)).hasSize(1);
      assertThat(lab.newestTransfer(lab.file("a")).errorCode()).isEqualTo("PATH_REFUSED");

      lab.change(hook, redirection("elsewhere"));
      lab.harvest();

      assertThat(lab.stored("elsewhere/NMR/a")).isEqualTo("abc");
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void attempts_that_ended_because_the_file_was_being_written_do_not_count(Database database) {
    try (Lab lab = new Lab(database)) {
      lab.put("a", "abc");
      lab.failReading("a", ErrorCode.SOURCE_CHANGED);
      for (int i = 0; i < Retry.MOST_TRIES; i++) {
        lab.harvest();
        lab.later(Duration.ofMinutes(1));
      }
      assertThat(lab.transfers(TransferQuery.ALL)).hasSize(Retry.MOST_TRIES);

      lab.allowReading();
      lab.refuseReading("a");
      lab.trigger(lab.yearly(true));

      assertThat(lab.runsWithin(Duration.ofHours(6))).isEqualTo(Retry.MOST_TRIES - 1);
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void a_file_that_a_hook_left_out_is_judged_anew_when_that_hook_changes_and_not_for_a_later_one(
      Database database) {
    try (Lab lab = new Lab(database)) {
      lab.put("a", "abc");
      Hook first = lab.filter(Map.of("exclude_patterns", List.of("a")));
      lab.harvest();
      lab.filter(Map.of("exclude_patterns", List.of("b")));
      lab.harvest();
      assertThat(lab.transfers(TransferQuery.ALL)).hasSize(1);

      lab.change(first, Map.of("exclude_patterns", List.of("c")));
      lab.harvest();
      assertThat(lab.stored("NMR/a")).isEqualTo("abc");
    }
  }

  private static Map<String, @Nullable Object> redirection(String destination) {
    return Map.of("redirect_rules", List.of(Map.of("pattern", "*", "destination", destination)));
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void an_attempt_that_was_cut_off_and_not_taken_up_says_why_and_when_it_ended(Database database) {
    try (Lab lab = new Lab(database)) {
      lab.put("a", "abc");
      lab.refuseReading("a");
      lab.harvest();
      lab.cutOff("a");
      lab.filter(Map.of("exclude_patterns", List.of("a")));
      lab.later(Duration.ofMinutes(1));

      lab.harvest();

      Transfer cut = lab.transfers(TransferQuery.ALL).getLast();
      assertThat(cut.status()).isEqualTo(TransferStatus.FAILED);
      assertThat(cut.errorCode()).isEqualTo("INTERRUPTED");
      assertThat(cut.errorMessage()).startsWith("The run ended before this attempt did.");
      assertThat(cut.completedAt()).isEqualTo(lab.now());
    }
  }
}

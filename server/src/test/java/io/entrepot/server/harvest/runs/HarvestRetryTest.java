// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.base.ErrorCode;
import io.entrepot.base.Id;
import io.entrepot.server.catalog.TransferStatus;
import io.entrepot.server.database.Database;
import io.entrepot.server.jobs.JobState;
import java.time.Duration;
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

      assertThat(lab.runsWithin(Duration.ofHours(6))).isEqualTo(Retry.MOST_ATTEMPTS - 1);
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void a_failed_file_that_vanished_gets_one_run(Database database) {
    try (Lab lab = new Lab(database)) {
      lab.put("a", "abc");
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
  void a_run_that_broke_off_is_followed_by_one_when_its_files_are_due_and_not_by_more(
      Database database) {
    try (Lab lab = new Lab(database)) {
      lab.put("a", "abc");
      lab.failReading("a", ErrorCode.STORE_UNREACHABLE);
      Id schedule = lab.yearly(true);
      assertThat(lab.trigger(schedule).state()).isEqualTo(JobState.FAILED);
      lab.reachable(false);

      assertThat(lab.runsWithin(Duration.ofHours(2))).isEqualTo(1);

      lab.allowReading();
      lab.reachable(true);
      lab.trigger(schedule);
      assertThat(lab.newestTransfer(lab.file("a")).status()).isEqualTo(TransferStatus.COMPLETED);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.server.catalog.Transfer;
import io.entrepot.server.catalog.TransferStatus;
import io.entrepot.server.database.Database;
import io.entrepot.server.jobs.Job;
import io.entrepot.server.jobs.JobState;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a run leaves on record of what it did not bring over. */
class HarvestRecordTest {

  private static final String DATABASES = "io.entrepot.server.database.TestDatabases#both";

  @ParameterizedTest
  @MethodSource(DATABASES)
  void a_copy_with_other_bytes_is_on_record_as_compared_and_wrong(Database database) {
    try (Lab lab = new Lab(database)) {
      lab.put("a", "abc");
      lab.spoilWrites();

      lab.harvest();

      Transfer wrong = lab.newestTransfer(lab.file("a"));
      assertThat(wrong.errorCode()).isEqualTo("CHECKSUM_MISMATCH");
      assertThat(wrong.checksumVerified()).isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void a_failed_transfer_says_when_it_began_and_of_no_checksum_that_it_was_compared(
      Database database) {
    try (Lab lab = new Lab(database)) {
      lab.put("a", "abc");
      lab.refuseReading("a");

      lab.harvest();

      Transfer failed = lab.newestTransfer(lab.file("a"));
      assertThat(failed.startedAt()).isEqualTo(lab.now());
      assertThat(failed.checksumVerified()).isNull();
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void a_transfer_that_a_hook_held_back_never_began(Database database) {
    try (Lab lab = new Lab(database)) {
      lab.put("a", "abc");
      lab.webhook();

      lab.harvest();

      assertThat(lab.newestTransfer(lab.file("a")).startedAt()).isNull();
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void an_attempt_that_a_crash_cut_off_belongs_to_the_run_that_goes_on_with_it(Database database) {
    try (Lab lab = new Lab(database)) {
      lab.put("a", "abc");
      lab.refuseReading("a");
      lab.harvest();
      lab.cutOff("a");
      lab.allowReading();

      Job second = lab.harvest();

      Transfer transfer = lab.newestTransfer(lab.file("a"));
      assertThat(transfer.status()).isEqualTo(TransferStatus.COMPLETED);
      assertThat(transfer.attempt()).isEqualTo(1);
      assertThat(transfer.run()).isEqualTo(second.id());
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void a_cancelled_run_does_not_count_what_it_was_busy_with_as_failed(Database database) {
    try (Lab lab = new Lab(database)) {
      lab.put("a", "abc");
      lab.cancelWhileReading("a");

      Job run = lab.harvest();

      assertThat(run.state()).isEqualTo(JobState.CANCELLED);
      assertThat(run.progress().count("failed")).isZero();
      assertThat(run.progress().done().files()).isZero();
      assertThat(lab.newestTransfer(lab.file("a")).errorCode()).isEqualTo("CANCELLED");
      lab.allowReading();
      assertThat(lab.harvest().progress().count("transferred")).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void a_dry_run_is_no_harvest_and_forgets_no_restless_path(Database database) {
    try (Lab lab = new Lab(database)) {
      lab.stability(5);
      lab.put("a", "abc");
      lab.growsWhileWatched("a");
      lab.harvest();
      lab.standsStill();
      List<String> remembered = lab.restless();
      var harvested = lab.instrument().lastHarvestedAt();
      lab.later(Duration.ofMinutes(1));

      lab.dryRun();

      assertThat(remembered).containsExactly("a");
      assertThat(lab.restless()).containsExactly("a");
      assertThat(lab.instrument().lastHarvestedAt()).isEqualTo(harvested);
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void a_run_over_one_folder_leaves_what_is_remembered_of_others(Database database) {
    try (Lab lab = new Lab(database)) {
      lab.minimumAge(3600);
      lab.put("x/a", "abc");
      lab.put("y/b", "abc");
      lab.harvest();
      lab.later(Duration.ofHours(2));

      lab.harvestBelow("x/");

      assertThat(lab.restless()).containsExactly("y/b");
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.base.ErrorCode;
import io.entrepot.server.catalog.Transfer;
import io.entrepot.server.database.Database;
import io.entrepot.server.jobs.Job;
import io.entrepot.server.jobs.JobState;
import io.entrepot.server.jobs.LogLine;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of content that is not what it was, and of a name that is not free. */
class HarvestChangeTest {

  private static final String DATABASES = "io.entrepot.server.database.TestDatabases#both";

  @ParameterizedTest
  @MethodSource(DATABASES)
  void a_rescan_finds_content_that_changed_behind_the_same_looks(Database database) {
    try (Lab lab = new Lab(database)) {
      lab.put("a", "abc");
      lab.put("b", "abc");
      lab.harvest();
      lab.changeUnseen("a");
      assertThat(lab.harvest().progress().count("changed")).isZero();

      Job rescan = lab.rescan();

      assertThat(rescan.progress().count("changed")).isEqualTo(1);
      assertThat(lab.stored("NMR.v2/a")).isEqualTo("`bc");
      assertThat(lab.file("b").version()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void a_rescan_also_takes_what_this_storage_location_lacks(Database database) {
    try (Lab lab = new Lab(database)) {
      lab.put("a", "abc");
      lab.harvest();
      lab.useAnotherStorageLocation();

      assertThat(lab.rescan().progress().count("transferred")).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void what_was_in_the_way_of_a_folder_is_asked_for_again_after_an_hour(Database database) {
    try (Lab lab = new Lab(database)) {
      lab.put("a", "abc");
      lab.occupy("NMR", "a file where a folder is needed");
      lab.harvest();

      Transfer hindered = lab.newestTransfer(lab.file("a"));
      assertThat(hindered.errorCode()).isEqualTo("CONFLICT_STATE");
      assertThat(hindered.retryAt()).isEqualTo(lab.now().plus(Duration.ofHours(1)));

      lab.clear("NMR");
      lab.later(Duration.ofHours(1));
      assertThat(lab.harvest().progress().count("transferred")).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void other_bytes_than_on_record_have_a_code_of_their_own(Database database) {
    try (Lab lab = new Lab(database)) {
      lab.put("a", "abc");
      lab.harvest();
      lab.changeUnseen("a");
      lab.useAnotherStorageLocation();

      lab.harvest();

      assertThat(lab.newestTransfer(lab.file("a")).errorCode()).isEqualTo("SOURCE_DIFFERS");
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void a_file_that_moved_while_it_was_read_and_is_as_it_was_is_no_new_version(Database database) {
    try (Lab lab = new Lab(database)) {
      lab.put("a", "abc");
      lab.harvest();
      lab.useAnotherStorageLocation();
      lab.failReading("a", ErrorCode.SOURCE_CHANGED);
      assertThat(lab.harvest().progress().count("failed")).isEqualTo(1);
      lab.allowReading();

      lab.harvest();

      assertThat(lab.file("a").version()).isEqualTo(1);
      assertThat(lab.stored("NMR/a")).isEqualTo("abc");
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void an_ignored_change_is_counted_and_told_and_no_warning(Database database) {
    try (Lab lab = new Lab(database)) {
      lab.ignoreChanges();
      lab.put("a", "abc");
      lab.put("b", "abc");
      lab.harvest();
      lab.rewriteKeepingTime("b", "xyz");
      lab.later(Duration.ofMinutes(1));
      lab.put("a", "other");

      Job run = lab.harvest();

      assertThat(run.state()).isEqualTo(JobState.COMPLETED);
      assertThat(run.status().warnings()).isZero();
      assertThat(run.progress().count("ignored")).isEqualTo(2);
      assertThat(lab.jobs().log(run.id(), 0, 100))
          .extracting(LogLine::text)
          .anyMatch(line -> line.startsWith("a: its content changed and is left"))
          .anyMatch(line -> line.startsWith("b: its content changed and is left"));
    }
  }
}

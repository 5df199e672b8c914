// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.base.Id;
import io.entrepot.custody.CustodyEvent;
import io.entrepot.server.catalog.Transfer;
import io.entrepot.server.catalog.TransferQuery;
import io.entrepot.server.catalog.TransferStatus;
import io.entrepot.server.database.Database;
import io.entrepot.server.jobs.Job;
import io.entrepot.server.jobs.JobState;
import io.entrepot.storage.ObjectPath;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Originals that are to be removed once their copies are proved. */
class HarvestRemovalTest {

  private static final String DATABASES = "io.entrepot.server.database.TestDatabases#both";

  @ParameterizedTest
  @MethodSource(DATABASES)
  void a_source_that_lets_no_original_go_is_not_asked_again_by_every_run(Database database) {
    try (Lab lab = new Lab(database)) {
      lab.moving();
      lab.put("a", "abc");
      lab.refuseRemoval();
      lab.harvest();

      Transfer copied = lab.newestTransfer(lab.file("a"));
      assertThat(copied.status()).isEqualTo(TransferStatus.COMPLETED);
      assertThat(copied.errorMessage()).startsWith("The original stays: ");
      assertThat(copied.retryAt()).isEqualTo(lab.now().plus(Duration.ofHours(1)));
      lab.later(Duration.ofMinutes(59));
      lab.harvest();
      assertThat(lab.transfers(TransferQuery.ALL)).hasSize(1);

      lab.later(Duration.ofMinutes(1));
      lab.harvest();
      assertThat(lab.newestTransfer(lab.file("a")).retryAt())
          .isEqualTo(lab.now().plus(Duration.ofHours(2)));

      lab.allowReading();
      lab.later(Duration.ofHours(2));
      lab.harvest();
      assertThat(lab.source().stat(new ObjectPath("a"))).isEmpty();
      assertThat(events(lab)).contains(CustodyEvent.REMOVED);
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void a_removal_that_a_crash_kept_out_of_the_ledger_is_entered_by_the_next_run(Database database) {
    try (Lab lab = new Lab(database)) {
      lab.moving();
      lab.put("a", "abc");
      lab.crashAfterRemoval(true);
      assertThat(lab.harvest().state()).isEqualTo(JobState.FAILED);
      assertThat(lab.source().stat(new ObjectPath("a"))).isEmpty();
      assertThat(events(lab)).containsExactly(CustodyEvent.COPIED);
      lab.crashAfterRemoval(false);

      lab.harvest();
      lab.harvest();

      assertThat(events(lab)).containsExactly(CustodyEvent.REMOVED, CustodyEvent.COPIED);
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void a_copy_that_is_lost_before_its_original_goes_is_an_error_on_record(Database database) {
    try (Lab lab = new Lab(database)) {
      lab.moving();
      lab.put("a", "abc");
      lab.loseCopyOf("a");

      Job run = lab.trigger(lab.yearly(true));

      assertThat(run.progress().count("failed")).isEqualTo(1);
      assertThat(run.progress().count("transferred")).isZero();
      assertThat(lab.announced())
          .singleElement()
          .satisfies(
              told -> {
                assertThat(told.event()).isEqualTo("harvest_incomplete");
                assertThat(told.message()).contains("COPY_LOST", "a: ");
              });
      Transfer lost = lab.newestTransfer(lab.file("a"));
      assertThat(lost.status()).isEqualTo(TransferStatus.FAILED);
      assertThat(lost.errorCode()).isEqualTo("COPY_LOST");
      assertThat(lab.source().stat(new ObjectPath("a"))).isPresent();
      assertThat(events(lab)).contains(CustodyEvent.DAMAGED);
      lab.allowReading();
      lab.later(Duration.ofSeconds(30));
      lab.harvest();
      assertThat(lab.stored("NMR/a")).isEqualTo("abc");
      assertThat(lab.source().stat(new ObjectPath("a"))).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void an_instrument_that_was_emptied_by_moving_its_files_is_no_fault(Database database) {
    try (Lab lab = new Lab(database)) {
      lab.moving();
      lab.put("a", "abc");
      lab.harvest();
      assertThat(lab.source().stat(new ObjectPath("a"))).isEmpty();
      lab.later(Duration.ofMinutes(1));

      assertThat(lab.harvest().state()).isEqualTo(JobState.COMPLETED);

      assertThat(lab.instrument().lastHarvestedAt()).isEqualTo(lab.now());
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void an_unmounted_instrument_fails_its_run_and_no_original_is_told_as_removed(Database database) {
    try (Lab lab = new Lab(database)) {
      lab.put("kept", "not to be moved");
      lab.harvest();
      lab.moving();
      lab.put("a", "abc");
      lab.refuseRemoval();
      lab.later(Duration.ofMinutes(1));
      lab.harvest();
      Instant harvested = lab.instrument().lastHarvestedAt();
      List<CustodyEvent> story = events(lab);
      lab.allowReading();
      lab.vanish("kept");
      lab.vanish("a");
      lab.later(Duration.ofDays(1));

      Job run = lab.harvest();

      assertThat(run.state()).isEqualTo(JobState.FAILED);
      assertThat(Objects.requireNonNull(run.status().reason()).message())
          .contains("2 are known", "mounted");
      assertThat(run.progress().count("missing")).isZero();
      assertThat(lab.instrument().lastHarvestedAt()).isEqualTo(harvested);
      assertThat(events(lab)).isEqualTo(story);
      lab.put("new", "mounted again");
      assertThat(lab.harvest().state()).isEqualTo(JobState.COMPLETED);
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void a_copy_that_went_bad_before_its_original_goes_is_damage_and_no_conflict(Database database) {
    try (Lab lab = new Lab(database)) {
      lab.moving();
      lab.put("a", "abc");
      lab.refuseRemoval();
      lab.harvest();
      lab.clear("NMR/a");
      lab.occupy("NMR/a", "abd");
      lab.allowReading();
      lab.later(Duration.ofHours(1));

      lab.harvest();

      Transfer bad = lab.newestTransfer(lab.file("a"));
      assertThat(bad.status()).isEqualTo(TransferStatus.FAILED);
      assertThat(bad.errorCode()).isEqualTo("CHECKSUM_MISMATCH");
      assertThat(events(lab).getFirst()).isEqualTo(CustodyEvent.DAMAGED);
      assertThat(lab.source().stat(new ObjectPath("a"))).isPresent();
      lab.clear("NMR/a");
      lab.later(Duration.ofHours(1));
      lab.harvest();
      assertThat(lab.stored("NMR/a")).isEqualTo("abc");
      assertThat(lab.source().stat(new ObjectPath("a"))).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void an_original_stays_until_each_active_schedule_has_a_proved_copy_of_it(Database database) {
    try (Lab lab = new Lab(database)) {
      lab.moving();
      Id first = lab.yearly(true);
      lab.useAnotherStorageLocation();
      Id second = lab.yearly(true);
      lab.put("a", "abc");

      Job run = lab.trigger(first);

      assertThat(lab.source().stat(new ObjectPath("a"))).isPresent();
      assertThat(run.progress().count("transferred")).isEqualTo(1);
      assertThat(run.progress().count("originals_kept")).isEqualTo(1);
      assertThat(lab.jobs().log(run.id(), 0, 100))
          .anySatisfy(
              line ->
                  assertThat(line.text())
                      .isEqualTo(
                          "1 original stays until the storage location store /second has a proved"
                              + " copy too"));
      assertThat(lab.trigger(first).progress().count("originals_kept")).isEqualTo(1);
      assertThat(lab.transfers(TransferQuery.ALL)).as("copies proved anew meanwhile").hasSize(1);

      lab.trigger(second);

      assertThat(lab.source().stat(new ObjectPath("a"))).isEmpty();
      assertThat(lab.stored("NMR/a")).isEqualTo("abc");
      assertThat(events(lab))
          .containsExactly(CustodyEvent.REMOVED, CustodyEvent.COPIED, CustodyEvent.COPIED);
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void an_original_waits_for_the_copy_of_its_newest_content(Database database) {
    try (Lab lab = new Lab(database)) {
      Id first = lab.yearly(true);
      lab.useAnotherStorageLocation();
      Id second = lab.yearly(true);
      lab.put("a", "abc");
      lab.trigger(first);
      lab.trigger(second);
      lab.moving();
      lab.later(Duration.ofMinutes(1));
      lab.put("a", "another");

      lab.trigger(first);
      assertThat(lab.source().stat(new ObjectPath("a"))).isPresent();

      lab.trigger(second);
      assertThat(lab.source().stat(new ObjectPath("a"))).isEmpty();
      assertThat(lab.stored("NMR.v2/a")).isEqualTo("another");
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void a_schedule_that_is_off_holds_no_original_back(Database database) {
    try (Lab lab = new Lab(database)) {
      lab.moving();
      Id first = lab.yearly(true);
      lab.useAnotherStorageLocation();
      Id second = lab.yearly(true);
      lab.put("a", "abc");
      lab.trigger(first);
      assertThat(lab.source().stat(new ObjectPath("a"))).isPresent();

      lab.switchOff(second);
      lab.trigger(first);

      assertThat(lab.source().stat(new ObjectPath("a"))).isEmpty();
      assertThat(events(lab).getFirst()).isEqualTo(CustodyEvent.REMOVED);
    }
  }

  private static List<CustodyEvent> events(Lab lab) {
    return lab.story(lab.file("a").id()).entries().stream()
        .map(line -> line.entry().event())
        .toList();
  }
}

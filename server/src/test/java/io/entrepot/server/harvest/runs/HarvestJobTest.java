// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.base.ErrorCode;
import io.entrepot.base.Id;
import io.entrepot.custody.CustodyEvent;
import io.entrepot.server.catalog.CatalogFile;
import io.entrepot.server.catalog.FileQuery;
import io.entrepot.server.catalog.FileVersion;
import io.entrepot.server.catalog.Transfer;
import io.entrepot.server.catalog.TransferQuery;
import io.entrepot.server.catalog.TransferStatus;
import io.entrepot.server.database.Database;
import io.entrepot.server.harvest.hooks.Hook;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.jobs.Job;
import io.entrepot.server.jobs.JobState;
import io.entrepot.server.jobs.LogLine;
import io.entrepot.server.jobs.StepState;
import io.entrepot.storage.ObjectPath;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HarvestJobTest {

  private static final String DATABASES = "io.entrepot.server.database.TestDatabases#both";

  @ParameterizedTest
  @MethodSource(DATABASES)
  void new_files_arrive_proved_with_record_transfer_and_custody(Database database) {
    try (Lab lab = new Lab(database)) {
      lab.put("a/b.raw", "abc");
      lab.put("c.raw", "");

      Job run = lab.harvest();

      assertThat(run.state()).isEqualTo(JobState.COMPLETED);
      assertThat(run.progress().count("transferred")).isEqualTo(2);
      CatalogFile file = lab.file("a/b.raw");
      assertThat(file.xxhash()).isEqualTo("44bc2cf5ad770999");
      assertThat(lab.stored("NMR/a/b.raw")).isEqualTo("abc");
      Transfer transfer = lab.newestTransfer(file);
      assertThat(transfer.destinationPath()).isEqualTo("/keep/NMR/a/b.raw");
      assertThat(transfer.checksumVerified()).isTrue();
      assertThat(transfer.sourceChecksum()).isEqualTo(transfer.destChecksum());
      assertThat(transfer.run()).isEqualTo(run.id());
      assertThat(lab.story(file.id()).entries())
          .extracting(line -> line.entry().event())
          .containsExactly(CustodyEvent.COPIED);
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void a_second_run_with_nothing_new_writes_nothing(Database database) {
    try (Lab lab = new Lab(database)) {
      lab.put("a", "abc");
      lab.harvest();
      lab.later(Duration.ofMinutes(1));

      Job second = lab.harvest();

      assertThat(second.progress().count("transferred")).isZero();
      assertThat(second.progress().count("discovered")).isEqualTo(1);
      assertThat(lab.transfers(TransferQuery.ALL)).hasSize(1);
      assertThat(lab.instrument().lastHarvestedAt()).isEqualTo(lab.now());
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void a_rewritten_file_becomes_the_next_version_under_the_same_ark(Database database) {
    try (Lab lab = new Lab(database)) {
      lab.put("a", "abc");
      lab.harvest();
      String ark = lab.file("a").persistentId();
      lab.later(Duration.ofMinutes(1));
      lab.put("a", "other");

      lab.harvest();

      CatalogFile file = lab.file("a");
      assertThat(file.persistentId()).isEqualTo(ark);
      assertThat(lab.versions(file.id()))
          .extracting(FileVersion::persistentId)
          .containsExactly(ark + ".v2", ark);
      assertThat(lab.stored("NMR/a")).isEqualTo("abc");
      assertThat(lab.stored("NMR.v2/a")).isEqualTo("other");
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void a_second_storage_location_is_filled_with_what_the_first_has(Database database) {
    try (Lab lab = new Lab(database)) {
      lab.put("a", "abc");
      lab.harvest();
      lab.useAnotherStorageLocation();

      Job run = lab.harvest();

      assertThat(run.progress().count("transferred")).isEqualTo(1);
      assertThat(lab.files()).hasSize(1);
      assertThat(lab.transfers(TransferQuery.ofFile(lab.file("a").id()))).hasSize(2);
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void a_failed_transfer_is_tried_again_by_itself_when_it_is_due(Database database) {
    try (Lab lab = new Lab(database)) {
      lab.put("a", "abc");
      lab.refuseReading("a");

      Job first = lab.harvest();

      assertThat(first.state()).isEqualTo(JobState.COMPLETED);
      assertThat(first.progress().count("failed")).isEqualTo(1);
      assertThat(lab.newestTransfer(lab.file("a")).retryAt()).isEqualTo(lab.now().plusSeconds(30));
      lab.allowReading();
      assertThat(lab.harvest().progress().count("transferred")).isZero();

      lab.later(Duration.ofSeconds(31));
      assertThat(lab.harvest().progress().count("transferred")).isEqualTo(1);
      assertThat(lab.transfers(TransferQuery.ofFile(lab.file("a").id())))
          .extracting(Transfer::status)
          .containsExactly(TransferStatus.COMPLETED, TransferStatus.FAILED);
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void a_file_skipped_by_a_filter_is_taken_when_the_filter_is_relaxed(Database database) {
    try (Lab lab = new Lab(database)) {
      lab.put("a.tmp", "abc");
      Hook filter = lab.filter(Map.of("exclude_patterns", List.of("*.tmp")));

      assertThat(lab.harvest().progress().count("skipped")).isEqualTo(1);
      Transfer skipped = lab.newestTransfer(lab.file("a.tmp"));
      assertThat(skipped.status()).isEqualTo(TransferStatus.SKIPPED);
      assertThat(skipped.destinationPath()).isNull();
      assertThat(skipped.errorMessage()).contains("*.tmp");
      String ark = lab.file("a.tmp").persistentId();
      assertThat(lab.harvest().progress().count("skipped")).isZero();

      lab.change(filter, Map.of("exclude_patterns", List.of("*.lock")));
      assertThat(lab.harvest().progress().count("transferred")).isEqualTo(1);
      assertThat(lab.file("a.tmp").persistentId()).isEqualTo(ark);
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void a_redirection_stays_inside_the_storage_location(Database database) {
    try (Lab lab = new Lab(database)) {
      lab.put("a.alt", "abc");
      lab.put("a.out", "abc");
      lab.filter(
          Map.of(
              "redirect_rules",
              List.of(
                  Map.of("pattern", "*.alt", "destination", "alt"),
                  Map.of("pattern", "*.out", "destination", "../../etc"))));

      lab.harvest();

      assertThat(lab.stored("alt/NMR/a.alt")).isEqualTo("abc");
      Transfer refused = lab.newestTransfer(lab.file("a.out"));
      assertThat(refused.status()).isEqualTo(TransferStatus.FAILED);
      assertThat(refused.errorCode()).isEqualTo("PATH_REFUSED");
      assertThat(refused.retryAt()).isNull();
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void a_hook_that_cannot_be_run_holds_the_file_back(Database database) {
    try (Lab lab = new Lab(database)) {
      lab.put("a", "abc");
      lab.webhook();

      lab.harvest();

      Transfer held = lab.newestTransfer(lab.file("a"));
      assertThat(held.status()).isEqualTo(TransferStatus.FAILED);
      assertThat(held.errorCode()).isEqualTo("HOOK_FAILED");
      assertThat(lab.storedNames()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void metadata_is_read_from_names_and_grants_follow_from_it(Database database) {
    try (Lab lab = new Lab(database)) {
      lab.put("20261121_water_1H/fid", "abc");
      lab.enrich("^(?P<date>\\d{8})_(?P<compound_name>[^_/]+)_(?P<nucleus>[^/]+)/");
      lab.grantToProjectNamedBy("compound_name");

      lab.harvest();

      CatalogFile file = lab.file("20261121_water_1H/fid");
      assertThat(file.metadata())
          .containsEntry("date", "20261121")
          .containsEntry("compound_name", "water")
          .containsEntry("nucleus", "1H");
      assertThat(lab.grantees(file.id())).containsExactly(lab.projectNamed("water"));
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void a_file_still_being_written_is_left_alone(Database database) {
    try (Lab lab = new Lab(database)) {
      lab.stability(5);
      lab.put("a", "abc");
      lab.growsWhileWatched("a");

      Job run = lab.harvest();

      assertThat(run.progress().count("unstable")).isEqualTo(1);
      assertThat(lab.files()).isEmpty();
      lab.standsStill();
      lab.later(Duration.ofSeconds(6));
      assertThat(lab.harvest().progress().count("transferred")).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void a_path_that_cannot_be_looked_at_again_waits_and_the_others_arrive(Database database) {
    try (Lab lab = new Lab(database)) {
      lab.stability(1);
      lab.put("a", "abc");
      lab.put("b", "abc");
      lab.refuseLookAt("a", ErrorCode.STORE_ACCESS_DENIED);

      Job run = lab.harvest();

      assertThat(run.state()).isEqualTo(JobState.COMPLETED);
      assertThat(run.progress().count("transferred")).isEqualTo(1);
      assertThat(run.progress().count("unstable")).isEqualTo(1);
      assertThat(lab.restless()).containsExactly("a");

      lab.allowReading();
      lab.refuseLookAt("a", ErrorCode.STORE_UNREACHABLE);
      lab.put("a", "abcd");
      assertThat(lab.harvest().state()).isEqualTo(JobState.FAILED);
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void a_name_that_cannot_be_kept_is_told_of_and_the_others_arrive(Database database) {
    try (Lab lab = new Lab(database)) {
      lab.put("folder/a", "abc");
      lab.put("folder/b", "abc");
      lab.put("c", "abc");
      lab.refuseName("folder/a");

      Job run = lab.harvest();

      assertThat(run.state()).isEqualTo(JobState.COMPLETED);
      assertThat(run.progress().count("refused")).isEqualTo(1);
      assertThat(lab.storedNames()).hasSize(2);
      assertThat(lab.jobs().log(run.id(), 0, 100))
          .anyMatch(line -> line.text().endsWith("(in folder)"));
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void of_many_names_that_cannot_be_kept_some_are_told_and_all_are_counted(Database database) {
    try (Lab lab = new Lab(database)) {
      for (int i = 0; i < 205; i++) {
        lab.put("folder/a" + i, "abc");
        lab.refuseName("folder/a" + i);
      }

      Job run = lab.harvest();

      assertThat(run.progress().count("refused")).isEqualTo(205);
      assertThat(run.status().warnings()).isEqualTo(200);
    }
  }

  /** No disk is missing where something is named. */
  @ParameterizedTest
  @MethodSource(DATABASES)
  void an_instrument_on_which_only_such_names_are_left_is_not_taken_for_emptied(Database database) {
    try (Lab lab = new Lab(database)) {
      lab.put("a", "abc");
      lab.harvest();
      lab.refuseName("a");

      Job run = lab.harvest();

      assertThat(run.state()).isEqualTo(JobState.COMPLETED);
      assertThat(run.progress().count("missing")).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void what_a_run_on_another_server_still_writes_is_not_swept(Database database) {
    try (Lab lab = new Lab(database)) {
      lab.put("a", "abc");
      Instant hourAgo = lab.now().minus(Duration.ofHours(1));
      String writing = lab.leftover(hourAgo);
      lab.underWayElsewhere(hourAgo.minusSeconds(1));

      lab.harvest();
      assertThat(lab.holds(writing)).isTrue();

      lab.underWayElsewhere(null);
      lab.harvest();
      assertThat(lab.holds(writing)).isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void a_dry_run_changes_nothing_in_the_storage_location(Database database) {
    try (Lab lab = new Lab(database)) {
      lab.put("a", "abc");
      String left = lab.leftover(lab.now().minus(Duration.ofHours(1)));

      Job dry = lab.dryRun();

      assertThat(dry.state()).isEqualTo(JobState.COMPLETED);
      assertThat(dry.progress().count("would_take")).isEqualTo(1);
      assertThat(lab.lookedAtOnly()).isEqualTo(1);
      assertThat(lab.holds(left)).isTrue();
      lab.harvest();
      assertThat(lab.lookedAtOnly()).isEqualTo(1);
      assertThat(lab.holds(left)).isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void an_instrument_that_cannot_be_reached_fails_the_step_that_connects(Database database) {
    try (Lab lab = new Lab(database)) {
      lab.reachable(false);

      Job run = lab.harvest();

      assertThat(run.state()).isEqualTo(JobState.FAILED);
      assertThat(lab.jobs().steps(run.id()).getFirst().outcome().state())
          .isEqualTo(StepState.FAILED);
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void content_that_changed_under_an_unchanged_time_is_noticed(Database database) {
    try (Lab lab = new Lab(database)) {
      lab.put("a", "abc");
      lab.harvest();
      lab.rewriteKeepingTime("a", "xyz");

      lab.harvest();

      assertThat(lab.stored("NMR/a")).isEqualTo("abc");
      assertThat(lab.stored("NMR.v2/a")).isEqualTo("xyz");
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void a_suspect_that_cannot_be_read_holds_up_no_other_file(Database database) {
    try (Lab lab = new Lab(database)) {
      lab.put("a", "abc");
      lab.harvest();
      lab.rewriteKeepingTime("a", "xyz");
      lab.refuseReading("a");
      lab.put("b", "new");

      Job run = lab.harvest();

      assertThat(run.state()).isEqualTo(JobState.COMPLETED);
      assertThat(run.progress().count("failed")).isEqualTo(1);
      assertThat(lab.stored("NMR/b")).isEqualTo("new");
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void a_file_whose_name_is_taken_by_an_unproved_copy_is_kept_under_the_next(Database database) {
    try (Lab lab = new Lab(database)) {
      lab.put("a", "before the crash");
      lab.refuseReading("a");
      lab.harvest();
      lab.cutOff("a");
      lab.occupy("NMR/a", "before the crash");
      lab.allowReading();
      lab.later(Duration.ofMinutes(1));
      lab.put("a", "abc");
      assertThat(lab.harvest().progress().count("failed")).isEqualTo(1);

      Job second = lab.harvest();

      assertThat(second.progress().count("transferred")).isEqualTo(1);
      assertThat(lab.file("a").version()).isEqualTo(2);
      assertThat(lab.stored("NMR.v2/a")).isEqualTo("abc");
      assertThat(lab.stored("NMR/a")).isEqualTo("before the crash");
      assertThat(lab.harvest().progress().count("transferred")).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void a_file_whose_name_is_taken_by_something_else_waits_until_it_was_moved(Database database) {
    try (Lab lab = new Lab(database)) {
      lab.occupy("NMR/a", "not ours");
      lab.put("a", "abc");
      assertThat(lab.harvest().progress().count("failed")).isEqualTo(1);
      assertThat(lab.newestTransfer(lab.file("a")).retryAt())
          .isEqualTo(lab.now().plus(Duration.ofHours(1)));

      assertThat(lab.harvest().progress().count("failed")).isZero();
      lab.later(Duration.ofHours(1));
      assertThat(lab.harvest().progress().count("failed")).isEqualTo(1);
      lab.clear("NMR/a");
      lab.later(Duration.ofHours(1));
      lab.harvest();

      assertThat(lab.file("a").version()).isEqualTo(1);
      assertThat(lab.stored("NMR/a")).isEqualTo("abc");
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void a_file_that_changes_while_its_name_is_taken_is_kept_under_the_next(Database database) {
    try (Lab lab = new Lab(database)) {
      lab.occupy("NMR/a", "not ours");
      lab.put("a", "abc");
      lab.harvest();
      lab.later(Duration.ofMinutes(1));
      lab.put("a", "other");

      lab.harvest();

      assertThat(lab.file("a").version()).isEqualTo(2);
      assertThat(lab.stored("NMR.v2/a")).isEqualTo("other");
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void changed_content_behind_the_same_size_and_time_is_told_where_changes_are_refused(
      Database database) {
    try (Lab lab = new Lab(database)) {
      lab.refuseChanges();
      lab.put("a", "abc");
      lab.harvest();
      lab.rewriteKeepingTime("a", "xyz");

      Job run = lab.harvest();

      assertThat(run.progress().count("refused")).isEqualTo(1);
      assertThat(lab.jobs().log(run.id(), 0, 100))
          .extracting(LogLine::text)
          .anyMatch(line -> line.contains("a: its content changed, which is not allowed here"));
      assertThat(lab.stored("NMR/a")).isEqualTo("abc");
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void an_ignored_change_reaches_no_store_under_the_version_it_is_not(Database database) {
    try (Lab lab = new Lab(database)) {
      lab.ignoreChanges();
      lab.put("a", "abc");
      lab.harvest();
      String sha256 = lab.file("a").sha256();
      lab.later(Duration.ofMinutes(1));
      lab.put("a", "other");
      lab.useAnotherStorageLocation();

      assertThat(lab.harvest().progress().count("transferred")).isZero();
      assertThat(lab.file("a").sha256()).isEqualTo(sha256);
      assertThat(lab.storedNames()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void other_bytes_behind_the_same_looks_are_a_version_and_never_pass_for_the_old_one(
      Database database) {
    try (Lab lab = new Lab(database)) {
      lab.put("a", "abc");
      lab.harvest();
      lab.changeUnseen("a");
      lab.useAnotherStorageLocation();

      Job second = lab.harvest();

      assertThat(second.progress().count("failed")).isEqualTo(1);
      assertThat(lab.storedNames()).isEmpty();
      assertThat(lab.harvest().progress().count("transferred")).isEqualTo(1);
      assertThat(lab.file("a").version()).isEqualTo(2);
      assertThat(lab.stored("NMR.v2/a")).isEqualTo("`bc");
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void files_of_a_folder_that_cannot_be_listed_are_not_called_missing(Database database) {
    try (Lab lab = new Lab(database)) {
      lab.put("deep/a", "abc");
      lab.put("deep/b", "abc");
      lab.put("z", "abc");
      lab.harvest();
      lab.refuseListing("deep");

      assertThat(lab.harvest().progress().count("missing")).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void an_original_is_removed_only_when_asked_and_proved(Database database) {
    try (Lab lab = new Lab(database)) {
      lab.moving();
      lab.put("a", "abc");
      lab.put("b", "abc");
      lab.refuseReading("b");

      lab.harvest();

      assertThat(lab.source().stat(new ObjectPath("a"))).isEmpty();
      assertThat(lab.source().stat(new ObjectPath("b"))).isPresent();
      assertThat(lab.story(lab.file("a").id()).entries().getFirst().entry().event())
          .isEqualTo(CustodyEvent.REMOVED);
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void an_original_left_behind_by_a_crash_is_proved_again_and_then_removed(Database database) {
    try (Lab lab = new Lab(database)) {
      lab.put("a", "abc");
      lab.harvest();
      lab.moving();

      lab.harvest();

      assertThat(lab.source().stat(new ObjectPath("a"))).isEmpty();
      assertThat(lab.stored("NMR/a")).isEqualTo("abc");
      assertThat(lab.file("a").version()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void a_dry_run_says_what_it_would_take_and_takes_nothing(Database database) {
    try (Lab lab = new Lab(database)) {
      lab.put("a", "abc");

      Job run = lab.dryRun();

      assertThat(lab.jobs().log(run.id(), 0, 100))
          .anySatisfy(line -> assertThat(line.text()).contains("would take a (3 bytes)"));
      assertThat(lab.files()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void a_storage_location_without_room_fails_the_run_by_its_name_and_is_filled_later(
      Database database) {
    try (Lab lab = new Lab(database)) {
      lab.put("a", "abc");
      lab.full(true);

      Job run = lab.harvest();

      assertThat(run.state()).isEqualTo(JobState.FAILED);
      assertThat(run.status().reason().code()).isEqualTo("STORE_FULL");
      assertThat(run.status().reason().message()).contains("/keep", "takes no more");
      assertThat(lab.newestTransfer(lab.file("a")).status()).isEqualTo(TransferStatus.FAILED);
      assertThat(lab.storedNames()).isEmpty();

      lab.full(false);
      lab.later(Duration.ofSeconds(31));
      assertThat(lab.harvest().progress().count("transferred")).isEqualTo(1);
      assertThat(lab.stored("NMR/a")).isEqualTo("abc");
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void an_instrument_that_does_not_answer_fails_the_run_with_its_reason(Database database) {
    try (Lab lab = new Lab(database)) {
      lab.reachable(false);

      Job run = lab.harvest();

      assertThat(run.state()).isEqualTo(JobState.FAILED);
      assertThat(run.status().reason().code()).isEqualTo("STORE_UNREACHABLE");
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void a_name_with_a_control_character_is_refused_and_named(Database database) {
    try (Lab lab = new Lab(database)) {
      lab.put("bad\nname", "abc");

      Job run = lab.harvest();

      assertThat(run.progress().count("refused")).isEqualTo(1);
      assertThat(run.status().warnings()).isEqualTo(1);
      assertThat(lab.files()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void instruments_of_one_name_keep_their_files_apart(Database database) {
    try (Lab lab = new Lab(database)) {
      Id second = lab.instrumentNamed("NMR").id();

      assertThat(lab.instruments().live(second).folder())
          .startsWith("NMR-")
          .isNotEqualTo(lab.instrument().folder());
      assertThat(lab.instrumentNamed("../x/y").folder()).isEqualTo("_.._x_y_");
      assertThat(lab.catalog().files(Actor.HOUSE, FileQuery.ALL, 0, 1)).isEmpty();
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.base.ErrorCode;
import io.entrepot.base.Id;
import io.entrepot.base.IdSource;
import io.entrepot.server.database.Database;
import io.entrepot.server.database.Dialect;
import io.entrepot.server.database.Micros;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.identity.Role;
import io.entrepot.storage.ObjectPath;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProofsTest {

  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  private static final String DATABASES = "io.entrepot.server.database.TestDatabases#both";

  private final IdSource ids = new IdSource(() -> NOW, new Random(5));
  private final Id instrument = ids.next();
  private final Id first = ids.next();
  private final Id second = ids.next();

  private static Catalog catalog(Database database) {
    return new Catalog(database, new Visibility(_ -> List.of(), _ -> List.of()));
  }

  private static Proofs proofs(Database database) {
    return catalog(database).proofs(Actor.HOUSE);
  }

  private Id file(Ingest ingest, String path) {
    Id file = ids.nextForFile();
    ingest.discovered(List.of(new Discovery(file, instrument, path, 3, NOW, "1")), NOW);
    return file;
  }

  private Attempt attempt(Ingest ingest, Id file, Id storage, int number, boolean skipped) {
    Attempt.@Nullable Skip skip = skipped ? new Attempt.Skip("a filter", "filter 1") : null;
    Attempt attempt = new Attempt(ids.next(), file, 1, storage, ids.next(), number, skip);
    ingest.attempts(List.of(attempt), "rclone", NOW);
    return attempt;
  }

  private static void complete(Ingest ingest, Attempt attempt) {
    ingest.completed(
        List.of(
            new Completion(
                attempt.transfer(),
                attempt.file(),
                1,
                new ObjectPath("a"),
                3,
                "44bc2cf5ad770999",
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
                NOW,
                NOW,
                "{}")));
  }

  private static void fail(
      Ingest ingest, Attempt attempt, ErrorCode code, @Nullable Instant again) {
    ingest.failed(List.of(new Failure(attempt.transfer(), code, "why", NOW, NOW, again, 1, null)));
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void a_file_that_a_filter_skipped_waits_for_no_copy(Database database) {
    try (database) {
      Ingest ingest = new Ingest(database, new Ark("99999", "fk4"));
      database.write(
          () -> {
            attempt(ingest, file(ingest, "skipped"), first, 1, true);
            attempt(ingest, file(ingest, "waiting"), first, 1, false);
            complete(ingest, attempt(ingest, file(ingest, "proved"), first, 1, false));
          });

      assertThat(proofs(database)).isEqualTo(new Proofs(1, 0, List.of(), 0, List.of()));
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void a_file_with_a_proved_copy_elsewhere_is_proved(Database database) {
    try (database) {
      Ingest ingest = new Ingest(database, new Ark("99999", "fk4"));
      database.write(
          () -> {
            Id file = file(ingest, "a");
            complete(ingest, attempt(ingest, file, first, 1, false));
            attempt(ingest, file, second, 1, false);
          });

      assertThat(proofs(database).unproved()).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void a_copy_that_was_proved_and_is_lost_is_named_until_a_new_one_is_proved(Database database) {
    try (database) {
      Ingest ingest = new Ingest(database, new Ark("99999", "fk4"));
      Id file = database.write(() -> file(ingest, "a"));
      database.write(
          () -> {
            Attempt attempt = attempt(ingest, file, first, 1, false);
            complete(ingest, attempt);
            fail(ingest, attempt, ErrorCode.COPY_LOST, NOW.plusSeconds(30));
          });

      Proofs lost = proofs(database);
      assertThat(lost.unproved()).isEqualTo(1);
      assertThat(lost.damaged()).isEqualTo(1);
      assertThat(lost.worst()).extracting(Transfer::file).containsExactly(file);
      assertThat(lost.givenUp()).isZero();

      database.write(() -> complete(ingest, attempt(ingest, file, first, 2, false)));
      assertThat(proofs(database)).isEqualTo(new Proofs(0, 0, List.of(), 0, List.of()));
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void a_copy_that_was_made_anew_after_the_clock_was_set_back_is_not_told_as_damaged(
      Database database) {
    try (database) {
      Ingest ingest = new Ingest(database, new Ark("99999", "fk4"));
      IdSource before = new IdSource(() -> NOW.minusSeconds(3600), new Random(6));
      database.write(
          () -> {
            Id file = file(ingest, "a");
            Attempt old = attempt(ingest, file, first, 1, false);
            complete(ingest, old);
            database
                .sql("update transfer set damaged_at = ? where id = ?")
                .params(Micros.of(NOW), old.transfer().hex())
                .update();
            Attempt anew = new Attempt(before.next(), file, 1, first, before.next(), 2, null);
            ingest.attempts(List.of(anew), "rclone", NOW);
            complete(ingest, anew);
          });

      assertThat(proofs(database).damaged()).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void what_is_not_tried_again_by_itself_is_given_up(Database database) {
    try (database) {
      Ingest ingest = new Ingest(database, new Ark("99999", "fk4"));
      database.write(
          () -> {
            Attempt late = attempt(ingest, file(ingest, "later"), first, 1, false);
            fail(ingest, late, ErrorCode.STORE_READ_FAILED, NOW.plusSeconds(30));
            Attempt never = attempt(ingest, file(ingest, "never"), first, 1, false);
            fail(ingest, never, ErrorCode.NAME_REFUSED, null);
          });

      Proofs proofs = proofs(database);
      assertThat(proofs.unproved()).isEqualTo(2);
      assertThat(proofs.givenUp()).isEqualTo(1);
      assertThat(proofs.lastGivenUp())
          .extracting(Transfer::errorCode)
          .containsExactly("NAME_REFUSED");
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void nobody_is_told_of_files_that_he_may_not_see(Database database) {
    try (database) {
      Ingest ingest = new Ingest(database, new Ark("99999", "fk4"));
      database.write(
          () -> {
            Attempt attempt = attempt(ingest, file(ingest, "a"), first, 1, false);
            fail(ingest, attempt, ErrorCode.CHECKSUM_MISMATCH, null);
          });

      Actor user = new Actor(ids.next(), "u@lab.example", Role.STANDARD);
      assertThat(catalog(database).proofs(user))
          .isEqualTo(new Proofs(0, 0, List.of(), 0, List.of()));
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void each_question_has_an_index_and_goes_over_no_table_whole(Database database) {
    try (database) {
      if (database.dialect() != Dialect.SQLITE) {
        return;
      }
      Visibility.Condition all = new Visibility(_ -> List.of(), _ -> List.of()).of(Actor.HOUSE);
      Map<String, String> questions =
          Map.of(
              ProofTable.unproved(all),
              "transfer_open",
              ProofTable.failures(ProofTable.DAMAGED, all),
              "transfer_failed_with",
              ProofTable.failures(ProofTable.SPOILED, all),
              "transfer_damaged",
              ProofTable.failures(ProofTable.GIVEN_UP, all),
              "transfer_due",
              Ingest.NEXT_RETRY,
              "transfer_due");
      questions.forEach(
          (question, index) ->
              assertThat(plan(database, question))
                  .as(question)
                  .anyMatch(step -> step.contains(" t USING ") && step.contains(index))
                  .noneMatch(step -> step.matches("SCAN [tfc]")));
    }
  }

  private static List<String> plan(Database database, String question) {
    return database
        .sql("explain query plan " + question)
        .query((row, _) -> row.getString("detail"))
        .list();
  }
}

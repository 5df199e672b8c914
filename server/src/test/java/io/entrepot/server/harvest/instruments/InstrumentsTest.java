// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.instruments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;
import io.entrepot.base.Id;
import io.entrepot.base.IdSource;
import io.entrepot.base.InvalidFieldsException;
import io.entrepot.server.database.Database;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.identity.AuditTrail;
import io.entrepot.server.ledger.AuditLog;
import io.entrepot.server.places.AccountSecret;
import io.entrepot.server.places.AuthType;
import io.entrepot.server.places.LocalRoots;
import io.entrepot.server.places.PlaceTools;
import io.entrepot.server.places.ServiceAccountDraft;
import io.entrepot.server.places.ServiceAccounts;
import io.entrepot.server.secrets.SecretBox;
import io.entrepot.server.secrets.SecretKeys;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class InstrumentsTest {

  private static final String DATABASES = "io.entrepot.server.database.TestDatabases#both";
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  @TempDir private Path folder;

  private PlaceTools tools(Database database) {
    IdSource ids = new IdSource(() -> NOW, new Random(2));
    SecureRandom random = new SecureRandom();
    return new PlaceTools(
        new SecretBox(SecretKeys.open(folder.resolve("secrets.key"), random), random),
        new LocalRoots(List.of()),
        ids,
        () -> NOW,
        new AuditTrail(new AuditLog(database, ids, () -> NOW)));
  }

  private static InstrumentDraft named(String name, @Nullable Id account) {
    return new InstrumentDraft(
        name,
        new InstrumentDraft.Address("nmr", "data", null, account),
        new InstrumentDraft.About(null, null, null),
        "rclone",
        null,
        true);
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void the_folder_of_a_renamed_instrument_is_given_to_no_other(Database database) {
    try (database) {
      PlaceTools tools = tools(database);
      Instruments instruments =
          new Instruments(database, new ServiceAccounts(database, tools), tools);
      Instrument first = instruments.create(Actor.HOUSE, named("NMR", null));
      instruments.update(Actor.HOUSE, first.id(), _ -> named("NMR old", null));

      Instrument second = instruments.create(Actor.HOUSE, named("NMR", null));
      Instrument back = instruments.update(Actor.HOUSE, first.id(), _ -> named("NMR", null));

      assertThat(first.folder()).isEqualTo("NMR");
      assertThat(second.folder()).startsWith("NMR-");
      assertThat(back.folder()).isEqualTo("NMR");
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void a_name_whose_folders_all_belong_to_others_is_refused(Database database) {
    try (database) {
      PlaceTools tools = tools(database);
      Instruments instruments =
          new Instruments(database, new ServiceAccounts(database, tools), tools);
      Instrument first = instruments.create(Actor.HOUSE, named("first", null));
      String with = first.id().hex().substring(12);
      instruments.create(Actor.HOUSE, named("NMR", null));
      instruments.create(Actor.HOUSE, named("NMR-" + with, null));

      assertThatThrownBy(() -> instruments.update(Actor.HOUSE, first.id(), _ -> named("NMR", null)))
          .isInstanceOfSatisfying(
              InvalidFieldsException.class,
              e -> assertThat(e.problems().getFirst().path()).containsExactly("name"));
      assertThat(instruments.live(first.id()).folder()).isEqualTo("first");
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void what_does_not_fit_is_refused_by_field(Database database) {
    try (database) {
      PlaceTools tools = tools(database);
      Instruments instruments =
          new Instruments(database, new ServiceAccounts(database, tools), tools);
      String host = "h".repeat(300);
      InstrumentDraft far =
          new InstrumentDraft(
              "NMR",
              new InstrumentDraft.Address(host, "data\0", "p".repeat(1025), null),
              new InstrumentDraft.About("d".repeat(10_001), "l".repeat(256), "i".repeat(256)),
              "rclone",
              null,
              true);

      assertThatThrownBy(() -> instruments.create(Actor.HOUSE, far))
          .isInstanceOfSatisfying(
              InvalidFieldsException.class,
              e ->
                  assertThat(e.problems())
                      .extracting(problem -> problem.path().getLast())
                      .containsExactly(
                          "cifs_host",
                          "cifs_share",
                          "cifs_base_path",
                          "description",
                          "location",
                          "pid"));
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void an_account_is_not_deleted_while_an_instrument_that_signs_in_with_it_is_made(
      Database database) {
    try (database;
        ExecutorService another = Executors.newSingleThreadExecutor()) {
      PlaceTools tools = tools(database);
      ServiceAccounts accounts = new ServiceAccounts(database, tools);
      Instruments instruments = new Instruments(database, accounts, tools);
      Id account =
          accounts
              .create(
                  Actor.HOUSE,
                  new ServiceAccountDraft(
                      "nmr",
                      "svc",
                      null,
                      AuthType.PASSWORD,
                      _ -> new AccountSecret("p", null, null, null)))
              .id();

      Future<?> deletion =
          database.write(
              () -> {
                instruments.create(Actor.HOUSE, named("NMR", account));
                Future<?> waiting =
                    another.submit(
                        () ->
                            accounts.delete(Actor.HOUSE, account, instruments::namesUsingAccount));
                assertThatThrownBy(() -> waiting.get(200, TimeUnit.MILLISECONDS))
                    .isInstanceOf(TimeoutException.class);
                return waiting;
              });

      assertThatThrownBy(() -> deletion.get(10, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class)
          .cause()
          .isInstanceOfSatisfying(
              EntrepotException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.IN_USE));
      assertThat(accounts.live(account)).isNotNull();
    }
  }
}

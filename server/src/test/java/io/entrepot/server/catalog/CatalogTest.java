// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entrepot.base.ErrorCode;
import io.entrepot.base.Id;
import io.entrepot.base.IdSource;
import io.entrepot.base.NotFoundException;
import io.entrepot.server.database.Database;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.identity.AuditTrail;
import io.entrepot.server.identity.Role;
import io.entrepot.server.ledger.AuditLog;
import io.entrepot.server.metrics.MetricText;
import io.entrepot.server.settings.EntrepotSettings.InstrumentAccess;
import io.entrepot.storage.ObjectPath;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CatalogTest {

  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00.123456Z");
  private static final String DATABASES = "io.entrepot.server.database.TestDatabases#both";

  private final IdSource ids = new IdSource(() -> NOW, new Random(5));
  private final Id instrument = ids.next();
  private final Id storage = ids.next();
  private final Id run = ids.next();
  private final Id group = ids.next();
  private final Actor user = new Actor(ids.next(), "u@lab.example", Role.STANDARD);

  private Discovery found(String path) {
    return new Discovery(ids.nextForFile(), instrument, path, 3, NOW, "1");
  }

  private Attempt attempt(Discovery found, int version, int number) {
    return new Attempt(ids.next(), found.file(), version, storage, run, number, null);
  }

  private Catalog catalog(Database database) {
    return new Catalog(
        database, new Visibility(_ -> List.of(group), grants(database)::instrumentsSeenBy));
  }

  private Grants grants(Database database) {
    return new Grants(
        database,
        ids,
        () -> NOW,
        new AuditTrail(new AuditLog(database, ids, () -> NOW)),
        InstrumentAccess.GRANTS_VISIBILITY);
  }

  private static Ingest ingest(Database database) {
    return new Ingest(database, new Ark("99999", "fk4"));
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void a_proved_copy_fills_the_file_and_its_transfer(Database database) {
    try (database) {
      Ingest ingest = ingest(database);
      Discovery found = found("a/b.raw");
      Attempt attempt = attempt(found, 1, 1);
      database.write(
          () -> {
            ingest.discovered(List.of(found), NOW);
            ingest.attempts(List.of(attempt), "rclone", NOW);
            ingest.started(List.of(attempt.transfer()), NOW);
            ingest.completed(List.of(completion(attempt, "{\"k\":\"v\"}")));
          });

      CatalogFile file = catalog(database).file(Actor.HOUSE, found.file());
      assertThat(file.filename()).isEqualTo("b.raw");
      assertThat(file.xxhash()).isEqualTo("44bc2cf5ad770999");
      assertThat(file.metadata()).containsEntry("k", "v");
      assertThat(file.firstDiscoveredAt()).isEqualTo(NOW);
      Transfer transfer = catalog(database).transfer(Actor.HOUSE, attempt.transfer());
      assertThat(transfer.status()).isEqualTo(TransferStatus.COMPLETED);
      assertThat(transfer.sourceChecksum()).isEqualTo(transfer.destChecksum());
      assertThat(transfer.checksumVerified()).isTrue();
    }
  }

  private static Completion completion(Attempt attempt, String metadata) {
    return new Completion(
        attempt.transfer(),
        attempt.file(),
        attempt.version(),
        new ObjectPath("a/b.raw"),
        3,
        "44bc2cf5ad770999",
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        NOW,
        NOW,
        metadata);
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void a_changed_file_keeps_its_id_and_its_older_version(Database database) {
    try (database) {
      Ingest ingest = ingest(database);
      Discovery found = found("a");
      Attempt first = attempt(found, 1, 1);
      Discovery changed = new Discovery(found.file(), instrument, "a", 9, NOW.plusSeconds(1), "2");
      database.write(
          () -> {
            ingest.discovered(List.of(found), NOW);
            ingest.attempts(List.of(first), "rclone", NOW);
            ingest.completed(List.of(completion(first, "{}")));
            ingest.changed(List.of(changed), NOW.plusSeconds(2));
            ingest.attempts(List.of(attempt(found, 2, 1)), "rclone", NOW);
          });

      List<FileVersion> versions = catalog(database).versions(Actor.HOUSE, found.file());
      assertThat(versions).extracting(FileVersion::version).containsExactly(2, 1);
      assertThat(versions.getFirst().persistentId()).endsWith(".v2");
      assertThat(versions.getFirst().xxhash()).isNull();
      assertThat(versions.getLast().xxhash()).isEqualTo("44bc2cf5ad770999");
      assertThat(new KnownFiles(database, instrument, storage).next().transfer())
          .extracting(KnownFile.Last::version)
          .isEqualTo(2);
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void known_files_come_in_the_order_of_their_bytes(Database database) {
    try (database) {
      List<Discovery> all = new ArrayList<>();
      for (String path : List.of("b", "a/x", "a-x", "a", "ä", "\uEFFF", "😀", "Z")) {
        all.add(found(path));
      }
      database.write(() -> ingest(database).discovered(all, NOW));

      List<String> paths = new ArrayList<>();
      for (Iterator<KnownFile> known = new KnownFiles(database, instrument, storage);
          known.hasNext(); ) {
        paths.add(known.next().path());
      }
      assertThat(paths).containsExactly("Z", "a", "a-x", "a/x", "b", "ä", "\uEFFF", "😀");
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void a_user_sees_a_file_only_by_instrument_access_or_by_a_grant(Database database) {
    try (database) {
      Discovery found = found("a");
      database.write(() -> ingest(database).discovered(List.of(found), NOW));
      Catalog catalog = catalog(database);
      Grants grants = grants(database);

      assertThat(catalog.files(user, FileQuery.ALL, 0, 10)).isEmpty();
      assertThatThrownBy(() -> catalog.file(user, found.file()))
          .isInstanceOf(NotFoundException.class)
          .hasMessage("File not found");

      grants.allowInstrument(Actor.HOUSE, user.account(), instrument);
      assertThat(catalog.files(user, FileQuery.ALL, 0, 10)).hasSize(1);
      grants.denyInstrument(Actor.HOUSE, user.account(), instrument);
      assertThat(catalog.files(user, FileQuery.ALL, 0, 10)).isEmpty();

      Grant grant = grants.grant(Actor.HOUSE, found.file(), GranteeType.GROUP, group);
      assertThat(catalog.file(user, found.file()).id()).isEqualTo(found.file());
      grants.revoke(Actor.HOUSE, found.file(), grant.id());
      assertThat(catalog.count(user, FileQuery.ALL)).isEqualTo(Count.exact(0));
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void lists_are_newest_first_and_can_be_walked_to_the_end(Database database) {
    try (database) {
      List<Discovery> all = new ArrayList<>();
      for (int i = 0; i < 2_345; i++) {
        all.add(found("f" + i));
      }
      database.write(() -> ingest(database).discovered(all, NOW));
      List<Id> walked = new ArrayList<>();
      catalog(database).eachFile(Actor.HOUSE, FileQuery.ALL, file -> walked.add(file.id()));

      assertThat(walked)
          .containsExactlyElementsOf(all.reversed().stream().map(Discovery::file).toList());
      assertThat(catalog(database).count(Actor.HOUSE, FileQuery.ALL)).isEqualTo(Count.exact(2_345));
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void what_is_counted_is_what_there_is_also_after_files_grew_and_attempts_were_made_again(
      Database database) {
    try (database) {
      Ingest ingest = ingest(database);
      Discovery grows = found("grows");
      Discovery corrected = found("corrected");
      database.write(
          () -> {
            ingest.discovered(List.of(grows, corrected), NOW);
            ingest.attempts(List.of(attempt(grows, 1, 1), attempt(corrected, 1, 1)), "rclone", NOW);
            ingest.changed(
                List.of(new Discovery(grows.file(), instrument, "grows", 1_000, NOW, "2")), NOW);
            ingest.attempts(List.of(attempt(grows, 2, 1)), "rclone", NOW);
            ingest.seenAgain(
                List.of(new Discovery(corrected.file(), instrument, "corrected", 1, NOW, "2")));
          });

      MetricText metrics = new MetricText();
      new CatalogMetrics(database).write(metrics);
      assertThat(metrics.toString())
          .contains("entrepot_files 2\n")
          .contains("entrepot_file_bytes 1001\n");
      assertThat(catalog(database).count(Actor.HOUSE, TransferQuery.ALL)).isEqualTo(Count.exact(3));
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void a_search_takes_percent_signs_and_underscores_as_they_are(Database database) {
    try (database) {
      database.write(
          () -> ingest(database).discovered(List.of(found("100%_Ä.raw"), found("1000.raw")), NOW));

      FileQuery query = new FileQuery(null, "0%_ä", null);
      assertThat(catalog(database).files(Actor.HOUSE, query, 0, 10))
          .extracting(CatalogFile::filename)
          .containsExactly("100%_Ä.raw");
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void a_failed_transfer_can_be_made_due_at_once(Database database) {
    try (database) {
      Ingest ingest = ingest(database);
      Discovery found = found("a");
      Attempt attempt = attempt(found, 1, 1);
      database.write(
          () -> {
            ingest.discovered(List.of(found), NOW);
            ingest.attempts(List.of(attempt), "rclone", NOW);
            ingest.failed(
                List.of(
                    new Failure(
                        attempt.transfer(),
                        ErrorCode.STORE_UNREACHABLE,
                        "no answer",
                        null,
                        NOW,
                        null,
                        8,
                        null)));
          });

      assertThat(database.write(() -> ingest.retryNow(found.file(), NOW))).isTrue();
      assertThat(new KnownFiles(database, instrument, storage).next().transfer())
          .extracting(KnownFile.Last::retryAt)
          .isEqualTo(NOW);
    }
  }
}

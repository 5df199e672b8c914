// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.base.Id;
import io.entrepot.base.IdSource;
import io.entrepot.base.NotFoundException;
import io.entrepot.server.database.Database;
import io.entrepot.server.database.TestDatabases;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.identity.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What somebody sees of a catalogue that he does not see all of. */
class VisibleFilesTest {

  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  private static final int FILES = 400;
  private static final String BOTH = "io.entrepot.server.database.TestDatabases#both";

  private final Random random = new Random(7);
  private final IdSource ids = new IdSource(() -> NOW, random);
  private final List<Id> instruments = IntStream.range(0, 5).mapToObj(_ -> ids.next()).toList();
  private final Id group = ids.next();
  private final Actor user = new Actor(ids.next(), "u@lab.example", Role.STANDARD);

  @ParameterizedTest
  @MethodSource(BOTH)
  void lists_and_totals_hold_what_may_be_seen_one_by_one(Database database) {
    try (database) {
      List<Id> files = filled(database);
      for (List<Id> access :
          List.of(List.<Id>of(), instruments.subList(0, 1), instruments.subList(1, 4))) {
        Catalog catalog = new Catalog(database, new Visibility(_ -> List.of(group), _ -> access));
        List<CatalogFile> one = files.reversed().stream().flatMap(id -> seen(catalog, id)).toList();

        same(catalog, FileQuery.ALL, one);
        same(catalog, new FileQuery(null, "7.raw", null), named(one, "7.raw"));
        for (Id instrument : instruments) {
          List<CatalogFile> its = of(one, instrument);
          same(catalog, new FileQuery(instrument, null, null), its);
          same(catalog, new FileQuery(instrument, "7.raw", null), named(its, "7.raw"));
        }
      }
    }
  }

  private Stream<CatalogFile> seen(Catalog catalog, Id id) {
    try {
      return Stream.of(catalog.file(user, id));
    } catch (NotFoundException e) {
      return Stream.empty();
    }
  }

  private static List<CatalogFile> of(List<CatalogFile> files, Id instrument) {
    return files.stream().filter(file -> file.instrument().equals(instrument)).toList();
  }

  private static List<CatalogFile> named(List<CatalogFile> files, String end) {
    return files.stream().filter(file -> file.filename().endsWith(end)).toList();
  }

  private void same(Catalog catalog, FileQuery query, List<CatalogFile> expected) {
    assertThat(catalog.count(user, query)).isEqualTo(Count.exact(expected.size()));
    assertThat(catalog.files(user, query, 0, FILES)).isEqualTo(expected);
    int half = expected.size() / 2;
    assertThat(catalog.files(user, query, half, 10))
        .isEqualTo(expected.subList(half, Math.min(half + 10, expected.size())));
    if (half > 0) {
      assertThat(catalog.files(user, query.after(expected.get(half - 1).id()), 0, 10))
          .isEqualTo(expected.subList(half, Math.min(half + 10, expected.size())));
    }
  }

  /** Some of all instruments; every ninth is the user's own, some are granted, some are both. */
  private List<Id> filled(Database database) {
    List<Discovery> all = new ArrayList<>();
    for (int i = 0; i < FILES; i++) {
      Id instrument = instruments.get(random.nextInt(instruments.size()));
      all.add(new Discovery(ids.nextForFile(), instrument, "d/" + i + ".raw", i, NOW, "1"));
    }
    database.write(
        () -> {
          new Ingest(database, new Ark("99999", "fk4")).discovered(all, NOW);
          for (int i = 0; i < FILES; i += 9) {
            own(database, all.get(i).file());
          }
          for (int i = 0; i < FILES; i += 6) {
            grant(database, all.get(i).file(), i % 4 == 0 ? user.account() : group);
          }
          grant(database, all.get(6).file(), user.account());
          grant(database, all.get(1).file(), ids.next());
        });
    return all.stream().map(Discovery::file).toList();
  }

  private void own(Database database, Id file) {
    database
        .sql("update file set owner_id = ? where id = ?")
        .params(user.account().hex(), file.hex())
        .update();
  }

  private void grant(Database database, Id file, Id grantee) {
    database
        .sql("insert into file_grant values (?, ?, 'user', ?, 0)")
        .params(ids.next().hex(), file.hex(), grantee.hex())
        .update();
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void a_page_far_behind_the_last_file_is_empty(Database database) {
    try (database) {
      filled(database);
      Catalog catalog = new Catalog(database, new Visibility(_ -> List.of(group), _ -> List.of()));

      assertThat(catalog.files(user, FileQuery.ALL, Integer.MAX_VALUE, 1_000)).isEmpty();
    }
  }

  @Test
  void a_page_of_somebody_who_sees_few_files_does_not_go_over_all_files() {
    try (Database database = TestDatabases.sqlite()) {
      Visibility.Condition visible = new Visibility(_ -> List.of(group), _ -> instruments).of(user);
      List<Object> parameters = new ArrayList<>();
      String sql =
          FileTable.page(FileQuery.ALL.after(ids.nextForFile()), visible, 0, 100, parameters);

      List<String> plan =
          database
              .sql("explain query plan " + sql)
              .params(parameters)
              .query((row, _) -> row.getString("detail"))
              .list();
      assertThat(plan).isNotEmpty().noneMatch(step -> step.matches("SCAN (f|g)\\b.*"));
    }
  }

  @Test
  void somebody_may_have_access_to_more_instruments_than_a_statement_has_lists() {
    try (Database database = TestDatabases.sqlite()) {
      List<Id> files = filled(database);
      List<Id> many = new ArrayList<>(IntStream.range(0, 700).mapToObj(_ -> ids.next()).toList());
      many.addAll(instruments);
      Catalog catalog = new Catalog(database, new Visibility(_ -> List.of(), _ -> many));

      assertThat(catalog.files(user, FileQuery.ALL, 0, FILES)).hasSameSizeAs(files);
      assertThat(catalog.count(user, FileQuery.ALL)).isEqualTo(Count.exact(FILES));
    }
  }

  @Test
  void a_total_that_was_not_counted_to_its_end_says_so() {
    assertThat(Count.upTo(10_001, 10_000)).isEqualTo(new Count(10_000, true));
    assertThat(Count.upTo(10_001, 10_001)).isEqualTo(new Count(10_000, false));
    assertThat(Count.upTo(10_001, 10_001).plus(5)).isEqualTo(new Count(10_005, false));
  }
}

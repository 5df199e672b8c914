// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.base.Id;
import io.entrepot.base.IdSource;
import io.entrepot.server.database.Database;
import io.entrepot.server.identity.Actor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Copies that are on record with whole paths, as they were kept once. */
class CopyPathsTest {

  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

  private final IdSource ids = new IdSource(() -> NOW, new Random(11));
  private final Id file = ids.nextForFile();

  @ParameterizedTest
  @MethodSource("io.entrepot.server.database.TestDatabases#both")
  void whole_paths_become_relative_to_their_storage_location(Database database) throws IOException {
    try (database) {
      found(database);
      Id plain = copy(database, location(database, "/srv/käse_%"), "/srv/käse_%/NMR/a/b.raw");
      Id slash = copy(database, location(database, "/srv/b/"), "/srv/b/NMR/a/b.raw");
      Id root = copy(database, location(database, "/"), "/NMR/a/b.raw");
      Id other = copy(database, location(database, "/srv/c"), "/srv/cc/NMR/a/b.raw");
      Id none = copy(database, location(database, "/srv/d"), null);

      for (int i = 0; i < 2; i++) {
        database.write(() -> database.sql(migration()).update());
      }

      for (Id id : List.of(plain, slash, root)) {
        assertThat(kept(database, id)).isEqualTo("NMR/a/b.raw");
      }
      assertThat(kept(database, other)).isEqualTo("/srv/cc/NMR/a/b.raw");
      assertThat(kept(database, none)).isNull();
      Catalog catalog = new Catalog(database, new Visibility(_ -> List.of(), _ -> List.of()));
      assertThat(catalog.transfer(Actor.HOUSE, plain).destinationPath())
          .isEqualTo("/srv/käse_%/NMR/a/b.raw");
      assertThat(catalog.transfer(Actor.HOUSE, slash).destinationPath())
          .isEqualTo("/srv/b/NMR/a/b.raw");
      assertThat(catalog.transfer(Actor.HOUSE, root).destinationPath()).isEqualTo("/NMR/a/b.raw");
      assertThat(catalog.transfer(Actor.HOUSE, other).destinationPath())
          .isEqualTo("/srv/cc/NMR/a/b.raw");
      assertThat(catalog.transfer(Actor.HOUSE, none).destinationPath()).isNull();
    }
  }

  private static String migration() {
    try (InputStream script =
        Objects.requireNonNull(
            CopyPathsTest.class.getResourceAsStream("/db/migration/V091__copy_paths.sql"))) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8).strip().replaceAll(";$", "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void found(Database database) {
    Discovery found = new Discovery(file, ids.next(), "a/b.raw", 3, NOW, "1");
    database.write(
        () -> new Ingest(database, new Ark("99999", "fk4")).discovered(List.of(found), NOW));
  }

  private Id location(Database database, String base) {
    Id id = ids.next();
    database.write(
        () ->
            database
                .sql(
                    """
                    insert into storage_location (id, name, type, base_path, enabled, created_at,
                      updated_at) values (?, 's', 'posix', ?, 1, 0, 0)
                    """)
                .params(id.hex(), base)
                .update());
    return id;
  }

  private Id copy(Database database, Id location, @Nullable String path) {
    Attempt attempt = new Attempt(ids.next(), file, 1, location, ids.next(), 1, null);
    database.write(
        () -> {
          new Ingest(database, new Ark("99999", "fk4")).attempts(List.of(attempt), "rclone", NOW);
          if (path != null) {
            database
                .sql("update transfer set destination_path = ? where id = ?")
                .params(path, attempt.transfer().hex())
                .update();
          }
        });
    return attempt.transfer();
  }

  private static @Nullable String kept(Database database, Id transfer) {
    return database
        .sql("select destination_path from transfer where id = ?")
        .param(transfer.hex())
        .query((row, _) -> Optional.ofNullable(row.getString(1)))
        .single()
        .orElse(null);
  }
}

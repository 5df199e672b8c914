// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.places;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;
import io.entrepot.base.FieldProblem;
import io.entrepot.base.Id;
import io.entrepot.base.IdSource;
import io.entrepot.base.InvalidFieldsException;
import io.entrepot.base.NotFoundException;
import io.entrepot.server.database.Database;
import io.entrepot.server.database.Slice;
import io.entrepot.server.database.TestDatabases;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.identity.AuditTrail;
import io.entrepot.server.ledger.AuditLog;
import io.entrepot.server.secrets.SecretBox;
import io.entrepot.server.secrets.SecretKeys;
import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.Store;
import io.entrepot.storage.StoreException;
import io.entrepot.storage.fault.FaultyStore;
import io.entrepot.storage.fault.Operation;
import io.entrepot.storage.local.LocalSettings;
import io.entrepot.storage.local.LocalStore;
import io.entrepot.storage.mover.Staging;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PlacesTest {

  private static final String DATABASES = "io.entrepot.server.database.TestDatabases#both";
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

  @TempDir private Path folder;

  private final IdSource ids = new IdSource(() -> NOW, new Random(2));

  private SecretBox box() {
    return new SecretBox(
        SecretKeys.open(folder.resolve("secrets.key"), new SecureRandom()), new SecureRandom());
  }

  private PlaceTools tools(Database database, List<Path> roots) {
    return new PlaceTools(
        box(),
        new LocalRoots(roots),
        ids,
        () -> NOW,
        new AuditTrail(new AuditLog(database, ids, () -> NOW)));
  }

  private static StorageLocationDraft s3(Map<String, Object> config) {
    return new StorageLocationDraft("cloud", StorageType.S3, "/data", Map.copyOf(config), true);
  }

  private static Map<String, Object> complete(String secret) {
    return Map.of("bucket", "b", "region", "r", "access_key_id", "k", "secret_access_key", secret);
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void missing_settings_are_all_named(Database database) {
    try (database) {
      StorageLocations locations = new StorageLocations(database, tools(database, List.of()));

      assertThatThrownBy(() -> locations.create(Actor.HOUSE, s3(Map.of("bucket", "b"))))
          .isInstanceOfSatisfying(
              InvalidFieldsException.class,
              e ->
                  assertThat(e.problems())
                      .extracting(FieldProblem::path)
                      .containsExactly(
                          List.of("region"),
                          List.of("access_key_id"),
                          List.of("secret_access_key")));
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void a_masked_secret_keeps_what_is_stored_and_another_replaces_it(Database database) {
    try (database) {
      PlaceTools tools = tools(database, List.of());
      StorageLocations locations = new StorageLocations(database, tools);
      Id id = locations.create(Actor.HOUSE, s3(complete("first"))).id();

      assertThat(secretOf(locations.live(id), tools)).isEqualTo("first");
      assertThat(config(locations.live(id)).masked())
          .containsEntry("secret_access_key", "****")
          .containsEntry("bucket", "b");
      locations.update(
          Actor.HOUSE, id, _ -> s3(Map.of("secret_access_key", "****", "region", "r2")));
      assertThat(secretOf(locations.live(id), tools)).isEqualTo("first");
      assertThat(config(locations.live(id)).masked()).containsEntry("region", "r2");
      locations.update(Actor.HOUSE, id, _ -> s3(Map.of("secret_access_key", "second")));
      assertThat(secretOf(locations.live(id), tools)).isEqualTo("second");
    }
  }

  private static ConnectionConfig config(StorageLocation location) {
    return Objects.requireNonNull(location.config());
  }

  private static String secretOf(StorageLocation location, PlaceTools tools) {
    return config(location).value(tools.secrets(), location.id(), "secret_access_key");
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void a_deleted_location_is_hidden_and_comes_back_switched_off(Database database) {
    try (database) {
      StorageLocations locations = new StorageLocations(database, tools(database, List.of()));
      Id id = locations.create(Actor.HOUSE, s3(complete("s"))).id();

      locations.delete(Actor.HOUSE, id);
      assertThatThrownBy(() -> locations.live(id)).isInstanceOf(NotFoundException.class);
      assertThat(locations.list(Slice.ALL).items()).isEmpty();
      assertThat(locations.list(new Slice(0, 10, true)).total()).isEqualTo(1);
      assertThat(locations.restore(Actor.HOUSE, id).enabled()).isFalse();
      assertThatThrownBy(() -> locations.restore(Actor.HOUSE, id))
          .hasMessage("Deleted storage location not found");
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void a_path_outside_the_roots_is_refused_also_through_a_link(Database database)
      throws IOException {
    try (database) {
      Path root = Files.createDirectory(folder.resolve("root"));
      Path outside = Files.createDirectory(folder.resolve("outside"));
      Files.createSymbolicLink(root.resolve("link"), outside);
      StorageLocations locations = new StorageLocations(database, tools(database, List.of(root)));

      assertThat(locations.create(Actor.HOUSE, posix(root.resolve("new").toString())).usable())
          .isTrue();
      for (String path :
          List.of(
              outside.toString(),
              root + "/../outside",
              root.resolve("link/x").toString(),
              root + "-sibling")) {
        assertThatThrownBy(() -> locations.create(Actor.HOUSE, posix(path)))
            .as(path)
            .isInstanceOfSatisfying(
                InvalidFieldsException.class,
                e -> assertThat(e.problems().getFirst().path()).containsExactly("base_path"));
      }
    }
  }

  private static StorageLocationDraft posix(String path) {
    return new StorageLocationDraft("disk", StorageType.POSIX, path, null, true);
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void of_two_host_keys_that_are_both_seen_first_only_one_is_believed(Database database) {
    try (database) {
      HostKeys keys = new HostKeys(database, () -> NOW);
      keys.remember("nmr", 22, "ssh-ed25519 AAAABBBB");
      keys.remember("nmr", 22, "ssh-ed25519 AAAABBBB");
      keys.remember("nmr", 2222, "ssh-ed25519 AAAACCCC");

      assertThatThrownBy(() -> keys.remember("nmr", 22, "ssh-ed25519 AAAADDDD"))
          .isInstanceOfSatisfying(
              EntrepotException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_HOST_KEY_CHANGED))
          .hasMessageContaining("nmr:22");
      assertThat(keys.of("nmr", 22)).hasValue("ssh-ed25519 AAAABBBB");
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void an_account_in_use_is_not_deleted(Database database) {
    try (database) {
      ServiceAccounts accounts = new ServiceAccounts(database, tools(database, List.of()));
      Id id =
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

      assertThatThrownBy(() -> accounts.delete(Actor.HOUSE, id, _ -> List.of("NMR 600")))
          .isInstanceOfSatisfying(
              EntrepotException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.IN_USE))
          .hasMessageContaining("NMR 600");
      accounts.update(
          Actor.HOUSE,
          id,
          old -> new ServiceAccountDraft(old.name(), "svc2", null, old.authType(), old.secret()));
      assertThat(accounts.live(id).username()).isEqualTo("svc2");
      assertThat(accounts.secret(id).password()).isEqualTo("p");
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void an_account_with_a_host_key_that_is_none_is_refused(Database database) {
    try (database) {
      ServiceAccounts accounts = new ServiceAccounts(database, tools(database, List.of()));
      String good = "SHA256:" + "a".repeat(43);
      Id id = accounts.create(Actor.HOUSE, pinned(good)).id();

      for (String wrong : List.of("nonsense", "ssh-ed25519 AAAAB")) {
        assertThatThrownBy(() -> accounts.create(Actor.HOUSE, pinned(wrong)))
            .isInstanceOfSatisfying(
                InvalidFieldsException.class,
                e -> assertThat(e.problems().getFirst().path()).containsExactly("host_key"));
        assertThatThrownBy(() -> accounts.update(Actor.HOUSE, id, _ -> pinned(wrong)))
            .isInstanceOf(InvalidFieldsException.class);
      }
      assertThat(accounts.secret(id).hostKey()).isEqualTo(good);
    }
  }

  private static ServiceAccountDraft pinned(String hostKey) {
    return new ServiceAccountDraft(
        "nmr", "svc", null, AuthType.PASSWORD, _ -> new AccountSecret("p", null, null, hostKey));
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void names_and_paths_that_do_not_fit_are_refused_by_field(Database database) {
    try (database) {
      StorageLocations locations = new StorageLocations(database, tools(database, List.of()));
      StorageLocationDraft name =
          new StorageLocationDraft("n".repeat(256), StorageType.POSIX, "/a", null, true);
      assertThatThrownBy(() -> locations.create(Actor.HOUSE, name))
          .isInstanceOfSatisfying(
              InvalidFieldsException.class,
              e -> assertThat(e.problems().getFirst().path()).containsExactly("name"));
      assertThatThrownBy(() -> locations.create(Actor.HOUSE, posix("/" + "p".repeat(1024))))
          .isInstanceOfSatisfying(
              InvalidFieldsException.class,
              e -> assertThat(e.problems().getFirst().path()).containsExactly("base_path"));
      assertThat(locations.create(Actor.HOUSE, posix("/" + "p/".repeat(200))).usable()).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void changes_made_at_the_same_time_build_upon_each_other(Database database) throws Exception {
    int people = 4;
    int changes = 5;
    try (database;
        ExecutorService threads = Executors.newFixedThreadPool(people)) {
      StorageLocations locations = new StorageLocations(database, tools(database, List.of()));
      Id id = locations.create(Actor.HOUSE, named(s3(complete("x")), "0")).id();
      Callable<Void> person =
          () -> {
            for (int i = 0; i < changes; i++) {
              locations.update(
                  Actor.HOUSE,
                  id,
                  old -> named(old, String.valueOf(Integer.parseInt(old.name()) + 1)));
            }
            return null;
          };
      for (Future<Void> done : threads.invokeAll(Collections.nCopies(people, person))) {
        done.get();
      }
      assertThat(locations.live(id).name()).isEqualTo(String.valueOf(people * changes));
    }
  }

  private static StorageLocationDraft named(StorageLocationDraft draft, String name) {
    return new StorageLocationDraft(
        name, draft.type(), draft.basePath(), draft.config(), draft.enabled());
  }

  @Test
  void a_link_put_on_the_way_after_a_path_was_confined_is_not_followed() throws IOException {
    Path root = Files.createDirectories(folder.toRealPath().resolve("root"));
    Path place = Files.createDirectories(root.resolve("line"));
    Files.createFile(Files.createDirectory(folder.resolve("outside")).resolve("secret"));
    try (Database database = TestDatabases.sqlite()) {
      PlaceTools tools = tools(database, List.of(root));
      Connectors connectors =
          new Connectors(
              database,
              new ServiceAccounts(database, tools),
              tools,
              _ -> List.of(),
              new StoreMetrics(System::nanoTime));
      RemotePlace remote =
          new RemotePlace(Transport.POSIX, "", 0, "", place.toString(), null, null);
      try (Store store = connectors.open(remote)) {
        Files.delete(place);
        Files.createSymbolicLink(place, folder.resolve("outside"));
        assertThatThrownBy(() -> store.stat(new ObjectPath("secret")))
            .isInstanceOfSatisfying(
                EntrepotException.class,
                e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_ROOT_MISSING));
      }
    }
  }

  @Test
  void a_marker_that_was_half_written_lies_where_the_next_run_sweeps() throws IOException {
    Path place = Files.createDirectory(folder.resolve("place"));
    try (Database database = TestDatabases.sqlite();
        Store local = LocalStore.open(new LocalSettings(place), ids);
        FaultyStore store = new FaultyStore(local)) {
      StorageLocation location =
          new StorageLocations(database, tools(database, List.of()))
              .create(Actor.HOUSE, posix(place.toString()));
      FolderMarks marks = new FolderMarks(database, _ -> List.of(), ids);
      store.failWhen((verb, _) -> verb == Operation.PUBLISH, ErrorCode.STORE_UNREACHABLE);

      assertThatThrownBy(() -> marks.mark(location, store)).isInstanceOf(StoreException.class);
      assertThat(marks.isMarked(location)).isFalse();
      assertThat(place.toFile().list()).containsExactly(Staging.FOLDER.text());

      store.heal();
      marks.mark(location, store);
      assertThat(Staging.reclaim(store, NOW.plusSeconds(1))).isEqualTo(1);
      assertThat(marks.isMarked(location)).isTrue();
      assertThat(place.resolve(StorageLocation.MARKER)).isNotEmptyFile();
    }
  }

  @Test
  void of_two_file_systems_on_one_point_the_later_counts_and_names_are_decoded() {
    List<String> table =
        List.of(
            "/dev/a / ext4 rw 0 0",
            "auto /data autofs rw 0 0",
            "host:/d /data nfs4 rw 0 0",
            "host:/e /odd\\040a\\011b\\012c\\134040 nfs rw 0 0",
            "host:/f /covered nfs rw 0 0",
            "/dev/b /covered ext4 rw 0 0");
    assertThat(Mounts.isOnNfs(Path.of("/data/line"), table)).isTrue();
    assertThat(Mounts.isOnNfs(Path.of("/odd a\tb\nc\\040/x"), table)).isTrue();
    assertThat(Mounts.isOnNfs(Path.of("/covered/x"), table)).isFalse();
    assertThat(Mounts.isOnNfs(Path.of("/elsewhere"), table)).isFalse();
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.local;

import static io.entrepot.storage.StoreExam.codeOf;
import static io.entrepot.storage.StoreExam.path;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entrepot.base.ErrorCode;
import io.entrepot.storage.FolderListing;
import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.ObjectStat;
import io.entrepot.storage.ReadOptions;
import io.entrepot.storage.Renaming;
import io.entrepot.storage.Store;
import io.entrepot.storage.TestIds;
import io.entrepot.storage.WriteMode;
import io.entrepot.storage.WriteOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a local folder promises beyond the exam. */
final class LocalStoreTest {

  @TempDir Path outer;

  private Path base() throws IOException {
    return Files.createDirectories(outer.resolve("base"));
  }

  private static void put(Store store, String name, int size) {
    store.write(path(name), new ByteArrayInputStream(new byte[size]), WriteOptions.replace(size));
  }

  @Test
  void a_base_that_was_removed_is_missing_not_empty() throws IOException {
    try (Store store = LocalStore.open(base(), TestIds.NEW)) {
      assertThat(store.stat(path("file"))).isEmpty();
      Files.delete(base());
      assertMissing(store);
    }
  }

  @Test
  void a_base_that_was_replaced_is_missing_not_empty() throws IOException {
    try (Store store = LocalStore.open(base(), TestIds.NEW)) {
      put(store, "file", 3);
      Files.move(base(), outer.resolve("moved"));
      Path replacement = base();
      assertMissing(store);
      assertThat(replacement).isEmptyDirectory();
    }
  }

  private static void assertMissing(Store store) {
    List<Renaming> batch = List.of(new Renaming(path("a"), path("b")));
    for (var verb :
        List.<ThrowingCallable>of(
            () -> store.list(ObjectPath.BASE),
            () -> store.stat(path("absent")),
            () -> store.statEach(List.of(path("absent"), path("no/such"))),
            () -> store.read(path("absent"), ReadOptions.WHOLE),
            () -> put(store, "a/new", 1),
            () -> store.delete(path("absent")),
            () -> store.publish(batch))) {
      assertThat(codeOf(verb)).isEqualTo(ErrorCode.STORE_ROOT_MISSING);
    }
  }

  @Test
  void a_base_without_its_marker_is_missing() throws IOException {
    try (Store store = LocalStore.open(new LocalSettings(base(), ".mounted"), TestIds.NEW)) {
      assertThat(codeOf(() -> store.list(ObjectPath.BASE))).isEqualTo(ErrorCode.STORE_ROOT_MISSING);
      Files.createFile(base().resolve(".mounted"));
      try (FolderListing listing = store.list(ObjectPath.BASE)) {
        assertThat(listing.next().path()).isEqualTo(path(".mounted"));
      }
      Files.delete(base().resolve(".mounted"));
      assertThat(codeOf(() -> store.list(ObjectPath.BASE))).isEqualTo(ErrorCode.STORE_ROOT_MISSING);
    }
  }

  @Test
  void a_base_that_appears_later_is_found() throws IOException {
    try (Store store = LocalStore.open(outer.resolve("base"), TestIds.NEW)) {
      assertThat(codeOf(() -> store.stat(path("file")))).isEqualTo(ErrorCode.STORE_ROOT_MISSING);
      base();
      put(store, "file", 1);
      assertThat(base().resolve("file")).hasSize(1);
    }
  }

  @Test
  void a_durable_write_is_never_seen_unfinished() throws IOException {
    Path target = base().resolve("file");
    try (Store store = LocalStore.open(base(), TestIds.NEW)) {
      for (WriteMode mode : WriteMode.values()) {
        Files.deleteIfExists(target);
        InputStream looking =
            new ByteArrayInputStream(new byte[1_000_000]) {
              @Override
              public synchronized int read(byte[] into, int off, int length) {
                assertThat(target).doesNotExist();
                return super.read(into, off, length);
              }
            };
        store.write(path("file"), looking, new WriteOptions(mode, 1_000_000, true));
        assertThat(target).hasSize(1_000_000);
      }
    }
  }

  @Test
  void times_are_kept_to_the_nanosecond_and_before_1970() throws IOException {
    try (Store store = LocalStore.open(base(), TestIds.NEW)) {
      put(store, "file", 1);
      for (String time : List.of("2024-05-06T07:08:09.123456789Z", "1931-01-01T00:00:00.5Z")) {
        store.setModified(path("file"), Instant.parse(time));
        assertThat(store.stat(path("file")).orElseThrow().modified()).isEqualTo(time);
      }
    }
  }

  @Test
  void a_rewrite_in_place_with_its_old_time_set_back_shows_in_the_fingerprint() throws Exception {
    try (Store store = LocalStore.open(base(), TestIds.NEW)) {
      put(store, "file", 5);
      ObjectStat before = store.stat(path("file")).orElseThrow();
      Path file = base().resolve("file");
      FileTime modified = Files.getLastModifiedTime(file);
      ObjectStat after;
      do {
        Files.write(file, new byte[] {5, 4, 3, 2, 1});
        Files.setLastModifiedTime(file, modified);
        after = store.stat(path("file")).orElseThrow();
        // Older kernels step their clock every few milliseconds.
      } while (after.fingerprint().equals(before.fingerprint()));
      assertThat(after.size()).isEqualTo(before.size());
      assertThat(after.sameVersion(before)).isFalse();
    }
  }

  @Test
  void names_that_are_no_text_are_the_bytes_on_disk() throws Exception {
    byte[] name = {'x', (byte) 0xe9, (byte) 0xff};
    try (Store store = LocalStore.open(base(), TestIds.NEW)) {
      store.write(ObjectPath.ofBytes(name), InputStream.nullInputStream(), WriteOptions.create(0));
      Process ls = new ProcessBuilder("ls", "-b", base().toString()).start();
      String seen = new String(ls.getInputStream().readAllBytes(), US_ASCII);
      assertThat(seen.strip()).isEqualTo("x\\351\\377");
    }
  }

  @Test
  void a_store_used_after_close_refuses() throws IOException {
    Store store = LocalStore.open(base(), TestIds.NEW);
    put(store, "file", 1);
    store.close();
    store.close();
    assertThatThrownBy(() -> store.stat(path("file"))).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void nothing_stays_open() throws IOException {
    try (Store store = LocalStore.open(base(), TestIds.NEW)) {
      put(store, "a/b/file", 10);
      long before = openDescriptors();
      for (int i = 0; i < 50; i++) {
        String name = "a/" + i + "/file";
        put(store, name, 10);
        store.publish(List.of(new Renaming(path(name), path("c/" + i + "/file"))));
        assertThat(codeOf(() -> store.publish(List.of(new Renaming(path(name), path("x/y"))))))
            .isEqualTo(ErrorCode.STORE_NOT_FOUND);
        store.stat(path("c/" + i + "/file")).orElseThrow();
        assertThat(store.statEach(List.of(path("c/" + i + "/file"), path("a/b/file"), path("a"))))
            .allMatch(Optional::isPresent);
        assertThat(codeOf(() -> store.read(path("a/b"), ReadOptions.WHOLE)))
            .isEqualTo(ErrorCode.STORE_NOT_FOUND);
        assertThat(codeOf(() -> store.delete(path("c")))).isEqualTo(ErrorCode.CONFLICT_STATE);
        store.delete(path("c/" + i + "/file"));
      }
      assertThat(openDescriptors()).isLessThan(before + 20);
    }
  }

  private static long openDescriptors() throws IOException {
    try (var open = Files.list(Path.of("/proc/self/fd"))) {
      return open.count();
    }
  }

  @Test
  void denied_access_is_told_as_such() {
    // The kernel's own tree: nobody may make files there, not even root.
    try (Store store = LocalStore.open(Path.of("/sys"), TestIds.NEW)) {
      assertThat(codeOf(() -> put(store, "file", 1))).isEqualTo(ErrorCode.STORE_ACCESS_DENIED);
    }
  }

  private static final List<Function<LocalSettings, Store>> KINDS =
      List.of(
          settings -> LocalStore.open(settings, TestIds.NEW),
          settings -> new PortableStore(settings, TestIds.NEW));

  @Test
  void a_link_put_on_the_way_to_an_exact_base_before_it_is_opened_is_not_followed()
      throws IOException {
    Path above = Files.createDirectory(outer.toRealPath().resolve("above"));
    Path base = Files.createDirectory(above.resolve("base"));
    Files.createDirectories(outer.resolve("elsewhere/base"));
    Files.createFile(outer.resolve("elsewhere/base/file"));
    for (Function<LocalSettings, Store> kind : KINDS) {
      try (Store store = kind.apply(new LocalSettings(base, "", true))) {
        Files.move(above, outer.resolve("aside"));
        Files.createSymbolicLink(above, outer.resolve("elsewhere"));
        assertThat(codeOf(() -> store.stat(path("file")))).isEqualTo(ErrorCode.STORE_ROOT_MISSING);
        try (Store following = kind.apply(new LocalSettings(base))) {
          assertThat(following.stat(path("file"))).isPresent();
        }
        Files.delete(above);
        Files.move(outer.resolve("aside"), above);
        assertThat(store.stat(path("file"))).isEmpty();
      }
    }
  }

  @Test
  void a_change_that_fails_was_not_written_and_a_file_is_no_folder() throws IOException {
    Files.createSymbolicLink(base().resolve("link"), outer);
    try (Store store = KINDS.getFirst().apply(new LocalSettings(base()))) {
      assertThatThrownBy(() -> store.setModified(path("link/x"), Instant.EPOCH))
          .hasMessageContaining("was not written");
    }
    for (Function<LocalSettings, Store> kind : KINDS) {
      try (Store store = kind.apply(new LocalSettings(base()))) {
        put(store, "file", 1);
        assertThat(codeOf(() -> store.setModified(path("file/x"), Instant.EPOCH)))
            .isEqualTo(ErrorCode.STORE_NOT_FOUND);
      }
    }
    try (Store store = KINDS.getLast().apply(new LocalSettings(base()))) {
      for (ThrowingCallable verb :
          List.<ThrowingCallable>of(
              () -> store.setModified(path("absent"), Instant.EPOCH),
              () -> store.flush(path("absent")))) {
        assertThatThrownBy(verb).hasMessageContaining("was not written");
      }
    }
  }

  @Test
  void a_base_that_cannot_be_judged_does_not_stay_open() throws IOException {
    LocalSettings unjudged = new LocalSettings(base(), "m".repeat(300));
    try (Store store = new PortableStore(unjudged, TestIds.NEW)) {
      long before = openDescriptors();
      for (int i = 0; i < 50; i++) {
        assertThat(codeOf(() -> store.stat(path("file")))).isEqualTo(ErrorCode.NAME_REFUSED);
      }
      assertThat(openDescriptors()).isLessThan(before + 20);
    }
  }
}

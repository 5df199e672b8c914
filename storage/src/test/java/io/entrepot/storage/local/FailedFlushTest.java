// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.local;

import static io.entrepot.storage.StoreExam.codeOf;
import static io.entrepot.storage.StoreExam.path;
import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.base.ErrorCode;
import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.ReadOptions;
import io.entrepot.storage.Renaming;
import io.entrepot.storage.Store;
import io.entrepot.storage.TestIds;
import io.entrepot.storage.WriteOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After the medium failed to take what was written, success is never claimed again. */
final class FailedFlushTest {

  private static final int EIO = 5;

  @TempDir Path base;
  private final Medium medium = new Medium();
  private Store store;
  private int filesAllowed = Integer.MAX_VALUE;
  private int volumesAllowed = Integer.MAX_VALUE;
  private int flushes;
  private boolean closesTooEarly;

  @BeforeEach
  void open() {
    store = opened();
  }

  private Store opened() {
    Durability.Flush flush =
        new Durability.Flush() {
          @Override
          public int file(Frame frame, int descriptor) {
            flushes++;
            if (closesTooEarly) {
              closesTooEarly = false;
              Libc.close(frame, descriptor);
              return 0;
            }
            return filesAllowed-- > 0 ? Libc.fsync(frame, descriptor) : -EIO;
          }

          @Override
          public int volume(Frame frame, int descriptor) {
            flushes++;
            return volumesAllowed-- > 0 ? Libc.syncfs(frame, descriptor) : -EIO;
          }
        };
    return new LocalStore(new LocalSettings(base), TestIds.NEW, flush, medium);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void stage(String name) {
    store.write(path(name), InputStream.nullInputStream(), WriteOptions.staged(0));
  }

  private void assertReadOnlyFromNowOn() throws IOException {
    filesAllowed = Integer.MAX_VALUE;
    volumesAllowed = Integer.MAX_VALUE;
    List<ThrowingCallable> changes =
        List.of(
            () -> stage("later"),
            () -> store.delete(path("kept")),
            () -> store.setModified(path("kept"), Instant.EPOCH),
            () -> store.publish(List.of(new Renaming(path("kept"), path("b")))));
    for (ThrowingCallable change : changes) {
      assertThat(codeOf(change)).isEqualTo(ErrorCode.STORE_READ_ONLY);
    }
    try (InputStream in = store.read(path("kept"), ReadOptions.WHOLE)) {
      assertThat(in.readAllBytes()).isEmpty();
    }
    store.list(ObjectPath.BASE).close();
  }

  @Test
  void a_failed_flush_of_a_file_makes_the_store_read_only() throws IOException {
    stage("kept");
    filesAllowed = 0;
    assertThat(
            codeOf(
                () ->
                    store.write(
                        path("file"), InputStream.nullInputStream(), WriteOptions.replace(0))))
        .isEqualTo(ErrorCode.STORE_READ_ONLY);
    assertThat(store.stat(path("file"))).isEmpty();
    assertReadOnlyFromNowOn();
  }

  @Test
  void a_store_that_is_opened_after_a_failed_flush_of_its_medium_changes_nothing()
      throws IOException {
    stage("kept");
    filesAllowed = 0;
    assertThat(
            codeOf(
                () ->
                    store.write(
                        path("file"), InputStream.nullInputStream(), WriteOptions.replace(0))))
        .isEqualTo(ErrorCode.STORE_READ_ONLY);
    store.close();
    store = opened();
    assertReadOnlyFromNowOn();
    assertThat(medium.failure()).isPresent();
  }

  @Test
  void a_file_whose_closing_fails_never_stands_under_its_name() throws IOException {
    store.write(path("kept"), new ByteArrayInputStream(new byte[] {1}), WriteOptions.replace(1));
    closesTooEarly = true;
    assertThat(
            codeOf(
                () ->
                    store.write(
                        path("kept"), InputStream.nullInputStream(), WriteOptions.replace(0))))
        .isEqualTo(ErrorCode.STORE_WRITE_FAILED);
    assertThat(store.stat(path("kept")).orElseThrow().size()).isEqualTo(1);
    try (Stream<Path> there = Files.list(base)) {
      assertThat(there).containsExactly(base.resolve("kept"));
    }
  }

  @Test
  void a_failed_flush_of_the_volume_publishes_nothing() throws IOException {
    stage("kept");
    stage("one");
    stage("two");
    volumesAllowed = 0;
    List<Renaming> batch =
        List.of(new Renaming(path("one"), path("a/one")), new Renaming(path("two"), path("a/two")));
    assertThat(codeOf(() -> store.publish(batch))).isEqualTo(ErrorCode.STORE_READ_ONLY);
    assertThat(store.stat(path("a/one"))).isEmpty();
    assertThat(store.stat(path("one"))).isPresent();
    assertReadOnlyFromNowOn();
  }

  @Test
  void a_failed_flush_of_a_folder_is_no_success() throws IOException {
    stage("kept");
    stage("one");
    filesAllowed = 1;
    assertThat(codeOf(() -> store.publish(List.of(new Renaming(path("one"), path("two"))))))
        .isEqualTo(ErrorCode.STORE_READ_ONLY);
    assertReadOnlyFromNowOn();
  }

  @Test
  void a_file_somebody_else_wrote_is_flushed_with_all_folders_above_it() throws IOException {
    Path file = base.resolve("a/b/kept");
    Files.createDirectories(file.getParent());
    Files.write(file, new byte[] {1});
    store.flush(path("a/b/kept"));
    // The file, its folder, the one above, and the base.
    assertThat(flushes).isEqualTo(4);
    stage("kept");
    filesAllowed = 2;
    assertThat(codeOf(() -> store.flush(path("a/b/kept")))).isEqualTo(ErrorCode.STORE_READ_ONLY);
    assertReadOnlyFromNowOn();
  }

  @Test
  void staging_flushes_nothing_and_a_batch_flushes_a_few_times() {
    List<Renaming> batch = new java.util.ArrayList<>();
    for (int i = 0; i < 200; i++) {
      stage("staging/" + i);
      batch.add(new Renaming(path("staging/" + i), path("final/" + i)));
    }
    assertThat(flushes).isZero();
    store.publish(batch);
    // The volume, the two folders, and the base in which they were made.
    assertThat(flushes).isEqualTo(4);
  }

  @Test
  void new_folders_are_flushed_up_to_the_base() {
    stage("a/b/c/staged");
    assertThat(flushes).isZero();
    store.publish(List.of(new Renaming(path("a/b/c/staged"), path("a/b/c/final"))));
    // The file, its folder, and the three in which folders were made.
    assertThat(flushes).isEqualTo(5);
    flushes = 0;
    stage("a/b/c/next");
    store.publish(List.of(new Renaming(path("a/b/c/next"), path("a/b/c/last"))));
    assertThat(flushes).isEqualTo(2);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.local;

import static io.entrepot.storage.StoreExam.codeOf;
import static io.entrepot.storage.StoreExam.path;
import static java.lang.Thread.State.WAITING;
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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
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
  private volatile @Nullable IntSupplier toldOfVolume;

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
            IntSupplier told = toldOfVolume;
            if (told != null) {
              return told.getAsInt();
            }
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
  void no_other_batch_is_published_when_the_kernel_has_told_of_a_failed_flush_once()
      throws Exception {
    CountDownLatch consumed = new CountDownLatch(1);
    CountDownLatch noted = new CountDownLatch(1);
    AtomicInteger asked = new AtomicInteger();
    toldOfVolume =
        () -> {
          if (asked.getAndIncrement() > 0) {
            return 0;
          }
          consumed.countDown();
          // As long as nobody knows of the failure another thread must not hear of success.
          awaitAtMostASecond(noted);
          return -EIO;
        };
    for (String name : List.of("a1", "a2", "b1", "b2")) {
      stage(name);
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      Future<ErrorCode> first = threads.submit(() -> codeOf(() -> store.publish(batch("a"))));
      Future<ErrorCode> second =
          threads.submit(
              () -> {
                consumed.await();
                ErrorCode refused = codeOf(() -> store.publish(batch("b")));
                noted.countDown();
                return refused;
              });
      assertThat(second.get()).isEqualTo(ErrorCode.STORE_READ_ONLY);
      assertThat(first.get()).isEqualTo(ErrorCode.STORE_READ_ONLY);
    }
    assertThat(store.stat(path("final/b1"))).isEmpty();
    assertThat(store.stat(path("b1"))).isPresent();
  }

  private static List<Renaming> batch(String letter) {
    return Stream.of("1", "2")
        .map(number -> letter + number)
        .map(name -> new Renaming(path(name), path("final/" + name)))
        .toList();
  }

  private static void awaitAtMostASecond(CountDownLatch latch) {
    try {
      boolean ignored = latch.await(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void threads_that_wait_for_the_volume_share_one_flush() throws Exception {
    List<Thread> publishing = new CopyOnWriteArrayList<>();
    AtomicInteger asked = new AtomicInteger();
    toldOfVolume =
        () -> {
          if (asked.getAndIncrement() == 0) {
            while (publishing.stream().filter(each -> each.getState() == WAITING).count() < 4) {
              Thread.onSpinWait();
            }
          }
          return 0;
        };
    for (int i = 1; i <= 5; i++) {
      stage("x" + i + "1");
      stage("x" + i + "2");
    }
    for (int i = 1; i <= 5; i++) {
      String letter = "x" + i;
      publishing.add(Thread.ofPlatform().start(() -> store.publish(batch(letter))));
    }
    for (Thread each : publishing) {
      each.join();
    }
    assertThat(asked).hasValue(2);
    for (int i = 1; i <= 5; i++) {
      assertThat(store.stat(path("final/x" + i + "2"))).isPresent();
    }
  }

  @Test
  void after_a_volume_found_no_room_each_file_is_asked_for() {
    int noSpace = 28;
    toldOfVolume = () -> -noSpace;
    for (String name : List.of("a1", "a2", "b1", "b2")) {
      stage(name);
    }
    assertThat(codeOf(() -> store.publish(batch("a")))).isEqualTo(ErrorCode.STORE_FULL);
    toldOfVolume = () -> 0;
    filesAllowed = 1;
    assertThat(codeOf(() -> store.publish(batch("b")))).isEqualTo(ErrorCode.STORE_READ_ONLY);
    assertThat(store.stat(path("final/b1"))).isEmpty();
  }

  @Test
  void what_was_staged_before_a_failure_stays_unpublished_when_the_medium_is_well_again() {
    stage("kept");
    filesAllowed = 0;
    assertThat(codeOf(() -> store.flush(path("kept")))).isEqualTo(ErrorCode.STORE_READ_ONLY);
    filesAllowed = Integer.MAX_VALUE;
    medium.learn(new Medium(), medium.failure());
    assertThat(medium.failure()).isEmpty();
    assertThat(codeOf(() -> store.publish(List.of(new Renaming(path("kept"), path("b"))))))
        .isEqualTo(ErrorCode.STORE_READ_ONLY);
    store.close();
    store = opened();
    stage("again");
    store.publish(List.of(new Renaming(path("again"), path("b"))));
  }

  @Test
  void staging_flushes_nothing_and_a_batch_flushes_a_few_times() {
    List<Renaming> batch = new ArrayList<>();
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

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage;

import static io.entrepot.storage.StoreExam.bytes;
import static io.entrepot.storage.StoreExam.codeOf;
import static io.entrepot.storage.StoreExam.path;
import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.base.ErrorCode;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Many threads at once, and threads that are interrupted. */
public interface ThreadContract extends StoreExam {

  private static <T> List<T> together(int threads, ThreadTask<T> task) throws Exception {
    CyclicBarrier start = new CyclicBarrier(threads);
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      List<Future<T>> futures = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        int number = i;
        Callable<T> call =
            () -> {
              start.await();
              return task.run(number);
            };
        futures.add(pool.submit(call));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    }
  }

  /** What one of several threads does. */
  interface ThreadTask<T> {
    T run(int number) throws Exception;
  }

  @Test
  default void many_threads_work_in_the_same_folders() throws Exception {
    together(
        6,
        thread -> {
          for (int i = 0; i < 15; i++) {
            ObjectPath file = path("shared/" + i + "/deep/file-" + thread);
            byte[] content = bytes(thread * 100L + i, 5_000 + i);
            put(file, content);
            assertThat(get(file)).isEqualTo(content);
            assertThat(namesIn(path("shared/" + i + "/deep"))).contains("file-" + thread);
            if (i % 2 == 0) {
              store().delete(file);
            }
          }
          return thread;
        });
    assertThat(namesIn(path("shared/1/deep"))).hasSize(6);
    assertThat(store().stat(path("shared/2/deep/file-0"))).isEmpty();
  }

  @Test
  default void of_several_creators_one_wins() throws Exception {
    if (!can(Capability.CONDITIONAL_CREATE)) {
      return;
    }
    for (int round = 0; round < 10; round++) {
      ObjectPath file = path("race/" + round);
      List<Boolean> won =
          together(
              4,
              thread -> {
                byte[] content = bytes(thread, 20_000);
                try {
                  store()
                      .write(file, new ByteArrayInputStream(content), WriteOptions.create(20_000));
                  return true;
                } catch (StoreException e) {
                  assertThat(e.code()).isEqualTo(ErrorCode.ALREADY_EXISTS);
                  return false;
                }
              });
      assertThat(won).containsOnlyOnce(true);
      assertThat(get(file)).isEqualTo(bytes(won.indexOf(true), 20_000));
      assertThat(namesIn(path("race"))).hasSize(round + 1);
    }
  }

  @Test
  default void of_several_replacers_one_is_there_whole() throws Exception {
    together(
        4,
        thread -> {
          for (int i = 0; i < 10; i++) {
            put(path("file"), bytes(thread, 30_000));
          }
          return thread;
        });
    assertThat(List.of(bytes(0, 30_000), bytes(1, 30_000), bytes(2, 30_000), bytes(3, 30_000)))
        .contains(get(path("file")));
    assertThat(namesIn(ObjectPath.BASE)).containsExactly("file");
  }

  @Test
  default void of_several_publishers_one_wins() throws Exception {
    if (!can(Capability.PUBLISH)) {
      return;
    }
    for (int i = 0; i < 4; i++) {
      put(path("staged-" + i), new byte[] {(byte) i});
    }
    List<Boolean> won =
        together(
            4,
            thread -> {
              try {
                store().publish(List.of(new Renaming(path("staged-" + thread), path("a/final"))));
                return true;
              } catch (StoreException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.ALREADY_EXISTS);
                return false;
              }
            });
    assertThat(won).containsOnlyOnce(true);
    assertThat(get(path("a/final"))).containsExactly(won.indexOf(true));
    assertThat(namesIn(ObjectPath.BASE)).hasSize(4);
  }

  @Test
  default void an_interrupted_thread_is_cancelled_and_stays_interrupted() {
    put(path("file"), bytes(1, 100));
    List<ThrowingCallable> verbs =
        List.of(
            () -> store().stat(path("file")),
            () -> namesIn(ObjectPath.BASE),
            () -> get(path("file")),
            () -> put(path("new"), new byte[5]),
            () -> store().delete(path("file")));
    for (ThrowingCallable verb : verbs) {
      Thread.currentThread().interrupt();
      try {
        assertThat(codeOf(verb)).isEqualTo(ErrorCode.CANCELLED);
      } finally {
        assertThat(Thread.interrupted()).isTrue();
      }
    }
    assertThat(namesIn(ObjectPath.BASE)).containsExactly("file");
    assertThat(get(path("file"))).isEqualTo(bytes(1, 100));
  }

  @Test
  default void a_write_interrupted_half_way_leaves_nothing() {
    for (WriteOptions options :
        List.of(WriteOptions.replace(3_000_000), WriteOptions.staged(3_000_000))) {
      InputStream interrupting =
          new ByteArrayInputStream(new byte[3_000_000]) {
            @Override
            public synchronized int read(byte[] b, int off, int len) {
              if (pos > 1_000_000) {
                Thread.currentThread().interrupt();
              }
              return super.read(b, off, Math.min(len, 65_536));
            }
          };
      try {
        assertThat(codeOf(() -> store().write(path("file"), interrupting, options)))
            .isEqualTo(ErrorCode.CANCELLED);
      } finally {
        assertThat(Thread.interrupted()).isTrue();
      }
      assertThat(children(ObjectPath.BASE)).isEmpty();
    }
  }

  @Test
  default void a_read_interrupted_half_way_is_cancelled() throws Exception {
    put(path("file"), new byte[3_000_000]);
    try (InputStream in = store().read(path("file"), ReadOptions.WHOLE)) {
      assertThat(in.readNBytes(100_000)).hasSize(100_000);
      Thread.currentThread().interrupt();
      try {
        assertThat(codeOf(in::readAllBytes)).isEqualTo(ErrorCode.CANCELLED);
      } finally {
        assertThat(Thread.interrupted()).isTrue();
      }
    }
  }
}

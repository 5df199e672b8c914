// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.decorator;

import static io.entrepot.storage.StoreExam.bytes;
import static io.entrepot.storage.StoreExam.codeOf;
import static io.entrepot.storage.StoreExam.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entrepot.base.ErrorCode;
import io.entrepot.storage.ObjectStat;
import io.entrepot.storage.ReadOptions;
import io.entrepot.storage.Reading;
import io.entrepot.storage.Store;
import io.entrepot.storage.WriteOptions;
import io.entrepot.storage.memory.MemoryStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A store that is read no faster than it may be. Time passes only while somebody waits. */
final class ThrottledStoreTest {

  private static final int RATE = 10_000;
  private static final Duration TENTH = Duration.ofMillis(100);

  private final MemoryStore memory = new MemoryStore(InstantSource.fixed(Instant.EPOCH));
  private long now = Long.MAX_VALUE - 1_000_000_000L; // it may run over
  private long waited;
  private long longest;
  private Runnable meanwhile = () -> {};

  private final Store store = new ThrottledStore(memory, RATE, () -> now, this::pass);

  private void pass(Duration time) {
    meanwhile.run();
    now += time.toNanos();
    waited += time.toNanos();
    longest = Math.max(longest, time.toNanos());
  }

  private ObjectStat put(String name, byte[] content) {
    return memory.write(
        path(name), new ByteArrayInputStream(content), WriteOptions.replace(content.length));
  }

  private InputStream open(String name) {
    return store.read(path(name), ReadOptions.WHOLE);
  }

  private void waitedFor(Duration time) {
    assertThat(Duration.ofNanos(waited)).isBetween(time.minus(TENTH), time);
  }

  @Test
  void a_file_takes_as_long_as_its_size_over_the_limit() throws IOException {
    put("file", bytes(1, 50_000));
    try (InputStream in = open("file")) {
      assertThat(in.readAllBytes()).isEqualTo(bytes(1, 50_000));
    }
    waitedFor(Duration.ofSeconds(5));
  }

  @Test
  void two_streams_at_once_share_one_limit() throws IOException {
    put("a", bytes(1, 20_000));
    put("b", bytes(2, 20_000));
    byte[] into = new byte[20_000];
    try (InputStream a = open("a");
        InputStream b = open("b")) {
      int left = 40_000;
      while (left > 0) {
        left -= a.read(into);
        left -= b.read(into);
      }
    }
    waitedFor(Duration.ofSeconds(4));
  }

  @Test
  void who_comes_while_others_wait_brings_less_so_that_nobody_waits_long() throws IOException {
    put("a", bytes(1, 20_000));
    put("b", bytes(2, 20_000));
    byte[] into = new byte[20_000];
    try (InputStream a = open("a");
        InputStream b = open("b")) {
      assertThat(a.read(into)).isEqualTo(RATE / 10); // from what nobody had used
      int[] got = {0};
      meanwhile =
          () -> {
            meanwhile = () -> {};
            got[0] = read(b, into);
          };
      assertThat(a.read(into)).isEqualTo(RATE / 10);
      assertThat(got[0]).isEqualTo(RATE / 20);
    }
  }

  private static int read(InputStream in, byte[] into) {
    try {
      return in.read(into);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void no_wait_is_longer_than_a_tenth_of_a_second() throws IOException {
    put("file", bytes(1, 50_000));
    try (InputStream in = open("file")) {
      while (in.read(new byte[50_000]) > 0) {
        assertThat(waited).isLessThanOrEqualTo(TENTH.toNanos());
        waited = 0;
      }
    }
  }

  @Test
  void of_many_who_come_at_once_each_brings_its_share_and_none_waits_long() throws IOException {
    int many = 20;
    InputStream[] streams = new InputStream[many];
    for (int i = 0; i < many; i++) {
      put("file-" + i, bytes(i, 20_000));
      streams[i] = open("file-" + i);
    }
    int[] next = {1};
    List<Integer> portions = new ArrayList<>();
    meanwhile =
        () -> {
          if (next[0] < many) {
            portions.add(read(streams[next[0]++], new byte[20_000]));
          }
        };
    read(streams[0], new byte[20_000]); // from what nobody had used
    read(streams[0], new byte[20_000]);
    assertThat(portions).hasSize(many - 1).contains(RATE / 10 / many);
    assertThat(longest).isLessThan(4 * TENTH.toNanos());
  }

  @Test
  void what_was_long_unused_is_lost() throws IOException {
    put("file", bytes(1, 10_000));
    now += Duration.ofHours(1).toNanos();
    try (InputStream in = open("file")) {
      in.readAllBytes();
    }
    waitedFor(Duration.ofSeconds(1));
  }

  @Test
  void files_in_turn_are_within_the_limit_too() throws IOException {
    ObjectStat a = put("a", bytes(1, 10_000));
    ObjectStat b = put("b", bytes(2, 10_000));
    try (Reading reading = store.readEach(List.of(a, b))) {
      assertThat(reading.next().readAllBytes()).isEqualTo(bytes(1, 10_000));
      assertThat(reading.next().readAllBytes()).isEqualTo(bytes(2, 10_000));
    }
    waitedFor(Duration.ofSeconds(2));
  }

  @Test
  void the_end_of_a_file_and_an_empty_read_cost_nothing() throws IOException {
    put("file", bytes(1, 5));
    try (InputStream in = open("file")) {
      assertThat(in.read(new byte[0])).isZero();
      assertThat(in.readNBytes(5)).hasSize(5);
      assertThat(in.read(new byte[10])).isEqualTo(-1);
      assertThat(in.read()).isEqualTo(-1);
    }
    assertThat(waited).isZero();
  }

  @Test
  void who_is_interrupted_while_waiting_is_cancelled_at_once_and_stays_interrupted() {
    put("file", bytes(1, 50_000));
    Store slow = new ThrottledStore(memory, 1, System::nanoTime, Pause.SLEEP);
    try (InputStream in = slow.read(path("file"), ReadOptions.WHOLE)) {
      Thread waiting = Thread.currentThread();
      Thread.ofVirtual().start(waiting::interrupt);
      assertThat(codeOf(in::readAllBytes)).isEqualTo(ErrorCode.CANCELLED);
    } catch (IOException e) {
      throw new AssertionError(e);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void a_limit_of_nothing_is_no_limit_that_could_be_kept() {
    assertThatThrownBy(() -> new ThrottledStore(memory, 0, () -> now, this::pass))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

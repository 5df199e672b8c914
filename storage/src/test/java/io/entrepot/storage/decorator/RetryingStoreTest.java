// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.decorator;

import static io.entrepot.storage.StoreExam.bytes;
import static io.entrepot.storage.StoreExam.codeOf;
import static io.entrepot.storage.StoreExam.path;
import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.base.ErrorCode;
import io.entrepot.storage.ObjectStat;
import io.entrepot.storage.ReadOptions;
import io.entrepot.storage.Reading;
import io.entrepot.storage.Renaming;
import io.entrepot.storage.WriteOptions;
import io.entrepot.storage.memory.MemoryStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RetryingStoreTest {

  private static final RetrySettings SETTINGS =
      new RetrySettings(5, Duration.ofSeconds(1), Duration.ofSeconds(3));

  private final MemoryStore memory = new MemoryStore(InstantSource.fixed(Instant.EPOCH));
  private final Flaky flaky = new Flaky(memory);
  private final List<Duration> waits = new ArrayList<>();
  private final RetryingStore store = new RetryingStore(flaky, SETTINGS, waits::add);

  private void put(byte[] content) {
    memory.write(
        path("file"), new ByteArrayInputStream(content), WriteOptions.replace(content.length));
  }

  private byte[] get(ReadOptions options) throws IOException {
    try (InputStream in = store.read(path("file"), options)) {
      return in.readAllBytes();
    }
  }

  @Test
  void a_passing_failure_is_got_over_with_growing_waits() {
    flaky.failures = 4;
    assertThat(store.stat(path("absent"))).isEmpty();
    assertThat(waits)
        .containsExactly(
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(3),
            Duration.ofSeconds(3));
  }

  @Test
  void a_lasting_failure_comes_through_after_the_last_attempt() {
    flaky.failures = 100;
    assertThat(codeOf(() -> store.stat(path("file")))).isEqualTo(ErrorCode.STORE_UNREACHABLE);
    assertThat(flaky.calls).hasValue(5);
  }

  @Test
  void only_what_advises_to_try_soon_is_tried_again() {
    for (ErrorCode code :
        List.of(
            ErrorCode.CHECKSUM_MISMATCH,
            ErrorCode.STORE_ACCESS_DENIED,
            ErrorCode.STORE_FULL,
            ErrorCode.CANCELLED,
            ErrorCode.STORE_ROOT_MISSING)) {
      flaky.failures = 1;
      flaky.code = code;
      assertThat(codeOf(() -> store.delete(path("file")))).isEqualTo(code);
    }
    assertThat(waits).isEmpty();
  }

  @Test
  void writes_and_publications_are_never_repeated() {
    flaky.failures = 1;
    assertThat(
            codeOf(
                () ->
                    store.write(path("a"), InputStream.nullInputStream(), WriteOptions.replace(0))))
        .isEqualTo(ErrorCode.STORE_UNREACHABLE);
    flaky.failures = 1;
    assertThat(codeOf(() -> store.publish(List.of(new Renaming(path("a"), path("b"))))))
        .isEqualTo(ErrorCode.STORE_UNREACHABLE);
    assertThat(waits).isEmpty();
  }

  @Test
  void a_stream_cut_half_way_goes_on_where_it_stopped() throws IOException {
    byte[] content = bytes(1, 50_000);
    put(content);
    flaky.cutAfter = 7_000;
    flaky.cuts = 4;
    assertThat(get(ReadOptions.WHOLE)).isEqualTo(content);
    flaky.cuts = 2;
    assertThat(get(ReadOptions.range(123, 40_000)))
        .isEqualTo(Arrays.copyOfRange(content, 123, 40_123));
    assertThat(waits).hasSize(6);
  }

  @Test
  void a_stream_of_a_file_that_changed_is_not_resumed() throws IOException {
    put(bytes(1, 50_000));
    flaky.cutAfter = 7_000;
    flaky.cuts = 1;
    try (InputStream in = store.read(path("file"), ReadOptions.WHOLE)) {
      assertThat(in.readNBytes(5_000)).hasSize(5_000);
      put(bytes(2, 50_001));
      assertThat(codeOf(in::readAllBytes)).isEqualTo(ErrorCode.STORE_UNREACHABLE);
    }
  }

  @Test
  void an_interrupted_wait_is_cancelled_and_stays_interrupted() {
    flaky.failures = 1;
    RetryingStore sleeping =
        new RetryingStore(
            flaky,
            SETTINGS,
            time -> {
              throw new InterruptedException();
            });
    try {
      assertThat(codeOf(() -> sleeping.stat(path("file")))).isEqualTo(ErrorCode.CANCELLED);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void files_in_turn_are_tried_again_one_by_one_and_go_on_where_they_broke_off()
      throws IOException {
    put(bytes(1, 50_000));
    ObjectStat file = memory.stat(path("file")).orElseThrow();
    flaky.cuts = 1;
    flaky.cutAfter = 20_000;
    try (Reading reading = store.readEach(List.of(file, file))) {
      assertThat(reading.next().readAllBytes()).isEqualTo(bytes(1, 50_000));
      flaky.failures = 1;
      assertThat(reading.next().readAllBytes()).isEqualTo(bytes(1, 50_000));
    }
    assertThat(waits).hasSize(2);
  }

  @Test
  void a_look_at_many_is_repeated_as_one() {
    put(bytes(1, 10));
    flaky.failures = 2;
    assertThat(store.statEach(List.of(path("file"), path("none"))))
        .containsExactly(memory.stat(path("file")), Optional.empty());
    assertThat(waits).hasSize(2);
  }
}

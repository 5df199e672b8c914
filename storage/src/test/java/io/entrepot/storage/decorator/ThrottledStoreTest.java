// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.decorator;

import static io.entrepot.storage.StoreExam.path;
import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.storage.ReadOptions;
import io.entrepot.storage.WriteOptions;
import io.entrepot.storage.memory.MemoryStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

final class ThrottledStoreTest {

  private static final Duration ROUNDING = Duration.ofNanos(1_000);

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private Duration waited = Duration.ZERO;
  private final InstantSource clock = () -> now;
  private final ThrottledStore store =
      new ThrottledStore(new MemoryStore(clock), 100_000, clock, this::pause);

  private void pause(Duration time) {
    waited = waited.plus(time);
    now = now.plus(time);
  }

  private void put(int size) {
    store.write(path("file"), new ByteArrayInputStream(new byte[size]), WriteOptions.replace(size));
  }

  @Test
  void bytes_written_and_read_take_their_time() throws IOException {
    put(300_000);
    assertThat(waited).isCloseTo(Duration.ofSeconds(3), ROUNDING);
    try (InputStream in = store.read(path("file"), ReadOptions.range(0, 150_000))) {
      assertThat(in.readAllBytes()).hasSize(150_000);
    }
    assertThat(waited).isCloseTo(Duration.ofMillis(4_500), ROUNDING);
  }

  @Test
  void idle_time_is_not_saved_up() {
    put(100_000);
    now = now.plus(Duration.ofHours(1));
    put(100_000);
    assertThat(waited).isCloseTo(Duration.ofSeconds(2), ROUNDING);
  }

  @Test
  void a_clock_set_back_does_not_stop_the_flow() {
    put(100_000);
    now = now.minus(Duration.ofDays(1));
    put(100_000);
    assertThat(waited).isCloseTo(Duration.ofSeconds(2), ROUNDING);
  }
}

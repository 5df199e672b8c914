// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.base.Id;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SharedPartsTest {

  private static final Id JOB = new Id("0123456789abcdef01234567");
  private static final int LOOKERS = 1_000;

  private final SharedParts parts = new SharedParts();
  private final AtomicInteger made = new AtomicInteger();

  private String at(long number) {
    return parts.at(JOB, number, () -> "version " + made.incrementAndGet());
  }

  @Test
  void parts_are_made_once_for_an_event_however_many_are_told_of_it() {
    try (ExecutorService all = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < LOOKERS; i++) {
        parts.join(JOB);
      }
      for (int i = 0; i < LOOKERS; i++) {
        all.submit(() -> at(7));
      }
    }

    assertThat(made).hasValue(1);
    assertThat(at(8)).isEqualTo("version 2");
  }

  @Test
  void who_is_told_late_of_an_old_event_gets_what_was_made_for_a_newer_one() {
    parts.join(JOB);

    assertThat(at(9)).isEqualTo("version 1");
    assertThat(at(8)).isEqualTo("version 1");
  }

  @Test
  void nothing_is_kept_once_nobody_looks() {
    parts.join(JOB);
    parts.join(JOB);
    at(1);
    parts.leave(JOB);
    assertThat(parts.count()).isOne();

    parts.leave(JOB);

    assertThat(parts.count()).isZero();
    assertThat(at(1)).isEqualTo("version 2");
  }
}

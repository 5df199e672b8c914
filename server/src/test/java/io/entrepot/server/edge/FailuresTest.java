// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.transaction.CannotCreateTransactionException;

class FailuresTest {

  private static Problem problem(Throwable failure) {
    return new Failures().problem(failure);
  }

  @Test
  void a_body_that_stopped_coming_is_the_callers_doing() {
    IOException late = new BrokenBodyException(new IOException(new TimeoutException("idle")));
    IOException ended = new BrokenBodyException(new EOFException("early"));

    assertThat(problem(new UncheckedIOException(late)).status()).isEqualTo(408);
    assertThat(problem(ended).status()).isEqualTo(400);
  }

  @Test
  void what_took_too_long_on_our_side_is_not_blamed_on_the_caller() {
    Throwable late = new IllegalStateException(new TimeoutException("a provider"));

    assertThat(problem(late).status()).isEqualTo(500);
  }

  @Test
  void a_database_that_is_busy_or_away_says_when_to_come_again() {
    Problem busy = problem(new CannotAcquireLockException("a deadlock"));
    Problem away = problem(new CannotCreateTransactionException("no connection"));

    assertThat(busy.status()).isEqualTo(503);
    assertThat(busy.headers()).containsKey("Retry-After");
    assertThat(away.status()).isEqualTo(503);
  }
}

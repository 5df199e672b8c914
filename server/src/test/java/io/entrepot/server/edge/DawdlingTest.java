// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.server.edge.Dawdling.Look;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** Whoever keeps the server waiting is found, and nobody else. */
class DawdlingTest {

  private static final int A_LONG_WHILE = 200;

  /** At which look it was found; as many as there were when it was not. */
  private static int foundAfter(IntFunction<Look> looks) {
    Dawdling dawdling = Dawdling.since(looks.apply(0));
    for (int i = 1; i < A_LONG_WHILE; i++) {
      dawdling = dawdling.and(looks.apply(i));
      if (dawdling.isTooLong()) {
        return i;
      }
    }
    return A_LONG_WHILE;
  }

  @Test
  void a_header_or_body_that_comes_byte_by_byte_is_waited_for_twenty_seconds() {
    assertThat(foundAfter(i -> new Look(true, false, 2L * i, 0, 0)))
        .isEqualTo(Dawdling.SENDING_LOOKS);
    assertThat(foundAfter(i -> new Look(true, false, 500 + i / 7, 0, 1)))
        .isEqualTo(Dawdling.SENDING_LOOKS + 6);
  }

  @Test
  void that_some_looks_fall_on_a_moment_in_which_a_byte_is_worked_on_changes_little() {
    assertThat(foundAfter(i -> new Look(i % 3 != 0, false, 500 + i, 0, 1)))
        .isLessThan(2 * Dawdling.SENDING_LOOKS);
  }

  @Test
  void an_answer_of_which_nothing_is_taken_is_waited_for_forty_seconds() {
    assertThat(foundAfter(_ -> new Look(false, true, 200, 70_000, 1)))
        .isEqualTo(Dawdling.TAKING_LOOKS);
  }

  @Test
  void a_slow_line_a_connection_at_rest_and_work_that_takes_long_are_left_alone() {
    assertThat(foundAfter(i -> new Look(true, false, 1000L * i, 0, 1))).isEqualTo(A_LONG_WHILE);
    assertThat(foundAfter(i -> new Look(false, true, 200, 32_000L * (i / 15), 1)))
        .isEqualTo(A_LONG_WHILE);
    assertThat(foundAfter(_ -> new Look(true, false, 200, 400, 1))).isEqualTo(A_LONG_WHILE);
    assertThat(foundAfter(i -> new Look(false, false, i == 0 ? 100 : 200, 0, 1)))
        .isEqualTo(A_LONG_WHILE);
  }

  @Test
  void a_connection_used_now_and_then_for_a_small_request_is_left_alone() {
    assertThat(foundAfter(i -> new Look(true, false, 150L * (i / 5), 300L * (i / 5), i / 5)))
        .isEqualTo(A_LONG_WHILE);
  }
}

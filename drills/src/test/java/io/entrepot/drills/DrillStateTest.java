// SPDX-License-Identifier: Apache-2.0
package io.entrepot.drills;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.drills.kit.DrillState;
import io.entrepot.drills.kit.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrillStateTest {

  @TempDir Path work;

  private DrillState open(long seed) throws IOException {
    DrillState state = DrillState.open(work.resolve("drill"), seed);
    Files.createDirectories(state.folder());
    return state;
  }

  @Test
  void a_drill_that_was_broken_off_goes_on_with_its_own_seed() throws IOException {
    DrillState state = open(1);
    state.advance();
    DrillState later = open(2);
    assertThat(later.done()).isEqualTo(1);
    assertThat(later.seed()).isEqualTo(1);
  }

  @Test
  void a_drill_that_broke_down_is_red_and_the_next_begins_anew() throws IOException {
    DrillState state = open(1);
    Verdict verdict =
        state.verdict(
            () -> {
              state.advance();
              throw new IllegalStateException("the run ended FAILED");
            });
    assertThat(verdict.green()).isFalse();
    assertThat(verdict.text())
        .contains("seed 1")
        .contains("FAILED")
        .contains(state.folder().toString());
    DrillState next = open(2);
    assertThat(next.done()).isZero();
    assertThat(next.seed()).isEqualTo(2);
  }
}

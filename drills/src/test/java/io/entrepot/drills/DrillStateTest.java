// SPDX-License-Identifier: Apache-2.0
package io.entrepot.drills;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.drills.kit.DrillState;
import io.entrepot.drills.kit.FaultException;
import io.entrepot.drills.kit.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
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
  void what_a_drill_counted_is_known_to_the_life_after_it() throws IOException {
    DrillState state = open(1);
    state.count("amid", 2);
    state.advance();
    state.count("amid", 3);
    assertThat(state.count("amid")).isEqualTo(5);
    assertThat(open(1).count("amid")).as("of what was done to its end").isEqualTo(2);
    try (Stream<Path> all = Files.list(state.folder())) {
      assertThat(all).hasSize(1);
    }
  }

  @Test
  void a_drill_is_red_when_the_server_is_to_blame_that_it_cannot_go_on() throws IOException {
    Verdict verdict =
        open(1)
            .verdict(
                () -> {
                  throw new FaultException("a server does not start any more");
                });
    assertThat(verdict.kind()).isEqualTo(Verdict.Kind.RED);
    assertThat(verdict.text()).contains("RED a server does not start any more, seed 1");
  }

  @Test
  void what_was_left_out_is_in_the_verdict() throws IOException {
    DrillState state = open(1);
    state.leaveOut("SFTP (no sshd)");
    state.leaveOut("SIGINT");
    Verdict verdict = state.verdict(() -> Verdict.red("after 2 kills"));
    assertThat(verdict.text()).isEqualTo("RED after 2 kills; left out: SFTP (no sshd), SIGINT");
  }

  @Test
  void a_drill_that_broke_down_says_nothing_of_the_server_and_the_next_begins_anew()
      throws IOException {
    DrillState state = open(1);
    Verdict verdict =
        state.verdict(
            () -> {
              state.advance();
              throw new IllegalStateException("a connection FAILED");
            });
    assertThat(verdict.kind()).isEqualTo(Verdict.Kind.CANNOT);
    assertThat(verdict.text())
        .contains("seed 1")
        .contains("FAILED")
        .contains(state.folder().toString());
    DrillState next = open(2);
    assertThat(next.done()).isZero();
    assertThat(next.seed()).isEqualTo(2);
  }
}

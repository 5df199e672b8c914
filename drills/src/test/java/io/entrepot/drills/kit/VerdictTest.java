// SPDX-License-Identifier: Apache-2.0
package io.entrepot.drills.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictTest {

  private static final List<String> SFTP = List.of("SFTP");

  @Test
  void a_drill_that_left_something_out_is_green_where_somebody_looks_and_red_in_ci() {
    Verdict green = Verdict.green("50 kills");
    assertThat(green.without(SFTP, false)).isEqualTo(Verdict.green("50 kills; left out: SFTP"));
    assertThat(green.without(SFTP, true).kind()).isEqualTo(Verdict.Kind.RED);
    assertThat(green.without(SFTP, true).text()).startsWith("RED 50 kills; left out: SFTP");
    assertThat(green.without(List.of(), true)).isEqualTo(green);
  }

  @Test
  void what_cannot_be_done_does_not_become_a_fault_of_the_server_by_what_was_left_out() {
    Verdict cannot = Verdict.cannot("gcc is not installed");
    assertThat(cannot.without(SFTP, true).kind()).isEqualTo(Verdict.Kind.CANNOT);
  }
}

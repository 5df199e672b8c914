// SPDX-License-Identifier: Apache-2.0
package io.entrepot.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TargetsTest {

  @Test
  void a_figure_beyond_its_target_is_missed_and_one_that_meets_it_is_not() {
    Targets targets = new Targets();
    targets.demand("start", 4, 4);
    assertThat(targets.missed()).isEmpty();
    targets.demand("requests", 5.25, 5);
    assertThat(targets.missed()).containsExactly("requests is 5.25, and its target 5");
  }

  @Test
  void of_an_even_number_of_rounds_the_median_lies_midway() {
    assertThat(Quantiles.of(List.of(4.0, 1.0, 2.0, 8.0)).median()).isEqualTo(3);
    assertThat(Quantiles.of(List.of(4.0, 1.0, 2.0)).median()).isEqualTo(2);
    assertThat(Quantiles.of(List.of(4.0, 1.0)).percentile(95)).isEqualTo(4);
  }
}

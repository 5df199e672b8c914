// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entrepot.base.FieldProblem;
import io.entrepot.base.InvalidFieldsException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HarvestPolicyTest {

  @Test
  void without_settings_a_file_stands_still_for_five_seconds_and_nothing_is_removed() {
    HarvestPolicy policy = HarvestPolicy.of(null);

    assertThat(policy.stability()).isEqualTo(Duration.ofSeconds(5));
    assertThat(policy.removeOriginals()).isFalse();
    assertThat(policy.onChange()).isEqualTo(HarvestPolicy.OnChange.VERSION);
  }

  @Test
  void every_setting_that_cannot_be_used_is_named() {
    assertThatThrownBy(
            () ->
                HarvestPolicy.of(
                    Map.of(
                        "transport", "pigeon",
                        "stability_seconds", -1,
                        "max_parallel", "many",
                        "port", 70_000,
                        "exclude", "*.tmp",
                        "delete_source", "yes",
                        "on_change", "shrug")))
        .isInstanceOfSatisfying(
            InvalidFieldsException.class,
            e ->
                assertThat(e.problems())
                    .extracting(FieldProblem::path)
                    .extracting(path -> path.getLast())
                    .containsExactlyInAnyOrder(
                        "transport",
                        "stability_seconds",
                        "max_parallel",
                        "port",
                        "exclude",
                        "delete_source",
                        "on_change"));
  }
}

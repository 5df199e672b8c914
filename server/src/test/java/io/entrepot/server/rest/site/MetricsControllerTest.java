// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.server.health.HealthPart;
import io.entrepot.server.health.Readiness;
import io.entrepot.server.metrics.MetricSource;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MetricsControllerTest {

  private static final HealthPart ILL =
      new HealthPart() {
        @Override
        public String name() {
          return "database";
        }

        @Override
        public Optional<String> trouble() {
          return Optional.of("it is away");
        }
      };

  @Test
  void figures_that_cannot_be_read_take_no_others_with_them() {
    MetricSource broken =
        out -> {
          out.gauge("half", "Begun.").sample(1);
          throw new IllegalStateException("the database is away");
        };
    MetricSource whole = out -> out.gauge("whole", "There.").sample(7);
    MetricsController page =
        new MetricsController(
            List.of(broken, whole), new Readiness(List.of(ILL)), () -> Instant.EPOCH);

    assertThat(page.metrics().lines())
        .contains(
            "entrepot_part_well{part=\"database\"} 0",
            "whole 7",
            "entrepot_metric_sources_failed 1")
        .noneMatch(line -> line.contains("half"));
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.site;

import io.entrepot.server.health.Readiness;
import io.entrepot.server.metrics.MetricSource;
import io.entrepot.server.metrics.MetricText;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Figures about the server, for Prometheus and what understands its format. */
@RestController
final class MetricsController {

  /** However often it is asked, the tables behind it are not read more often. */
  private static final Duration FRESH = Duration.ofSeconds(2);

  private final List<MetricSource> sources;
  private final Readiness readiness;
  private final InstantSource clock;
  private Instant written = Instant.MIN;
  private String text = "";

  MetricsController(List<MetricSource> sources, Readiness readiness, InstantSource clock) {
    this.sources = sources;
    this.readiness = readiness;
    this.clock = clock;
  }

  @Operation(
      summary = "Figures in Prometheus' text format, for callers on this machine or with the token",
      operationId = "metrics")
  @GetMapping(value = "/metrics", produces = MetricText.CONTENT_TYPE)
  synchronized String metrics() {
    Instant now = clock.instant();
    if (now.isBefore(written) || written.plus(FRESH).isBefore(now)) {
      text = write();
      written = now;
    }
    return text;
  }

  private String write() {
    MetricText out = new MetricText();
    MetricText.Figure well =
        out.gauge("entrepot_part_well", "1 for each part that is well, as /health/ready has it.");
    readiness
        .troubles()
        .forEach((part, trouble) -> well.sample(trouble.isEmpty() ? 1 : 0, "part", part));
    sources.forEach(source -> source.write(out));
    return out.toString();
  }
}

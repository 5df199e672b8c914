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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Figures about the server, for Prometheus and what understands its format. */
@RestController
final class MetricsController {

  private static final Logger LOG = LoggerFactory.getLogger(MetricsController.class);

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
    long failed = sources.stream().filter(source -> !asked(source, out)).count();
    out.gauge(
            "entrepot_metric_sources_failed",
            "Parts of this page that are left out, because they could not be read.")
        .sample(failed);
    return out.toString();
  }

  /** One that fails takes none of the others with it, nor half of its own lines onto the page. */
  private static boolean asked(MetricSource source, MetricText out) {
    MetricText lines = new MetricText();
    try {
      source.write(lines);
    } catch (RuntimeException e) {
      LOG.warn("The figures of {} are left out.", source.getClass().getSimpleName(), e);
      return false;
    }
    out.add(lines);
    return true;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import io.entrepot.server.metrics.MetricSource;
import io.entrepot.server.metrics.MetricText;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Counts what is asked of each family and how long it takes, since the start. An event stream
 * counts when it begins. What Jetty refuses by itself is not seen.
 */
@Component
@Order(FilterOrder.METER)
final class RequestMeter extends OncePerRequestFilter implements MetricSource {

  /** In seconds: what a person does not notice, notices, waits for, and gives up on. */
  private static final double[] BOUNDS = {0.005, 0.025, 0.1, 0.5, 2.5, 10};

  private static final int CLASSES = 6;
  private static final int FAULT = 5;
  private static final double MICROS = TimeUnit.SECONDS.toMicros(1);

  private final InstantSource clock;
  private final Map<Family, Counts> counts = new EnumMap<>(Family.class);

  RequestMeter(InstantSource clock) {
    this.clock = clock;
    for (Family family : Family.values()) {
      counts.put(family, new Counts());
    }
  }

  /** Of one family. */
  private static final class Counts {
    private final LongAdder[] byStatus = adders(CLASSES);
    private final LongAdder[] byTime = adders(BOUNDS.length + 1);
    private final LongAdder micros = new LongAdder();

    private static LongAdder[] adders(int count) {
      LongAdder[] adders = new LongAdder[count];
      for (int i = 0; i < count; i++) {
        adders[i] = new LongAdder();
      }
      return adders;
    }

    void add(int statusClass, Duration took) {
      byStatus[statusClass].increment();
      long time = Math.max(0, took.toNanos() / 1_000);
      micros.add(time);
      int bound = 0;
      while (bound < BOUNDS.length && time > BOUNDS[bound] * MICROS) {
        bound++;
      }
      byTime[bound].increment();
    }
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Instant begun = clock.instant();
    int statusClass = FAULT;
    try {
      chain.doFilter(request, response);
      statusClass = Math.clamp(response.getStatus() / 100, 0, FAULT);
    } finally {
      Duration took = Duration.between(begun, clock.instant());
      counts(Family.ofPath(request.getRequestURI())).add(statusClass, took);
    }
  }

  private Counts counts(Family family) {
    Counts found = counts.get(family);
    if (found == null) {
      throw new IllegalStateException("every family has its counts");
    }
    return found;
  }

  @Override
  public void write(MetricText out) {
    MetricText.Figure requests =
        out.counter("entrepot_http_requests_total", "Requests, by family and class of status.");
    for (Family family : Family.values()) {
      for (int status = 1; status < CLASSES; status++) {
        long asked = counts(family).byStatus[status].sum();
        if (asked > 0) {
          requests.sample(asked, "family", word(family), "status", status + "xx");
        }
      }
    }
    MetricText.Figure seconds =
        out.histogram("entrepot_http_request_seconds", "How long requests took, by family.");
    for (Family family : Family.values()) {
      times(seconds, family);
    }
  }

  private void times(MetricText.Figure seconds, Family family) {
    Counts of = counts(family);
    String word = word(family);
    long sum = 0;
    for (int i = 0; i < BOUNDS.length; i++) {
      sum += of.byTime[i].sum();
      seconds.part("_bucket", sum, "family", word, "le", Double.toString(BOUNDS[i]));
    }
    sum += of.byTime[BOUNDS.length].sum();
    seconds.part("_bucket", sum, "family", word, "le", "+Inf");
    seconds.part("_sum", of.micros.sum() / MICROS, "family", word);
    seconds.part("_count", sum, "family", word);
  }

  private static String word(Family family) {
    return family.name().toLowerCase(Locale.ROOT);
  }
}

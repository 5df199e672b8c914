// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.admin.doctor;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Whether events reach a browser when they happen, and not when a proxy has collected them. */
final class EventStreamCheck implements Check {

  private static final Duration PATIENCE = Duration.ofSeconds(15);

  /** The server sends two events a second apart; half of that is as good as at once. */
  private static final Duration APART = Duration.ofMillis(400);

  private static final int OK = 200;
  private static final String REMEDY =
      "switch buffering off in the proxy: proxy_buffering off (nginx), flushpackets=on (Apache)";

  private final Frontage frontage;
  private final InstantSource clock;
  private final Duration patience;

  EventStreamCheck(Frontage frontage, InstantSource clock) {
    this(frontage, clock, PATIENCE);
  }

  /**
   * @param patience how long its head may take, and all that follows again
   */
  EventStreamCheck(Frontage frontage, InstantSource clock, Duration patience) {
    this.patience = patience;
    this.frontage = frontage;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "event stream";
  }

  @Override
  public Outcome look() {
    if (!frontage.isNamed()) {
      return Outcome.notApplicable("name the address that browsers use with --url");
    }
    try {
      HttpResponse<InputStream> answer = frontage.get("/health/events", patience);
      return answer.statusCode() == OK
          ? judgeInTime(answer)
          : Outcome.fault(
              "%s answers %d to /health/events".formatted(frontage.url(), answer.statusCode()),
              "let the proxy pass every path on to the server");
    } catch (IOException e) {
      return Outcome.fault(
          "%s cannot be reached: %s".formatted(frontage.url(), e),
          "start the server and the proxy, and check the address");
    }
  }

  private Outcome judgeInTime(HttpResponse<InputStream> answer) throws IOException {
    try (ExecutorService reader = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Outcome> judged = reader.submit(() -> judge(answer));
      try {
        return judged.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException _) {
        return Outcome.fault(
            "no event came through %s within %d seconds"
                .formatted(frontage.url(), patience.toSeconds()),
            REMEDY);
      } catch (ExecutionException e) {
        throw new IOException(e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      } finally {
        // Ends the reading, too, where it still waits.
        answer.body().close();
      }
    }
  }

  private Outcome judge(HttpResponse<InputStream> answer) throws IOException {
    @Nullable Instant first = null;
    @Nullable Instant last = null;
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
      int events = 0;
      for (String line = lines.readLine(); line != null && events < 2; line = lines.readLine()) {
        if (line.startsWith("data:")) {
          events++;
          last = clock.instant();
          first = first == null ? last : first;
        }
      }
    }
    if (first == null || last == null) {
      return Outcome.fault("no event came through " + frontage.url(), REMEDY);
    }
    return Duration.between(first, last).compareTo(APART) >= 0
        ? Outcome.well()
        : Outcome.fault("events come through " + frontage.url() + " all at once and late", REMEDY);
  }
}

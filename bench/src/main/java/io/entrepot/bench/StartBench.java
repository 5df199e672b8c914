// SPDX-License-Identifier: Apache-2.0
package io.entrepot.bench;

import io.entrepot.client.local.LocalServer;
import io.entrepot.client.local.LocalServerSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How long until the server's first answer, and how much memory it holds when idle. */
final class StartBench {

  private static final Duration SETTLE = Duration.ofSeconds(10);
  private static final double MILLIS = 1000;

  private static final double TARGET_SECONDS = 4;
  private static final double TARGET_MEGABYTES = 320;

  private final BenchSettings settings;
  private final Targets targets;

  StartBench(BenchSettings settings, Targets targets) {
    this.settings = settings;
    this.targets = targets;
  }

  void run() {
    List<Double> seconds = new ArrayList<>();
    List<Long> megabytes = new ArrayList<>();
    Path data = settings.work().resolve("data");
    for (int round = 0; round < settings.rounds(); round++) {
      // The first round makes the database; an operator meets that once, restarts every time.
      LocalServerSettings start = round == 0 ? BenchServer.settings(data) : restart(data);
      try (LocalServer server = LocalServer.start(start)) {
        seconds.add(server.startTime().toMillis() / MILLIS);
        pause();
        server.residentBytes().ifPresent(bytes -> megabytes.add(bytes >> 20));
      }
    }
    System.out.printf("start: first answer after %s s%n", seconds);
    double median = Quantiles.of(seconds).median();
    System.out.printf("start: median %.2f s, target %.0f s%n", median, TARGET_SECONDS);
    System.out.printf(
        "start: resident when idle %s MB, target below %.0f%n", megabytes, TARGET_MEGABYTES);
    targets.demand("start: seconds to the first answer", median, TARGET_SECONDS);
    megabytes.forEach(
        resident -> targets.demand("start: MB resident when idle", resident, TARGET_MEGABYTES));
    System.out.printf("start: with start-up cache: %s%n", cache());
    Folders.delete(data);
  }

  private static LocalServerSettings restart(Path data) {
    return new LocalServerSettings(
        BenchSettings.home(), data, 0, Map.of(), List.of(), List.of(), List.of());
  }

  private static String cache() {
    Path cache = BenchSettings.home().resolve("dist/server/entrepot.aot");
    try {
      return Files.exists(cache) ? "yes, " + (Files.size(cache) >> 20) + " MB" : "no";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(SETTLE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}

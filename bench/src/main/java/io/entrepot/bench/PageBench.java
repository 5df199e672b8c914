// SPDX-License-Identifier: Apache-2.0
package io.entrepot.bench;

import io.entrepot.client.Harvest;
import io.entrepot.client.Session;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Pages of a catalogue with a million files, walked by cursor from the newest to the oldest. The
 * time is that of the whole request, so the server's own is below it.
 */
final class PageBench {

  private static final Duration LIMIT = Duration.ofMinutes(60);
  private static final int PAGE = 100;
  private static final int WARM_UP = 50;
  private static final double NANOS = 1e6;

  private final BenchSettings settings;

  PageBench(BenchSettings settings) {
    this.settings = settings;
  }

  void run() {
    Path tiny =
        GeneratedTree.tiny(
            settings.work().resolve("tiny-" + settings.records()), settings.records());
    Path store = Folders.fresh(settings.work().resolve("ours"));
    try (BenchServer server =
        BenchServer.start(settings.work().resolve("data"), List.of("-Xmx384m"))) {
      fill(server.harvest(), tiny, store);
      measure(server.session());
    }
    Folders.delete(store);
    Folders.delete(settings.work().resolve("data"));
  }

  private void fill(Harvest harvest, Path source, Path store) {
    String storage = harvest.storage("page", store.toString());
    String instrument =
        harvest.folderInstrument("page", source.toString(), Map.of("stability_seconds", 0));
    long begin = System.nanoTime();
    harvest.await(harvest.trigger(harvest.schedule(instrument, storage, "0 0 1 1 *", true)), LIMIT);
    System.out.printf(
        "page: %,d files harvested with -Xmx384m in %.0f s%n",
        settings.records(), (System.nanoTime() - begin) / (NANOS * 1000));
  }

  private void measure(Session session) {
    List<Double> millis = new ArrayList<>();
    String cursor = "";
    int pages = settings.records() / PAGE;
    for (int i = 0; i < pages; i++) {
      long begin = System.nanoTime();
      JsonNode page = session.get("/api/files?limit=" + PAGE + cursor);
      millis.add((System.nanoTime() - begin) / NANOS);
      if (page.isEmpty()) {
        break;
      }
      cursor = "&cursor=" + page.get(page.size() - 1).path("id").asString();
    }
    print(millis);
  }

  private static void print(List<Double> all) {
    List<Double> warm = new ArrayList<>(all.subList(Math.min(WARM_UP, all.size() / 2), all.size()));
    List<Double> deep = new ArrayList<>(all.subList(all.size() * 9 / 10, all.size()));
    System.out.printf("page: %d pages of %d files%n", all.size(), PAGE);
    System.out.printf("page: all    %s%n", quantiles(warm));
    System.out.printf("page: oldest %s%n", quantiles(deep));
  }

  private static String quantiles(List<Double> values) {
    Collections.sort(values);
    return "median %.1f ms, 95 %% %.1f ms, worst %.1f ms (target 20)"
        .formatted(
            values.get(values.size() / 2), values.get(values.size() * 95 / 100), values.getLast());
  }
}

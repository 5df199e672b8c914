// SPDX-License-Identifier: Apache-2.0
package io.entrepot.bench;

import io.entrepot.client.Harvest;
import io.entrepot.client.Session;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Pages of a catalogue with a million files, walked by cursor from the newest to the oldest: by
 * somebody who sees all, by somebody who sees an instrument, and by somebody who sees a hundred
 * files. The time is that of the whole request, so the server's own is below it. At last all files
 * are asked for at once.
 */
final class PageBench {

  private static final Duration LIMIT = Duration.ofMinutes(60);
  private static final int PAGE = 100;
  private static final int WARM_UP = 50;

  /** Of those who do not see all, so many times fewer pages are asked for. */
  private static final int SHORTER = 20;

  private static final double NANOS = 1e6;

  /** In milliseconds, for 95 of a hundred pages. */
  private static final double TARGET = 20;

  private final BenchSettings settings;
  private final Targets targets;

  PageBench(BenchSettings settings, Targets targets) {
    this.settings = settings;
    this.targets = targets;
  }

  void run() {
    Path tiny =
        GeneratedTree.tiny(
            settings.work().resolve("tiny-" + settings.records()), settings.records());
    Path store = Folders.fresh(settings.work().resolve("ours"));
    try (BenchServer server =
        BenchServer.start(settings.work().resolve("data"), List.of("-Xmx384m"))) {
      String instrument = fill(server.harvest(), tiny, store);
      int pages = settings.records() / PAGE;
      List<String> last = measure("of all files", server.session(), pages);
      try (Session user = reader(server, "instrument")) {
        server
            .session()
            .post("/api/instruments/" + instrument + "/access", Map.of("user_id", accountOf(user)));
        measure("of an instrument", user, pages / SHORTER);
      }
      try (Session user = reader(server, "granted")) {
        Map<String, String> grant = Map.of("grantee_type", "user", "grantee_id", accountOf(user));
        last.forEach(file -> server.session().post("/api/files/" + file + "/access", grant));
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < pages / SHORTER; i++) {
          timed(user, "/api/files?limit=" + PAGE, millis);
        }
        print("of " + last.size() + " files that were granted", millis);
      }
      whole(server.session());
    }
    Folders.delete(store);
    Folders.delete(settings.work().resolve("data"));
  }

  private static Session reader(BenchServer server, String name) {
    String email = name + "@example.org";
    String password = "only-for-this-bench";
    server.session().post("/auth/register", Map.of("email", email, "password", password));
    return Session.open(server.process().address(), email, password);
  }

  private static String accountOf(Session session) {
    return session.get("/users/me").path("id").asString();
  }

  private String fill(Harvest harvest, Path source, Path store) {
    String storage = harvest.storage("page", store.toString());
    String instrument =
        harvest.folderInstrument("page", source.toString(), Map.of("stability_seconds", 0));
    long begin = System.nanoTime();
    harvest.await(harvest.trigger(harvest.schedule(instrument, storage, "0 0 1 1 *", true)), LIMIT);
    System.out.printf(
        "page: %,d files harvested with -Xmx384m in %.0f s%n",
        settings.records(), (System.nanoTime() - begin) / (NANOS * 1000));
    return instrument;
  }

  /** The ids on the last page that was looked at. */
  private List<String> measure(String whose, Session session, int pages) {
    List<Double> millis = new ArrayList<>();
    List<String> last = List.of();
    String cursor = "";
    for (int i = 0; i < pages; i++) {
      JsonNode page = timed(session, "/api/files?limit=" + PAGE + cursor, millis);
      if (page.isEmpty()) {
        break;
      }
      last = page.valueStream().map(file -> file.path("id").asString()).toList();
      cursor = "&cursor=" + last.getLast();
    }
    print(whose, millis);
    return last;
  }

  private static JsonNode timed(Session session, String path, List<Double> millis) {
    long begin = System.nanoTime();
    JsonNode page = session.get(path);
    millis.add((System.nanoTime() - begin) / NANOS);
    return page;
  }

  /** The list without a limit, which a server that kept it in memory could not send. */
  private void whole(Session session) {
    long begin = System.nanoTime();
    String all = session.text("/api/files");
    long files = Pattern.compile("\"persistent_id\":").matcher(all).results().count();
    System.out.printf(
        "page: all %,d files in one answer of %,d MB in %.0f s%n",
        files, all.length() >> 20, (System.nanoTime() - begin) / (NANOS * 1000));
    if (files != settings.records()) {
      throw new IllegalStateException("files are missing from the list");
    }
  }

  private void print(String whose, List<Double> all) {
    Quantiles warm = Quantiles.of(all.subList(Math.min(WARM_UP, all.size() / 2), all.size()));
    Quantiles deep = Quantiles.of(all.subList(all.size() * 9 / 10, all.size()));
    System.out.printf("page: %d pages %s%n", all.size(), whose);
    System.out.printf("page:   all  %s%n", quantiles(warm));
    System.out.printf("page:   last %s%n", quantiles(deep));
    targets.demand("page: ms for 95 %% of pages %s".formatted(whose), warm.percentile(95), TARGET);
  }

  private static String quantiles(Quantiles values) {
    return "median %.1f ms, 95 %% %.1f ms (target %.0f), worst %.1f ms"
        .formatted(values.median(), values.percentile(95), TARGET, values.worst());
  }
}

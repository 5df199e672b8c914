// SPDX-License-Identifier: Apache-2.0
package io.entrepot.bench;

import io.entrepot.client.Harvest;
import io.entrepot.client.Session;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * What it costs to know who asks, and to write down what he did, while five hundred requests come
 * every second: by turns with one login and one API key, nine that read and one that changes
 * something. The times are those of the server's own figures.
 */
final class RequestsBench {

  private static final int A_SECOND = 500;
  private static final int USERS = 20;
  private static final Duration WARM_UP = Duration.ofSeconds(30);
  private static final Duration MEASURED = Duration.ofSeconds(20);
  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final int FILES = 10_000;
  private static final int ONE_CHANGES = 10;
  private static final double MILLIS = 1000;
  private static final double TARGET = 5;

  private final BenchSettings settings;
  private final Targets targets;

  RequestsBench(BenchSettings settings, Targets targets) {
    this.settings = settings;
    this.targets = targets;
  }

  /** Of the server's figures, in seconds, and how many requests there were. */
  private record Figures(double requests, double time, double credentials, double audit) {

    static Figures of(String metrics) {
      return new Figures(
          sum(metrics, "entrepot_http_request_seconds_count"),
          sum(metrics, "entrepot_http_request_seconds_sum"),
          sum(metrics, "entrepot_credential_seconds_sum"),
          sum(metrics, "entrepot_audit_seconds_sum"));
    }

    /** Of all samples with this name. */
    private static double sum(String metrics, String name) {
      return metrics
          .lines()
          .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
          .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
          .sum();
    }

    Figures since(Figures before) {
      return new Figures(
          requests - before.requests,
          time - before.time,
          credentials - before.credentials,
          audit - before.audit);
    }
  }

  void run() {
    Path tiny = GeneratedTree.tiny(settings.work().resolve("tiny-" + FILES), FILES);
    Path store = Folders.fresh(settings.work().resolve("ours"));
    Path data = settings.work().resolve("data");
    try (BenchServer server = BenchServer.start(data, List.of())) {
      String instrument = fill(server.harvest(), tiny, store);
      try (Session key = withKey(server)) {
        load(server.session(), key, instrument, WARM_UP);
        Figures before = Figures.of(server.session().text("/metrics"));
        long begun = System.nanoTime();
        load(server.session(), key, instrument, MEASURED);
        double seconds = (System.nanoTime() - begun) / 1e9;
        print(Figures.of(server.session().text("/metrics")).since(before), seconds);
      }
    }
    Folders.delete(store);
    Folders.delete(data);
  }

  private static Session withKey(BenchServer server) {
    Map<String, Object> wanted = Map.of("name", "bench", "scope", "admin", "doors", List.of());
    String key = server.session().post("/api/keys", wanted).at("/data/key").asString();
    return Session.withKey(server.process().address(), key);
  }

  private static String fill(Harvest harvest, Path source, Path store) {
    String storage = harvest.storage("requests", store.toString());
    String instrument =
        harvest.folderInstrument("requests", source.toString(), Map.of("stability_seconds", 0));
    harvest.await(harvest.trigger(harvest.schedule(instrument, storage, "0 0 1 1 *", true)), LIMIT);
    return instrument;
  }

  /** So many at once at most, each with a beat of its own. */
  private static void load(Session login, Session key, String instrument, Duration time) {
    int each = (int) time.toSeconds() * A_SECOND / USERS;
    long beat = Duration.ofSeconds(USERS).toNanos() / A_SECOND;
    long begun = System.nanoTime();
    try (ExecutorService users = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all =
          IntStream.range(0, USERS)
              .<Future<?>>mapToObj(
                  user ->
                      users.submit(
                          () -> {
                            for (int i = 0; i < each; i++) {
                              int number = i * USERS + user;
                              sleepUntil(begun + number * beat / USERS);
                              ask(number % 2 == 0 ? login : key, instrument, number);
                            }
                          }))
              .toList();
      for (Future<?> one : all) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("a request was refused", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static void sleepUntil(long nanoTime) {
    try {
      Thread.sleep(Duration.ofNanos(Math.max(0, nanoTime - System.nanoTime())));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static void ask(Session session, String instrument, int number) {
    String place = "/api/instruments/" + instrument;
    // Either caller has its turn at changing something.
    if (number % ONE_CHANGES == number / ONE_CHANGES % 2) {
      session.patch(place, Map.of("description", "change " + number));
    } else if (number % 3 > 0) {
      session.get(place);
    } else {
      session.get("/api/files?limit=20");
    }
  }

  private void print(Figures figures, double seconds) {
    double percent = 100 * (figures.credentials() + figures.audit()) / figures.time();
    double each = MILLIS / figures.requests();
    System.out.printf(
        "requests: %.0f answered, %.0f a second, %.2f ms each in the server%n",
        figures.requests(), figures.requests() / seconds, figures.time() * each);
    System.out.printf(
        "requests: who asks %.3f ms, audit %.3f ms of each: %.1f %% (target below %.0f)%n",
        figures.credentials() * each, figures.audit() * each, percent, TARGET);
    targets.demand("requests: percent for who asks and for the audit", percent, TARGET);
  }
}

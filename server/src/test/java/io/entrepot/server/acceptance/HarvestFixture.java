// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.acceptance;

import io.entrepot.server.TestClient;
import io.entrepot.server.TestClient.Answer;
import io.entrepot.server.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Makes over HTTP what a harvest needs, starts it, and looks at what came of it. */
public final class HarvestFixture {

  /** The clock does not come by here while a test runs. */
  static final String SELDOM = "0 0 29 2 *";

  private static final AtomicInteger COUNTER = new AtomicInteger();
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration POLL = Duration.ofMillis(50);
  private static final Set<String> TERMINAL = Set.of("COMPLETED", "FAILED", "CANCELLED", "CRASHED");

  private final TestServer server;
  private final TestClient admin;
  private final Path folder;

  /**
   * @param folder where instruments and storage locations get their folders
   */
  public HarvestFixture(TestServer server, Path folder) {
    this.server = server;
    this.admin = server.admin();
    this.folder = folder;
  }

  /** An instrument, a storage location and the schedule that joins them. */
  public record Line(
      String instrument, String name, String storage, String schedule, Path source, Path target) {

    /** Where the copy of a file is expected. */
    public Path copyOf(String path) {
      return target.resolve(name).resolve(path);
    }

    public void put(String path, String text) {
      HarvestFixture.put(source.resolve(path), text);
    }
  }

  TestServer server() {
    return server;
  }

  public TestClient admin() {
    return admin;
  }

  static String json(Object... pairs) {
    return JSON.writeValueAsString(map(pairs));
  }

  static Map<String, Object> map(Object... pairs) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put((String) pairs[i], pairs[i + 1]);
    }
    return map;
  }

  static String id(Answer answer) {
    return answer.expect(201).json().get("id").asString();
  }

  static String unique(String word) {
    return word + " " + COUNTER.incrementAndGet();
  }

  static void put(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path newFolder(String word) {
    try {
      return Files.createDirectories(folder.resolve(unique(word))).toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A line from a folder to a folder that takes files without letting them stand still first. */
  public Line line() {
    return line("stability_seconds", 0);
  }

  /** A line from a folder to a folder with these transfer settings. */
  Line line(Object... config) {
    Path source = newFolder("source");
    Path target = newFolder("store");
    String name = unique("instrument");
    String instrument = instrument(name, source, config);
    String storage = storage(target);
    return new Line(instrument, name, storage, schedule(instrument, storage), source, target);
  }

  String instrument(String name, Path source, Object... config) {
    Map<String, Object> settings = map(config);
    settings.put("transport", "posix");
    return id(
        admin.post(
            "/api/instruments",
            json(
                "name",
                name,
                "cifs_host",
                "",
                "cifs_share",
                "",
                "cifs_base_path",
                source.toString(),
                "transfer_config",
                settings)));
  }

  String storage(Path target) {
    return storage("posix", target.toString());
  }

  String storage(String type, String path, Object... config) {
    return id(
        admin.post(
            "/api/storage-locations",
            json(
                "name",
                unique("store"),
                "type",
                type,
                "base_path",
                path,
                "connection_config",
                map(config))));
  }

  String schedule(String instrument, String storage) {
    return id(admin.post("/api/schedules", scheduleBody(instrument, storage, SELDOM)));
  }

  static String scheduleBody(String instrument, String storage, String cron) {
    return json(
        "instrument_id",
        instrument,
        "default_storage_location_id",
        storage,
        "cron_expression",
        cron);
  }

  /** A built-in hook for one instrument. */
  String hook(Line line, String point, String builtin, int priority, Map<String, Object> config) {
    return id(
        admin.post(
            "/api/hooks",
            json(
                "name",
                unique("hook"),
                "trigger",
                point,
                "implementation",
                "builtin",
                "builtin_name",
                builtin,
                "instrument_id",
                line.instrument(),
                "priority",
                priority,
                "config",
                config)));
  }

  String fileFilter(Line line, Object... config) {
    return hook(line, "pre_transfer", "file_filter", 0, map(config));
  }

  String trigger(String schedule) {
    return flowRun(admin.post("/api/schedules/" + schedule + "/trigger"));
  }

  String trigger(String schedule, String options) {
    return flowRun(admin.post("/api/schedules/" + schedule + "/trigger", options));
  }

  private static String flowRun(Answer answer) {
    return answer.expect(200).json().get("flow_run_id").asString();
  }

  JsonNode flowRun(String run) {
    return admin.get("/prefect/api/flow_runs/" + run).expect(200).json();
  }

  /** The state of a run once it is a terminal one. */
  JsonNode ended(String run) {
    await("the end of run " + run, () -> TERMINAL.contains(stateOf(run)));
    return flowRun(run).get("state");
  }

  String stateOf(String run) {
    return flowRun(run).at("/state/type").asString();
  }

  /** Harvests and answers the run's record, once it completed. */
  public JsonNode harvest(Line line) {
    return completed(trigger(line.schedule()));
  }

  JsonNode completed(String run) {
    JsonNode state = ended(run);
    if (!state.get("type").asString().equals("COMPLETED")) {
      throw new AssertionError("run " + run + " ended so: " + state);
    }
    return admin.get("/api/runs/" + run).expect(200).json();
  }

  /** Harvests and answers why the run failed. */
  String failure(Line line) {
    JsonNode state = ended(trigger(line.schedule()));
    if (!state.get("type").asString().equals("FAILED")) {
      throw new AssertionError("a run that was to fail ended so: " + state);
    }
    return state.get("message").asString();
  }

  List<JsonNode> files(Line line) {
    return list(admin, "/api/files?instrument_id=" + line.instrument());
  }

  public JsonNode file(Line line, String path) {
    return files(line).stream()
        .filter(file -> file.get("source_path").asString().equals(path))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no record of " + path));
  }

  /** Newest first. */
  List<JsonNode> transfers(Line line, String path) {
    return list(admin, "/api/transfers?file_id=" + file(line, path).get("id").asString());
  }

  /** The newest transfer of a file. */
  public JsonNode transfer(Line line, String path) {
    return transfers(line, path).getFirst();
  }

  String statusOf(Line line, String path) {
    return transfer(line, path).get("status").asString();
  }

  static List<JsonNode> list(TestClient client, String path) {
    List<JsonNode> all = new ArrayList<>();
    client.get(path).expect(200).json().forEach(all::add);
    return all;
  }

  Answer content(Line line, String path) {
    return admin.get("/api/files/" + file(line, path).get("id").asString() + "/content");
  }

  /** Files below a folder but for the marker of a storage location; relative and sorted. */
  static List<String> filesBelow(Path folder) {
    try (Stream<Path> found = Files.walk(folder)) {
      return found
          .filter(Files::isRegularFile)
          .filter(file -> !file.endsWith(".entrepot-location"))
          .map(file -> folder.relativize(file).toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("waited in vain for " + what);
      }
      pause(POLL);
    }
  }

  static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}

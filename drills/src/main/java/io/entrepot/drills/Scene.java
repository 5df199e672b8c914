// SPDX-License-Identifier: Apache-2.0
package io.entrepot.drills;

import io.entrepot.client.Harvest;
import io.entrepot.client.Session;
import io.entrepot.client.local.LocalServer;
import io.entrepot.client.local.LocalServerSettings;
import io.entrepot.client.local.LocalServerSettings.Administrator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** The folders of one drill, and how its server is started, worked and read. */
final class Scene {

  private static final Administrator ADMINISTRATOR =
      new Administrator("drill@example.org", "drill-password-1");

  /** The compiler that optimises least starts soonest, and drills start the server often. */
  private static final List<String> QUICK_START =
      List.of("-XX:TieredStopAtLevel=1", "-XX:-UsePerfData");

  /** Schedules here are triggered, never due. */
  private static final String YEARLY = "0 0 1 1 *";

  private static final Duration DRAIN = Duration.ofMinutes(10);

  private final Path root;
  private final Set<String> seen = new HashSet<>();

  /**
   * @param root made when it is not there
   */
  Scene(Path root) {
    this.root = root;
    try {
      Files.createDirectories(root.resolve("store"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path data() {
    return root.resolve("data");
  }

  Path store() {
    return root.resolve("store");
  }

  /** A folder of this drill, made when it is not there. */
  Path folder(String name) {
    try {
      return Files.createDirectories(root.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A server that answers. */
  LocalServer start(Map<String, String> environment) {
    return LocalServer.start(settings(environment));
  }

  /** A server that may not answer yet. */
  LocalServer launch(Map<String, String> environment) {
    return LocalServer.launch(settings(environment));
  }

  private LocalServerSettings settings(Map<String, String> environment) {
    return LocalServerSettings.of(DrillSettings.home(), data(), ADMINISTRATOR)
        .withJvmOptions(QUICK_START)
        .withEnvironment(environment);
  }

  Session session(LocalServer server) {
    return Session.open(server.address(), ADMINISTRATOR.email(), ADMINISTRATOR.password());
  }

  /** A storage location in this scene's store. */
  String storage(Harvest harvest) {
    return harvest.storage("store", store().toString());
  }

  /** A schedule that is only triggered. */
  String schedule(Harvest harvest, String instrument, String storage) {
    return harvest.schedule(instrument, storage, YEARLY, true);
  }

  /** The schedules there are, oldest first. */
  static List<String> schedules(Session session) {
    return session
        .get("/api/schedules?limit=500")
        .path("items")
        .valueStream()
        .map(schedule -> schedule.path("id").asString())
        .toList();
  }

  /** The record of the file with this name; a missing node when there is none. */
  static JsonNode named(JsonNode files, String path) {
    return files
        .valueStream()
        .filter(file -> file.path("source_path").asString().equals(path))
        .findFirst()
        .orElseGet(MissingNode::getInstance);
  }

  /** Runs every schedule to its end, so that nothing is left to do. */
  void drain(Session session) {
    Harvest harvest = new Harvest(session);
    for (String schedule : schedules(session)) {
      harvest.await(harvest.trigger(schedule), DRAIN);
    }
  }

  /** Writes down each file that the server shows as kept and that was not written down before. */
  void acknowledge(Session session, Journal journal) {
    for (JsonNode file : session.get("/api/files")) {
      String sha256 = file.path("sha256").asString("");
      if (!sha256.isEmpty() && seen.add(file.path("id").asString() + sha256)) {
        journal.kept(
            file.path("source_path").asString(), file.path("persistent_id").asString(), sha256);
      }
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.drills.exhaustion;

import io.entrepot.client.Harvest;
import io.entrepot.client.RefusedException;
import io.entrepot.client.Session;
import io.entrepot.client.local.LocalServer;
import io.entrepot.drills.kit.Pauses;
import io.entrepot.drills.kit.Scene;
import io.entrepot.drills.kit.SimulatedInstrument;
import io.entrepot.drills.kit.Stopwatch;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * What people ask of a server all day, each answer with the time it took: a list, the content of a
 * file, a small change, a harvest.
 */
final class Everyday implements AutoCloseable {

  private static final Map<String, Object> AND_WHAT_FAILED = Map.of("retry_failed", true);

  /** Nobody is sent more of them in an hour than a few. */
  private static final int LINKS_OF_ONE = 3;

  private static final Duration POLL = Duration.ofMillis(50);

  /**
   * @param status 0 when the server hung up
   * @param took with the machine to itself
   * @param text the answer, or why there is none
   */
  record Answer(String asked, int status, Duration took, String text) {

    boolean isOk() {
      return status / 100 == 2;
    }

    @Override
    public String toString() {
      String shown = text.substring(0, Math.min(300, text.length()));
      return "%s was answered %d after %d ms: %s".formatted(asked, status, took.toMillis(), shown);
    }
  }

  private final Scene scene;
  private final LocalServer server;
  private final Session session;
  private final Harvest harvest;
  private final SimulatedInstrument instrument;
  private final String schedule;
  private final Random random;
  private int changes;
  private int links;
  private String person = "";

  /** Tells a new server what to harvest. */
  Everyday(Scene scene, LocalServer server, Random random) {
    this(scene, server, random, false);
  }

  /**
   * As the other.
   *
   * @param told whether the server knows what to harvest from an earlier life
   */
  Everyday(Scene scene, LocalServer server, Random random, boolean told) {
    this.scene = scene;
    this.server = server;
    this.random = random;
    this.session = scene.session(server);
    this.harvest = new Harvest(session);
    this.instrument =
        new SimulatedInstrument(
            scene.folder("line"), "line", scene.journal(), random.nextInt(1 << 20));
    this.schedule = told ? Scene.schedules(session).getFirst() : schedule();
    this.changes = random.nextInt();
  }

  private String schedule() {
    String line =
        harvest.folderInstrument(
            "line", instrument.folder().toString(), Map.of("stability_seconds", 0));
    return scene.schedule(harvest, line, scene.storage(harvest));
  }

  Session session() {
    return session;
  }

  /** The storage location; a server of these drills has but one. */
  String location() {
    JsonNode id = session.get("/api/storage-locations").findValue("id");
    return Objects.requireNonNull(id).asString();
  }

  Answer list() {
    return ask("a list", () -> session.text("/api/files?limit=20"));
  }

  /** The content of a file that is kept. */
  Answer content(String id) {
    return ask("content", () -> session.text("/api/files/" + id + "/content"));
  }

  Answer alive() {
    return ask("/health", () -> session.text("/health"));
  }

  Answer ready() {
    return ask("/health/ready", () -> session.text("/health/ready"));
  }

  /** A change of the records. */
  Answer change() {
    Map<String, String> group = Map.of("name", "group " + changes++);
    return ask("a change", () -> session.post("/api/groups", group).path("id").asString());
  }

  /** Something of which the server writes a line to its log: a link for which it has no mail. */
  Answer log() {
    return ask(
        "what is logged",
        () -> {
          if (links++ % LINKS_OF_ONE == 0) {
            person = "person-%d@example.org".formatted(random.nextInt(1 << 30));
            session.post("/auth/register", Map.of("email", person, "password", "Zinnober-Blau-7"));
          }
          return session.post("/auth/forgot-password", Map.of("email", person)).toString();
        });
  }

  /** Somebody signs in. */
  Answer signIn() {
    return ask(
        "a login",
        () -> {
          try (Session another = scene.session(server)) {
            return another.text("/users/me");
          }
        });
  }

  /** Asks for a harvest; the text of the answer is the run. */
  Answer trigger() {
    return ask(
        "a harvest",
        () ->
            session
                .post("/api/schedules/" + schedule + "/trigger", AND_WHAT_FAILED)
                .path("flow_run_id")
                .asString());
  }

  /** Has the instrument make a file. */
  String measure(int bytes) {
    return instrument.measureOne(bytes, random);
  }

  /** The record of a run, once it is over or after so long. */
  JsonNode ended(String run, Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    while (true) {
      JsonNode record = session.get("/api/runs/" + run);
      if (!record.path("finished_at").isNull() || System.nanoTime() > end) {
        return record;
      }
      Pauses.sleep(POLL);
    }
  }

  /** Whether this run completed, within so long. */
  boolean completes(String run, Duration limit) {
    boolean over = !ended(run, limit).path("finished_at").isNull();
    return over && harvest.state(run).equals("COMPLETED");
  }

  /** The file with this path on the instrument; a missing node before it was seen. */
  JsonNode file(String path) {
    return Scene.named(session.get("/api/files?limit=500"), path);
  }

  /** The latest transfer of a file; a missing node before there was one. */
  JsonNode transfer(String path) {
    String id = file(path).path("id").asString("");
    return id.isEmpty()
        ? MissingNode.getInstance()
        : session.get("/api/transfers?file_id=" + id).path(0);
  }

  boolean isKept(String path) {
    return !file(path).path("sha256").asString("").isEmpty();
  }

  private Answer ask(String what, Supplier<String> request) {
    Stopwatch watch = Stopwatch.start(server);
    try {
      String text = request.get();
      return new Answer(what, 200, watch.alone(), text);
    } catch (RefusedException e) {
      return new Answer(what, e.status(), watch.alone(), String.valueOf(e.getMessage()));
    } catch (UncheckedIOException e) {
      return new Answer(what, 0, watch.alone(), String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void close() {
    session.close();
  }
}

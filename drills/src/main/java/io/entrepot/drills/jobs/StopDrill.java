// SPDX-License-Identifier: Apache-2.0
package io.entrepot.drills.jobs;

import io.entrepot.client.Harvest;
import io.entrepot.client.Session;
import io.entrepot.client.local.LocalServer;
import io.entrepot.client.local.LocalServer.Request;
import io.entrepot.drills.kit.Drill;
import io.entrepot.drills.kit.DrillSettings;
import io.entrepot.drills.kit.DrillState;
import io.entrepot.drills.kit.Pauses;
import io.entrepot.drills.kit.Scene;
import io.entrepot.drills.kit.SimulatedInstrument;
import io.entrepot.drills.kit.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import tools.jackson.databind.JsonNode;

/**
 * A server is asked to stop amid a harvest, by SIGTERM and by SIGINT in turn. It has to end within
 * its grace, by no crash, and its next life has to complete that same run, as one that was handed
 * back. Stops are remembered in a state file, so that a long drill can be taken up again.
 */
public final class StopDrill implements Drill {

  /** Ten seconds for requests under way, and as many for jobs. */
  private static final Duration GRACE = Duration.ofSeconds(20);

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int FILES = 200;
  private static final int LATEST_STOP_MILLIS = 400;
  private static final int STOPS_BETWEEN_AUDITS = 10;

  /** How many runs were under way when their server was asked to stop. */
  private static final String AMID = "amid";

  /** How many of those were begun once more, by the next life of their server. */
  private static final String HANDED_BACK = "handed-back";

  private final int stops;
  private final DrillState state;
  private final Scene scene;
  private final SimulatedInstrument instrument;
  private final List<Request> requests;
  private Duration slowest = Duration.ZERO;

  public StopDrill(DrillSettings settings) {
    this.stops = settings.bySize(2, 20, 100);
    Path root = settings.work().resolve("stop-" + stops);
    this.state = DrillState.open(root, settings.seed());
    this.requests = requests();
    this.scene = new Scene(root);
    this.instrument =
        new SimulatedInstrument(
            scene.folder("line"), "line", scene.journal(), FILES * state.done());
  }

  /** A shell that starts something in the background has it ignore SIGINT, which is inherited. */
  private List<Request> requests() {
    try {
      boolean ignored =
          Files.readAllLines(Path.of("/proc/self/status")).stream()
              .filter(line -> line.startsWith("SigIgn:"))
              .anyMatch(line -> (Long.parseUnsignedLong(line.substring(8).strip(), 16) & 2) != 0);
      if (ignored) {
        state.leaveOut("SIGINT (it is ignored by what this was started from)");
        return List.of(Request.TERM);
      }
    } catch (IOException notLinux) {
      // Then nothing is known of it, and it is tried.
    }
    return List.of(Request.values());
  }

  @Override
  public Verdict run() {
    return state.verdict(this::stopAgainAndAgain);
  }

  private Verdict stopAgainAndAgain() {
    try (scene) {
      while (state.done() < stops) {
        Optional<String> fault = round(new Random(state.seed() + state.done()));
        int done = state.done() + 1;
        boolean due = done % STOPS_BETWEEN_AUDITS == 0 || done == stops;
        if (fault.isPresent() || due && !judged(done)) {
          String text = "%safter %d stops, seed %d";
          return state.red(
              text.formatted(fault.map(it -> it + ", ").orElse(""), done, state.seed()));
        }
        state.advance();
      }
    }
    int amid = state.count(AMID);
    int handedBack = state.count(HANDED_BACK);
    String text =
        "%d stops, %d of them amid a run, %d runs handed back, the slowest took %d ms, seed %d"
            .formatted(stops, amid, handedBack, slowest.toMillis(), state.seed());
    if (amid == 0 || handedBack == 0) {
      return state.red(text);
    }
    Verdict verdict = Verdict.green(text);
    state.close();
    return verdict;
  }

  /** One stop, and the life after it. Tells what went wrong. */
  private Optional<String> round(Random random) {
    instrument.measure(FILES, random);
    Request request = requests.get(state.done() % requests.size());
    String run;
    try (LocalServer server = scene.start(Map.of())) {
      run = begun(server, Duration.ofMillis(random.nextInt(LATEST_STOP_MILLIS)));
      Optional<Duration> took = server.stop(request, GRACE);
      if (took.isEmpty()) {
        return Optional.of("SIG%s was not obeyed within %s".formatted(request, GRACE));
      }
      int status = server.status().orElseThrow();
      if (status != request.status()) {
        String text = "after SIG%s the server ended with status %d and not %d";
        return Optional.of(text.formatted(request, status, request.status()));
      }
      slowest = took.get().compareTo(slowest) > 0 ? took.get() : slowest;
    }
    try (LocalServer server = scene.start(Map.of());
        Session session = scene.session(server)) {
      JsonNode record = new Harvest(session).awaitEnd(run, PATIENCE);
      if (!record.path("state").asString().equals("completed")) {
        return Optional.of("the run that was under way came to " + record);
      }
      state.count(HANDED_BACK, record.path("fencing_token").asInt() > 1 ? 1 : 0);
      scene.journal().stopped(run);
      scene.acknowledge(session);
    }
    return Optional.empty();
  }

  /** A run that has begun, after so long; usually it is still under way. */
  private String begun(LocalServer server, Duration wait) {
    try (Session session = scene.session(server)) {
      Harvest harvest = new Harvest(session);
      List<String> schedules = Scene.schedules(session);
      String run = harvest.trigger(schedules.isEmpty() ? schedule(harvest) : schedules.getFirst());
      harvest.awaitBegin(run, PATIENCE);
      Pauses.sleep(wait);
      state.count(AMID, harvest.state(run).equals("RUNNING") ? 1 : 0);
      return run;
    }
  }

  private String schedule(Harvest harvest) {
    String line =
        harvest.folderInstrument(
            "line",
            instrument.folder().toString(),
            Map.of("stability_seconds", 0, "delete_source", true));
    return scene.schedule(harvest, line, scene.storage(harvest));
  }

  private boolean judged(int done) {
    System.out.printf("  %d stops:%n", done);
    return scene.judged();
  }
}

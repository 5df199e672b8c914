// SPDX-License-Identifier: Apache-2.0
package io.entrepot.drills.harvest;

import io.entrepot.client.Harvest;
import io.entrepot.client.RefusedException;
import io.entrepot.client.Session;
import io.entrepot.client.local.LocalServer;
import io.entrepot.client.local.LocalSshd;
import io.entrepot.drills.kit.Digests;
import io.entrepot.drills.kit.Drill;
import io.entrepot.drills.kit.DrillSettings;
import io.entrepot.drills.kit.DrillState;
import io.entrepot.drills.kit.Pauses;
import io.entrepot.drills.kit.Scene;
import io.entrepot.drills.kit.Verdict;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * The folders of this machine that hold most files, harvested through its sshd by a server that is
 * killed at random moments. When all of it is in, every digest of the catalogue has to be what
 * {@code xxhsum} says; then the next round begins with an empty server.
 */
public final class TreeDrill implements Drill {

  private static final int KILLS_A_ROUND = 10;
  private static final int LONGEST_LIFE_MILLIS = 4_000;
  private static final Duration WATCH = Duration.ofMillis(100);

  private final List<Path> trees;
  private final int kills;
  private final DrillState state;
  private int files;

  public TreeDrill(DrillSettings settings) {
    Path jdk = Path.of(System.getProperty("java.home"));
    this.trees = List.of(jdk, Path.of("/usr/share"));
    this.kills = settings.bySize(1, 20, 50);
    this.state = DrillState.open(settings.work().resolve("tree-" + kills), settings.seed());
  }

  @Override
  public Verdict run() {
    if (!Digests.installed() || !LocalSshd.installed()) {
      return Verdict.cannot("xxhsum or sshd is not installed");
    }
    return state.verdict(this::rounds);
  }

  private Verdict rounds() {
    while (state.done() < kills) {
      if (!round()) {
        return state.red("after %d kills, seed %d".formatted(state.done(), state.seed()));
      }
    }
    Verdict verdict =
        Verdict.green("%d kills, seed %d, %,d files".formatted(kills, state.seed(), files));
    state.close();
    return verdict;
  }

  private boolean round() {
    try (Scene scene = new Scene(state.fresh("round"));
        LocalSshd sshd = LocalSshd.start(state.folder().resolve("sshd"))) {
      setUp(scene, sshd);
      int now = Math.min(KILLS_A_ROUND, kills - state.done());
      for (int i = 0; i < now; i++) {
        int life = new Random(state.seed() + state.done() + i).nextInt(LONGEST_LIFE_MILLIS);
        liveAndDie(scene, life);
      }
      System.out.printf("  %d kills:%n", state.done() + now);
      boolean sound = judged(scene);
      // Kills count once they were judged, or a drill taken up again would pass over them.
      for (int i = 0; i < now; i++) {
        state.advance();
      }
      return sound;
    }
  }

  private void setUp(Scene scene, LocalSshd sshd) {
    try (LocalServer server = scene.start(Map.of());
        Session session = scene.session(server)) {
      Harvest harvest = new Harvest(session);
      String storage = scene.storage(harvest);
      for (Path tree : trees) {
        Map<String, Object> policy = Map.of("stability_seconds", 0);
        String instrument =
            harvest.sftpInstrument(tree.toString(), tree.toString(), sshd.login(), policy);
        scene.schedule(harvest, instrument, storage);
      }
    }
  }

  /** What the server shows as kept at the beginning of its life is written down. */
  private static void liveAndDie(Scene scene, int millis) {
    LocalServer server = scene.start(Map.of());
    Thread killer = Pauses.later(Duration.ofMillis(millis), server::kill);
    try (Session session = scene.session(server)) {
      Harvest harvest = new Harvest(session);
      Scene.schedules(session).forEach(harvest::trigger);
      scene.acknowledge(session);
      while (server.isAlive()) {
        Pauses.sleep(WATCH);
      }
    } catch (UncheckedIOException | RefusedException dying) {
      // Whether the last request took effect is unknown, so nothing was written down for it.
    }
    Pauses.join(killer);
  }

  private boolean judged(Scene scene) {
    long began = System.nanoTime();
    long harvested;
    int wrong;
    try (LocalServer server = scene.start(Map.of());
        Session session = scene.session(server)) {
      scene.drain(session);
      harvested = System.nanoTime();
      scene.acknowledge(session);
      wrong = differences(session);
    }
    long compared = System.nanoTime();
    boolean clean = scene.judged();
    System.out.printf(
        "  the rest harvested in %d s, compared in %d s, judged in %d s%n",
        seconds(began, harvested),
        seconds(harvested, compared),
        seconds(compared, System.nanoTime()));
    if (files == 0) {
      System.out.println("  there is no file in " + trees);
    }
    return clean && wrong == 0 && files > 0;
  }

  private static long seconds(long from, long to) {
    return Duration.ofNanos(to - from).toSeconds();
  }

  private int differences(Session session) {
    int wrong = 0;
    files = 0;
    for (JsonNode instrument : session.get("/api/instruments").path("items")) {
      Map<String, String> told = new TreeMap<>();
      String id = instrument.path("id").asString();
      for (JsonNode file : session.get("/api/files?instrument_id=" + id)) {
        told.put(file.path("source_path").asString(), file.path("xxhash").asString(""));
      }
      Map<String, String> right = Digests.of(Path.of(instrument.path("name").asString()));
      files += right.size();
      for (var file : right.entrySet()) {
        if (!file.getValue().equals(told.remove(file.getKey())) && wrong++ < 10) {
          System.out.println("  wrong or missing: " + file.getKey());
        }
      }
      wrong += told.size();
      told.keySet().stream().limit(10).forEach(more -> System.out.println("  not there: " + more));
    }
    return wrong;
  }
}

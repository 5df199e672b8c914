// SPDX-License-Identifier: Apache-2.0
package io.entrepot.drills.harvest;

import io.entrepot.client.Harvest;
import io.entrepot.client.RefusedException;
import io.entrepot.client.Session;
import io.entrepot.client.SftpLogin;
import io.entrepot.client.local.LocalServer;
import io.entrepot.client.local.LocalSshd;
import io.entrepot.drills.kit.Canaries;
import io.entrepot.drills.kit.Drill;
import io.entrepot.drills.kit.DrillSettings;
import io.entrepot.drills.kit.DrillState;
import io.entrepot.drills.kit.Pauses;
import io.entrepot.drills.kit.Published;
import io.entrepot.drills.kit.Scene;
import io.entrepot.drills.kit.SimulatedInstrument;
import io.entrepot.drills.kit.Verdict;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * The server is killed at random moments of harvests, from a folder whose originals are removed
 * once proved and, with and without that, over SFTP, and started again. Every few kills all work is
 * drained and the auditor judges. Killed runs are remembered in a state file, so that a long drill
 * can be taken up again.
 */
public final class KillDrill implements Drill {

  private static final int KILLS_BETWEEN_AUDITS = 10;
  private static final int FILES_AT_START = 60;
  private static final int FILES_A_ROUND = 12;
  private static final int LONGEST_LIFE_MILLIS = 3_000;
  private static final Duration LONGEST_LIFE = Duration.ofSeconds(20);
  private static final int WATCH_MILLIS = 100;
  private static final int LIVES_TO_ONE_STILLBIRTH = 4;

  /** How many runs were under way when a server was killed. */
  private static final String AMID = "amid";

  private final DrillState state;
  private final Scene scene;
  private final int kills;
  private final Set<String> begunAgain = new HashSet<>();

  public KillDrill(DrillSettings settings) {
    this.kills = settings.bySize(2, 50, 1_000);
    Path root = settings.work().resolve("kill-" + kills);
    this.state = DrillState.open(root, settings.seed());
    this.scene = new Scene(root);
  }

  @Override
  public Verdict run() {
    return state.verdict(this::killAgainAndAgain);
  }

  private Verdict killAgainAndAgain() {
    try (scene;
        Peers peers = new Peers()) {
      if (state.done() == 0) {
        peers.measure(FILES_AT_START, new Random(state.seed()));
      }
      return killAll(peers);
    }
  }

  private Verdict killAll(Peers peers) {
    Duration slowest = Duration.ZERO;
    while (state.done() < kills) {
      Random random = new Random(state.seed() + state.done());
      peers.measure(FILES_A_ROUND, random);
      boolean first = state.done() == 0;
      if (!first && random.nextInt(LIVES_TO_ONE_STILLBIRTH) == 0) {
        dieInStart(random.nextInt(LONGEST_LIFE_MILLIS));
      } else {
        LocalServer server = first ? setUp(peers) : scene.start(Map.of());
        Duration ready = liveAndDie(server, end(server, peers, random, first));
        slowest = ready.compareTo(slowest) > 0 ? ready : slowest;
      }
      int done = state.done() + 1;
      boolean due = done % KILLS_BETWEEN_AUDITS == 0 || done == kills;
      if (due && !judged(done)) {
        return state.red("after %d kills, seed %d".formatted(done, state.seed()));
      }
      state.advance();
    }
    int amid = state.count(AMID);
    if (amid == 0) {
      return state.red("%d kills, none of them amid a run, seed %d".formatted(kills, state.seed()));
    }
    String text = "%d kills, %d runs begun again, seed %d, slowest start %d ms";
    Verdict verdict = Verdict.green(text.formatted(kills, amid, state.seed(), slowest.toMillis()));
    state.close();
    return verdict;
  }

  /** A server that was told what to harvest. */
  private LocalServer setUp(Peers peers) {
    LocalServer server = scene.start(Map.of());
    try (Session session = scene.session(server)) {
      if (Scene.schedules(session).isEmpty()) {
        Harvest harvest = new Harvest(session);
        String storage = scene.storage(harvest);
        for (String instrument : peers.instruments(harvest)) {
          scene.schedule(harvest, instrument, storage);
        }
        Canaries canaries = new Canaries(session, scene.journal());
        canaries.plant();
        peers.knock(canaries);
      }
    } catch (RuntimeException e) {
      server.kill();
      throw e;
    }
    return server;
  }

  /** Killed while it starts, takes up what the life before left, and perhaps answers already. */
  private void dieInStart(int millis) {
    LocalServer server = scene.launch(Map.of());
    Pauses.sleep(Duration.ofMillis(millis));
    server.kill();
  }

  /** Half of the kills fall at any time, the others and the first once something was published. */
  private Runnable end(LocalServer server, Peers peers, Random random, boolean amid) {
    int millis = random.nextInt(LONGEST_LIFE_MILLIS);
    int more = 1 + random.nextInt(FILES_A_ROUND);
    if (!amid && random.nextBoolean()) {
      return () -> {
        Pauses.sleep(Duration.ofMillis(millis));
        server.kill();
      };
    }
    Published published = new Published(scene.store(), peers.folders());
    int files = published.files().size() + more;
    return () -> {
      try {
        published.await(files, LONGEST_LIFE);
      } finally {
        server.kill();
      }
    };
  }

  /**
   * One life of the server: work is asked for, what it shows is written down, then it is killed.
   */
  private Duration liveAndDie(LocalServer server, Runnable end) {
    Thread killer = Thread.startVirtualThread(end);
    try (Session session = scene.session(server)) {
      Harvest harvest = new Harvest(session);
      for (String schedule : Scene.schedules(session)) {
        harvest.trigger(schedule);
        refused(harvest, schedule);
      }
      while (server.isAlive()) {
        scene.acknowledge(session);
        Pauses.sleep(Duration.ofMillis(WATCH_MILLIS));
      }
    } catch (UncheckedIOException | RefusedException dying) {
      // Whether the last request took effect is unknown, so nothing was written down for it.
    }
    Pauses.join(killer);
    return server.startTime();
  }

  /** What is asked for again while it is under way, and what cannot be, may have no effect. */
  private static void refused(Harvest harvest, String schedule) {
    try {
      harvest.trigger(schedule);
    } catch (RefusedException underWay) {
      // The journal knows, and the auditor looks for a second run.
    }
    try {
      harvest.schedule(schedule, schedule, "61 * * * *", true);
    } catch (RefusedException asItShould) {
      return;
    }
  }

  private boolean judged(int done) {
    try (LocalServer server = scene.start(Map.of());
        Session session = scene.session(server)) {
      scene.drain(session);
      scene.countOpenFiles(server);
      scene.drain(session);
      scene.countOpenFiles(server);
      scene.acknowledge(session);
      countBegunAgain(session);
    }
    System.out.printf("  %d kills:%n", done);
    return scene.judged();
  }

  /** A run that was begun more than once was under way when its server was killed. */
  private void countBegunAgain(Session session) {
    for (JsonNode run : session.get("/api/runs?limit=500")) {
      if (run.path("fencing_token").asInt() > 1 && begunAgain.add(run.path("id").asString())) {
        state.count(AMID, 1);
      }
    }
  }

  /**
   * Where files appear: a folder whose originals are removed, and where sshd is installed two
   * behind it, of which one is emptied too.
   */
  private final class Peers implements AutoCloseable {

    private static final Map<String, Object> COPYING = Map.of("stability_seconds", 0);
    private static final Map<String, Object> MOVING =
        Map.of("stability_seconds", 0, "delete_source", true);

    private final List<SimulatedInstrument> instruments = new ArrayList<>();
    private final List<LocalSshd> sshds = new ArrayList<>();

    Peers() {
      add("local");
      if (LocalSshd.installed()) {
        add("remote");
        add("carried");
        sshds.add(LocalSshd.start(state.folder().resolve("sshd")));
      } else {
        state.leaveOut("SFTP (/usr/sbin/sshd is not installed)");
      }
    }

    private void add(String name) {
      int made = state.done() == 0 ? 0 : FILES_AT_START + FILES_A_ROUND * state.done();
      instruments.add(new SimulatedInstrument(scene.folder(name), name, scene.journal(), made));
    }

    void measure(int files, Random random) {
      instruments.forEach(instrument -> instrument.measure(files, random));
    }

    List<Path> folders() {
      return instruments.stream().map(SimulatedInstrument::folder).toList();
    }

    List<String> instruments(Harvest harvest) {
      List<String> ids = new ArrayList<>();
      ids.add(harvest.folderInstrument("local", folders().getFirst().toString(), MOVING));
      for (LocalSshd sshd : sshds) {
        SftpLogin login = sshd.login();
        scene.journal().secret("private key", line(login.privateKey()));
        String copied = folders().get(1).toString();
        ids.add(harvest.sftpInstrument("remote", copied, login, COPYING));
        String moved = folders().get(2).toString();
        ids.add(harvest.sftpInstrument("carried", moved, login, MOVING));
      }
      return ids;
    }

    /** A line from within the key; the first ones of all keys are alike. */
    private static String line(String key) {
      return key.lines().toList().get(3);
    }

    void knock(Canaries canaries) {
      sshds.forEach(sshd -> canaries.knock(sshd.login(), folders().getFirst().toString()));
    }

    @Override
    public void close() {
      sshds.forEach(LocalSshd::close);
    }
  }
}

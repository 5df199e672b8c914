// SPDX-License-Identifier: Apache-2.0
package io.entrepot.drills;

import io.entrepot.client.Harvest;
import io.entrepot.client.RefusedException;
import io.entrepot.client.Session;
import io.entrepot.client.local.LocalServer;
import io.entrepot.client.local.LocalSshd;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The server is killed at random moments of harvests, from a folder whose originals are removed
 * once proved and over SFTP, and started again. Every few kills all work is drained and the auditor
 * judges. Killed runs are remembered in a state file, so that a long drill can be taken up again.
 */
final class KillDrill implements Drill {

  private static final Duration READY_LIMIT = Duration.ofSeconds(10);
  private static final int KILLS_BETWEEN_AUDITS = 10;
  private static final int FILES_AT_START = 60;
  private static final int FILES_A_ROUND = 12;
  private static final int LONGEST_LIFE_MILLIS = 3_000;
  private static final int WATCH_MILLIS = 100;
  private static final int LIVES_TO_ONE_STILLBIRTH = 4;

  private final DrillState state;
  private final Scene scene;
  private final int kills;

  KillDrill(DrillSettings settings) {
    this.kills = settings.bySize(3, 50, 1_000);
    Path root = settings.work().resolve("kill-" + kills);
    this.state = DrillState.open(root, settings.seed());
    this.scene = new Scene(root);
  }

  @Override
  public Verdict run() {
    try (Journal journal = new Journal(scene.folder("journal").resolve("journal.jsonl"));
        Peers peers = new Peers(journal)) {
      if (state.done() == 0) {
        peers.measure(FILES_AT_START, new Random(state.seed()));
      }
      return killAll(peers, journal);
    }
  }

  private Verdict killAll(Peers peers, Journal journal) {
    Duration slowest = Duration.ZERO;
    while (state.done() < kills) {
      Random random = new Random(state.seed() + state.done());
      peers.measure(FILES_A_ROUND, random);
      boolean first = state.done() == 0;
      if (!first && random.nextInt(LIVES_TO_ONE_STILLBIRTH) == 0) {
        dieInStart(random.nextInt(LONGEST_LIFE_MILLIS));
      } else {
        LocalServer server = first ? setUp(peers) : scene.start(Map.of());
        Duration ready = liveAndDie(server, journal, random.nextInt(LONGEST_LIFE_MILLIS));
        slowest = ready.compareTo(slowest) > 0 ? ready : slowest;
      }
      int done = state.done() + 1;
      boolean due = done % KILLS_BETWEEN_AUDITS == 0 || done == kills;
      if (due && !judged(peers, journal, done)) {
        return state.red("after %d kills, seed %d".formatted(done, state.seed()));
      }
      state.advance();
    }
    String text = "%d kills, seed %d, slowest start %d ms";
    String told = text.formatted(kills, state.seed(), slowest.toMillis());
    state.close();
    return slowest.compareTo(READY_LIMIT) > 0
        ? Verdict.red(told + ": a start took more than 10 s")
        : Verdict.green(told);
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

  /**
   * One life of the server: work is asked for, what it shows is written down, then it is killed.
   */
  private Duration liveAndDie(LocalServer server, Journal journal, int millis) {
    Thread killer = Pauses.later(Duration.ofMillis(millis), server::kill);
    try (Session session = scene.session(server)) {
      Harvest harvest = new Harvest(session);
      Scene.schedules(session).forEach(harvest::trigger);
      while (server.isAlive()) {
        scene.acknowledge(session, journal);
        Pauses.sleep(Duration.ofMillis(WATCH_MILLIS));
      }
    } catch (UncheckedIOException | RefusedException dying) {
      // Whether the last request took effect is unknown, so nothing was written down for it.
    }
    Pauses.join(killer);
    return server.startTime();
  }

  private boolean judged(Peers peers, Journal journal, int done) {
    try (LocalServer server = scene.start(Map.of());
        Session session = scene.session(server)) {
      scene.drain(session);
      scene.acknowledge(session, journal);
    }
    System.out.printf("  %d kills:%n", done);
    return new Auditor(scene.data(), journal, peers.folders()).judge(true).clean();
  }

  /** Where files appear: a folder, and where sshd is installed another behind it. */
  private final class Peers implements AutoCloseable {

    private final List<SimulatedInstrument> instruments = new ArrayList<>();
    private final List<LocalSshd> sshds = new ArrayList<>();

    Peers(Journal journal) {
      int made = state.done() == 0 ? 0 : FILES_AT_START + FILES_A_ROUND * state.done();
      instruments.add(new SimulatedInstrument(scene.folder("local"), "local", journal, made));
      if (LocalSshd.installed()) {
        instruments.add(new SimulatedInstrument(scene.folder("remote"), "remote", journal, made));
        sshds.add(LocalSshd.start(state.folder().resolve("sshd")));
      } else {
        System.out.println("  SFTP is left out: /usr/sbin/sshd is not installed");
      }
    }

    void measure(int files, Random random) {
      instruments.forEach(instrument -> instrument.measure(files, random));
    }

    List<Path> folders() {
      return instruments.stream().map(SimulatedInstrument::folder).toList();
    }

    List<String> instruments(Harvest harvest) {
      List<String> ids = new ArrayList<>();
      Map<String, Object> moving = Map.of("stability_seconds", 0, "delete_source", true);
      ids.add(harvest.folderInstrument("local", folders().getFirst().toString(), moving));
      for (LocalSshd sshd : sshds) {
        ids.add(
            harvest.sftpInstrument(
                "remote",
                folders().getLast().toString(),
                sshd.login(),
                Map.of("stability_seconds", 0)));
      }
      return ids;
    }

    @Override
    public void close() {
      sshds.forEach(LocalSshd::close);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.drills.jobs;

import io.entrepot.client.Harvest;
import io.entrepot.client.Session;
import io.entrepot.client.local.LocalPostgresql;
import io.entrepot.client.local.LocalServer;
import io.entrepot.drills.kit.Drill;
import io.entrepot.drills.kit.DrillSettings;
import io.entrepot.drills.kit.DrillState;
import io.entrepot.drills.kit.Pauses;
import io.entrepot.drills.kit.Scene;
import io.entrepot.drills.kit.SimulatedInstrument;
import io.entrepot.drills.kit.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Two servers on one PostgreSQL. The one that harvests is killed, or frozen for longer than its
 * claim holds and woken then; the other has to take its run over in time and end it. The woken one
 * may do nothing more for that run.
 */
public final class TakeoverDrill implements Drill {

  /** From the moment that a server falls silent until another goes on with its run. */
  private static final Duration LATEST = Duration.ofSeconds(35);

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration WATCH = Duration.ofMillis(100);

  /** How long a woken server is given to do wrong. */
  private static final Duration AWAKE = Duration.ofSeconds(5);

  private static final int FILES = 250;

  /** After so many all is judged, and they need not be done again. */
  private static final int ROUNDS_A_SCENE = 10;

  /** So many runs more than there are rounds may be over before the blow. */
  private static final int MISSES = 10;

  private static final int LATEST_BLOW_MILLIS = 500;
  private static final String SECOND = "data-2";

  private final int rounds;
  private final DrillState state;
  private final Random random;
  private Duration slowest = Duration.ZERO;
  private int tooLate;

  public TakeoverDrill(DrillSettings settings) {
    this.rounds = settings.bySize(1, 4, 100);
    this.state = DrillState.open(settings.work().resolve("takeover-" + rounds), settings.seed());
    this.random = new Random(state.seed() + state.done());
  }

  @Override
  public Verdict run() {
    if (!LocalPostgresql.installed()) {
      return Verdict.cannot("PostgreSQL is not installed: apt-get install postgresql");
    }
    return state.verdict(this::takeTurns);
  }

  private Verdict takeTurns() {
    while (state.done() < rounds) {
      int now = Math.min(ROUNDS_A_SCENE, rounds - state.done());
      List<String> faults = new ArrayList<>();
      boolean clean = onOneScene(now, faults);
      faults.forEach(fault -> System.out.println("  " + fault));
      if (!clean || !faults.isEmpty()) {
        return state.red("%d faults, seed %d".formatted(faults.size(), state.seed()));
      }
      // Rounds count once they were judged, or a drill taken up again would pass over them.
      for (int i = 0; i < now; i++) {
        state.advance();
      }
    }
    String text = "%d takeovers, the slowest after %d ms, %d runs over too soon, seed %d";
    Verdict verdict =
        Verdict.green(text.formatted(rounds, slowest.toMillis(), tooLate, state.seed()));
    state.close();
    return verdict;
  }

  private boolean onOneScene(int now, List<String> faults) {
    Path folder = inReachOfEverybody();
    try (LocalPostgresql records = LocalPostgresql.start(folder);
        Scene scene = new Scene(state.fresh("scene"), records)) {
      SimulatedInstrument instrument =
          new SimulatedInstrument(scene.folder("line"), "line", scene.journal(), 0);
      faults.addAll(takeTurns(scene, instrument, now));
      return scene.judged();
    } finally {
      DrillState.delete(folder);
    }
  }

  /** PostgreSQL does not run as root, whose folders others may not enter. */
  private static Path inReachOfEverybody() {
    try {
      return Files.createTempDirectory("entrepot-takeover");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The two servers; each round the first of them is struck, and they change places. */
  private static final class Pair implements AutoCloseable {

    private final List<LocalServer> servers = new ArrayList<>();
    private final List<Supplier<LocalServer>> starts = new ArrayList<>();

    void add(Supplier<LocalServer> start) {
      servers.add(start.get());
      starts.add(start);
    }

    LocalServer struck() {
      return servers.getFirst();
    }

    LocalServer other() {
      return servers.getLast();
    }

    void replaceStruck() {
      servers.set(0, starts.getFirst().get());
    }

    void changePlaces() {
      servers.add(servers.removeFirst());
      starts.add(starts.removeFirst());
    }

    @Override
    public void close() {
      servers.forEach(LocalServer::wake);
      servers.forEach(LocalServer::close);
    }
  }

  private List<String> takeTurns(Scene scene, SimulatedInstrument instrument, int now) {
    List<String> faults = new ArrayList<>();
    try (Pair pair = new Pair()) {
      pair.add(() -> scene.start(Map.of()));
      pair.add(() -> scene.startBeside(SECOND));
      String schedule = schedule(scene, pair.struck(), instrument);
      int done = 0;
      while (done < now && faults.isEmpty()) {
        instrument.measure(FILES, random);
        if (strike(scene, pair, schedule, done % 2 == 0, faults)) {
          done++;
        } else {
          tooLate++;
        }
        if (tooLate > rounds + MISSES) {
          faults.add("%d runs were over before the blow".formatted(tooLate));
        }
        pair.changePlaces();
      }
      try (Session session = scene.session(pair.other())) {
        scene.drain(session);
        scene.acknowledge(session);
      }
    }
    return faults;
  }

  private static String schedule(Scene scene, LocalServer server, SimulatedInstrument instrument) {
    try (Session session = scene.session(server)) {
      Harvest harvest = new Harvest(session);
      String line =
          harvest.folderInstrument(
              "line",
              instrument.folder().toString(),
              Map.of("stability_seconds", 0, "delete_source", true));
      return scene.schedule(harvest, line, scene.storage(harvest));
    }
  }

  /**
   * One round.
   *
   * @return whether there was something to take over; false when the run was over before the blow
   */
  private boolean strike(
      Scene scene, Pair pair, String schedule, boolean freeze, List<String> faults) {
    try (Session session = scene.session(pair.other())) {
      String shown = begun(scene, pair, schedule);
      String run = newest(scene);
      Pauses.sleep(Duration.ofMillis(random.nextInt(LATEST_BLOW_MILLIS)));
      String fence = fence(scene, run);
      if (freeze) {
        pair.struck().freeze();
      } else {
        pair.struck().kill();
      }
      long struckAt = System.nanoTime();
      pair.other().wake();
      boolean inTime = isOver(scene, run) || takenOver(scene, run, fence, struckAt, faults);
      boolean counts = !fence(scene, run).equals(fence);
      if (inTime) {
        new Harvest(session).await(shown, PATIENCE);
      }
      comeBack(pair, freeze);
      scene.acknowledge(session);
      return counts || !inTime;
    }
  }

  /** A run that the struck server has, for the other one was asleep when it was asked for. */
  private static String begun(Scene scene, Pair pair, String schedule) {
    try (Session session = scene.session(pair.struck())) {
      pair.other().freeze();
      Harvest harvest = new Harvest(session);
      String run = harvest.trigger(schedule);
      harvest.awaitBegin(run, PATIENCE);
      return run;
    }
  }

  private boolean takenOver(
      Scene scene, String run, String fence, long struckAt, List<String> faults) {
    while (true) {
      Duration since = Duration.ofNanos(System.nanoTime() - struckAt);
      if (!fence(scene, run).equals(fence)) {
        slowest = since.compareTo(slowest) > 0 ? since : slowest;
        if (since.compareTo(LATEST) > 0) {
          faults.add("run %s was taken over only after %d ms".formatted(run, since.toMillis()));
        }
        return true;
      }
      if (since.compareTo(PATIENCE) > 0) {
        faults.add("run %s was never taken over".formatted(run));
        return false;
      }
      Pauses.sleep(WATCH);
    }
  }

  /** The frozen one wakes up amid what it was doing; a killed one starts anew. */
  private static void comeBack(Pair pair, boolean frozen) {
    if (frozen) {
      pair.struck().wake();
      Pauses.sleep(AWAKE);
      pair.struck().awaitReady();
    } else {
      pair.replaceStruck();
    }
  }

  /** The row of the run that was asked for last. */
  private static String newest(Scene scene) {
    return scene.ask("select id from job where kind = 'harvest' order by id desc limit 1");
  }

  private static boolean isOver(Scene scene, String run) {
    return !scene.ask("select finished_at from job where id = '" + run + "'").isEmpty();
  }

  private static String fence(Scene scene, String run) {
    return scene.ask("select fence from job where id = '" + run + "'");
  }
}

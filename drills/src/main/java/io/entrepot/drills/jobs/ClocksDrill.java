// SPDX-License-Identifier: Apache-2.0
package io.entrepot.drills.jobs;

import io.entrepot.client.Harvest;
import io.entrepot.client.RefusedException;
import io.entrepot.client.Session;
import io.entrepot.client.local.LocalServer;
import io.entrepot.drills.kit.ClockShim;
import io.entrepot.drills.kit.CrashShim;
import io.entrepot.drills.kit.Drill;
import io.entrepot.drills.kit.DrillSettings;
import io.entrepot.drills.kit.DrillState;
import io.entrepot.drills.kit.Pauses;
import io.entrepot.drills.kit.Scene;
import io.entrepot.drills.kit.SimulatedInstrument;
import io.entrepot.drills.kit.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import tools.jackson.databind.JsonNode;

/**
 * The wall clock jumps while a server works on a long run, and while it is down. Each schedule may
 * make up for what it missed by one run; the long run is neither lost nor begun again, because what
 * a job is held by goes by time that passes; a login ends when its time is over, and another can be
 * had.
 */
public final class ClocksDrill implements Drill {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final String YEARLY = "0 0 1 1 *";

  /** By hour, by day, and once in a year. */
  private static final List<String> LINES = List.of("0 * * * *", "30 2 * * *", YEARLY);

  /** After a jump, until all that it sets off has begun. */
  private static final Duration SETTLING = Duration.ofSeconds(8);

  /** Longer than any login lasts. */
  private static final Duration LOGIN = Duration.ofDays(29);

  private static final int UNAUTHORIZED = 401;
  private static final int FILES = 20;

  /** Of the long run, one for each second. */
  private static final int LONG_FILES = 75;

  private static final int LONG_FILE_SIZE = 256 << 10;

  private final List<Duration> jumps;
  private final DrillState state;
  private final Scene scene;
  private final List<String> faults = new ArrayList<>();
  private final Random random;
  private Map<String, Integer> runsBefore = Map.of();
  private int caughtUp;

  /** The schedules that come due more often than the clock jumps far. */
  private final List<String> frequent = new ArrayList<>();

  public ClocksDrill(DrillSettings settings) {
    this.jumps = jumps(settings.bySize(1, 1, 6));
    this.state = DrillState.open(settings.work().resolve("clocks"), settings.seed());
    this.scene = new Scene(state.fresh("scene"));
    this.random = new Random(state.seed());
  }

  /** Where the clock stands after each jump, as compared with the right time. */
  private static List<Duration> jumps(int rounds) {
    List<Duration> jumps = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      Duration drift = Duration.ofDays(40L * i);
      jumps.add(drift.plusHours(1));
      jumps.add(drift.minusHours(1));
      jumps.add(drift.plusDays(30));
      jumps.add(drift.minusDays(30));
      jumps.add(drift);
    }
    return jumps;
  }

  @Override
  public Verdict run() {
    return state.verdict(this::jump);
  }

  private Verdict jump() {
    if (!CrashShim.buildable()) {
      return Verdict.cannot("gcc is not installed: apt-get install gcc libc6-dev");
    }
    try (scene) {
      ClockShim clock = new ClockShim(state.folder().resolve("shim"));
      try (LocalServer server = scene.start(clock.environment())) {
        whileItRuns(server, clock);
      }
      clock.set(down());
      try (LocalServer server = scene.start(clock.environment());
          Session session = scene.session(server)) {
        settle(session, "three days in which no server ran", true);
        scene.acknowledge(session);
      }
      faults.forEach(fault -> System.out.println("  " + fault));
      if (!scene.judged() || !faults.isEmpty()) {
        return state.red("%d faults, seed %d".formatted(faults.size(), state.seed()));
      }
    }
    String text = "%d jumps and three days down, %d runs made up for what was missed, seed %d";
    Verdict verdict = Verdict.green(text.formatted(jumps.size(), caughtUp, state.seed()));
    state.close();
    return verdict;
  }

  /** Three days after the time that this server saw last. */
  private Duration down() {
    return jumps.getLast().plusDays(3);
  }

  private void whileItRuns(LocalServer server, ClockShim clock) {
    String run;
    try (Session session = scene.session(server)) {
      run = prepared(session);
      new Harvest(session).awaitBegin(run, PATIENCE);
      runsBefore = runs(session);
    }
    Duration farthest = Duration.ZERO;
    Duration before = Duration.ZERO;
    for (Duration jump : jumps) {
      try (Session old = scene.session(server)) {
        clock.set(jump);
        if (jump.minus(before).compareTo(LOGIN) > 0) {
          demandOver(old, jump);
        }
      }
      before = jump;
      // Whoever was signed in may not be any more; whoever signs in is.
      try (Session session = scene.session(server)) {
        settle(session, "a jump to " + jump, jump.compareTo(farthest) > 0 && jump.toDays() > 0);
      }
      farthest = jump.compareTo(farthest) > 0 ? jump : farthest;
    }
    try (Session session = scene.session(server)) {
      JsonNode record = new Harvest(session).await(run, PATIENCE);
      int starts = record.path("fencing_token").asInt();
      if (starts != 1) {
        faults.add("the long run was begun %d times".formatted(starts));
      }
      scene.drain(session);
      scene.acknowledge(session);
      runsBefore = runs(session);
    }
  }

  /** Of a login from before the clock jumped. */
  private void demandOver(Session old, Duration jump) {
    try {
      old.get("/users/me");
      faults.add("a login is good after a jump to %s, though its time is over".formatted(jump));
    } catch (RefusedException refused) {
      if (refused.status() != UNAUTHORIZED) {
        faults.add("a login whose time is over is refused so: " + refused.getMessage());
      }
    }
  }

  /** Schedules of several kinds; answers the run that lasts. */
  private String prepared(Session session) {
    Harvest harvest = new Harvest(session);
    String storage = scene.storage(harvest);
    for (String cron : LINES) {
      String name = "line-" + LINES.indexOf(cron);
      SimulatedInstrument line =
          new SimulatedInstrument(scene.folder(name), name, scene.journal(), 0);
      line.measure(FILES, random);
      String schedule =
          harvest.schedule(instrument(harvest, line, name, Map.of()), storage, cron, true);
      if (!cron.equals(YEARLY)) {
        frequent.add(schedule);
      }
    }
    SimulatedInstrument slow =
        new SimulatedInstrument(scene.folder("slow"), "slow", scene.journal(), 0);
    for (int i = 0; i < LONG_FILES; i++) {
      slow.measureOne(LONG_FILE_SIZE, random);
    }
    String instrument = instrument(harvest, slow, "slow", Map.of("bandwidth_bps", LONG_FILE_SIZE));
    return harvest.trigger(scene.schedule(harvest, instrument, storage));
  }

  private static String instrument(
      Harvest harvest, SimulatedInstrument files, String name, Map<String, Object> more) {
    Map<String, Object> policy = new HashMap<>(more);
    policy.put("stability_seconds", 0);
    return harvest.folderInstrument(name, files.folder().toString(), policy);
  }

  /**
   * No schedule may have made up for what it missed more than once, and those that come due every
   * hour and every day have to, once the clock has passed their times.
   */
  private void settle(Session session, String after, boolean passed) {
    Pauses.sleep(SETTLING);
    Map<String, Integer> runs = runs(session);
    runs.forEach(
        (schedule, count) -> {
          int more = count - runsBefore.getOrDefault(schedule, 0);
          caughtUp += more;
          if (more > 1) {
            faults.add("%d runs of one schedule after %s".formatted(more, after));
          }
        });
    if (passed) {
      for (String schedule : frequent) {
        if (runs.getOrDefault(schedule, 0).equals(runsBefore.getOrDefault(schedule, 0))) {
          faults.add("schedule %s made up for nothing after %s".formatted(schedule, after));
        }
      }
    }
    runsBefore = runs;
  }

  /** How many runs each schedule has had. */
  private static Map<String, Integer> runs(Session session) {
    Map<String, Integer> runs = new LinkedHashMap<>();
    for (JsonNode run : session.get("/api/runs?limit=500")) {
      runs.merge(run.path("schedule_id").asString(""), 1, Integer::sum);
    }
    return runs;
  }
}

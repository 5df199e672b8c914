// SPDX-License-Identifier: Apache-2.0
package io.entrepot.drills.harvest;

import io.entrepot.client.Harvest;
import io.entrepot.client.RefusedException;
import io.entrepot.client.Session;
import io.entrepot.client.local.LocalServer;
import io.entrepot.drills.kit.Canaries;
import io.entrepot.drills.kit.CrashShim;
import io.entrepot.drills.kit.Drill;
import io.entrepot.drills.kit.DrillSettings;
import io.entrepot.drills.kit.DrillState;
import io.entrepot.drills.kit.FaultException;
import io.entrepot.drills.kit.Folders;
import io.entrepot.drills.kit.Pauses;
import io.entrepot.drills.kit.Scene;
import io.entrepot.drills.kit.SimulatedInstrument;
import io.entrepot.drills.kit.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;

/**
 * A harvest of three files, originals removed once proved, is killed before its first operation
 * that makes something durable or visible, then before its second, and so on until it survives.
 * After each the server is started again, left to finish, and judged.
 */
public final class SyncPointDrill implements Drill {

  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Duration LOOK = Duration.ofMillis(10);
  private static final int FILES = 3;

  /** What a process ends with that SIGKILL ended. */
  private static final int KILLED = 137;

  private final int stride;
  private final DrillState state;

  public SyncPointDrill(DrillSettings settings) {
    this.stride = settings.bySize(116, 9, 1);
    this.state =
        DrillState.open(settings.work().resolve("syncpoint-by-" + stride), settings.seed());
  }

  @Override
  public Verdict run() {
    return state.verdict(this::crashAtEach);
  }

  private Verdict crashAtEach() {
    Path shim = CrashShim.build(state.folder());
    Path settings = settings();
    int first = 1 + new Random(state.seed()).nextInt(stride);
    while (true) {
      int point = first + state.done() * stride;
      Outcome outcome = crashAt(point, shim, settings);
      switch (outcome) {
        case DAMAGED -> {
          return state.red("at point %d, seed %d".formatted(point, state.seed()));
        }
        case SURVIVED -> {
          if (state.done() == 0) {
            return state.red("no point was ever reached, seed " + state.seed());
          }
          String text =
              "crashed at %d of the points up to %d, every %d"
                  .formatted(state.done(), point, stride);
          state.close();
          return Verdict.green(text);
        }
        case SOUND -> state.advance();
      }
    }
  }

  private enum Outcome {
    SOUND,
    DAMAGED,
    SURVIVED
  }

  private Outcome crashAt(int point, Path shim, Path settings) {
    Path root = state.fresh("point");
    Folders.copy(settings, root);
    try (Scene scene = new Scene(root)) {
      SimulatedInstrument instrument =
          new SimulatedInstrument(scene.folder("source"), "file", scene.journal(), 0);
      instrument.measure(FILES, new Random(state.seed() + point));
      if (survives(scene, point, shim)) {
        return Outcome.SURVIVED;
      }
      finish(scene);
      System.out.printf("  point %d:%n", point);
      return scene.judged() ? Outcome.SOUND : Outcome.DAMAGED;
    }
  }

  /**
   * What a server keeps that was told what to harvest and has done nothing yet, and the journal of
   * that. Every point begins with a copy; the folders named in it are the same for all.
   */
  private Path settings() {
    Path settings = state.folder().resolve("settings");
    if (Files.notExists(settings)) {
      Path root = state.fresh("point");
      try (Scene scene = new Scene(root)) {
        setUp(scene);
      }
      try {
        Files.move(root, settings);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return settings;
  }

  private static void setUp(Scene scene) {
    try (LocalServer server = scene.start(Map.of());
        Session session = scene.session(server)) {
      Harvest harvest = new Harvest(session);
      Map<String, Object> moving = Map.of("stability_seconds", 0, "delete_source", true);
      String id = harvest.folderInstrument("source", scene.folder("source").toString(), moving);
      scene.schedule(harvest, id, scene.storage(harvest));
      new Canaries(session, scene.journal()).plant();
    }
  }

  private static boolean survives(Scene scene, int point, Path shim) {
    Path armed = scene.folder("shim").resolve("armed");
    LocalServer server = scene.start(CrashShim.environment(shim, point, armed));
    try (server;
        Session session = scene.session(server)) {
      Harvest harvest = new Harvest(session);
      String schedule = Scene.schedules(session).getFirst();
      Files.writeString(armed, "");
      harvest.await(harvest.trigger(schedule), LIMIT);
      return true;
    } catch (UncheckedIOException | RefusedException dying) {
      demandCrash(scene, server, point);
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whatever else a server ends by, or refuses, is no crash at that point. */
  private static void demandCrash(Scene scene, LocalServer server, int point) {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (server.isAlive() && System.nanoTime() < end) {
      Pauses.sleep(LOOK);
    }
    int status = server.status().orElse(-1);
    if (status != KILLED || !scene.output().contains("[crash at " + point + ":")) {
      String text = "instead of being killed at point %d the server ended with %d";
      throw new FaultException(text.formatted(point, status));
    }
  }

  private static void finish(Scene scene) {
    try (LocalServer server = scene.start(Map.of());
        Session session = scene.session(server)) {
      scene.drain(session);
      scene.acknowledge(session);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.drills.harvest;

import io.entrepot.client.Harvest;
import io.entrepot.client.RefusedException;
import io.entrepot.client.Session;
import io.entrepot.client.local.LocalServer;
import io.entrepot.drills.kit.Drill;
import io.entrepot.drills.kit.DrillSettings;
import io.entrepot.drills.kit.DrillState;
import io.entrepot.drills.kit.LoopVolume;
import io.entrepot.drills.kit.Pauses;
import io.entrepot.drills.kit.Published;
import io.entrepot.drills.kit.Scene;
import io.entrepot.drills.kit.SimulatedInstrument;
import io.entrepot.drills.kit.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The power is taken from the file system of the server's catalogue, ledger and store at random
 * moments of harvests, one of which removes its originals. What was acknowledged has to be there
 * when the power is back, and no file may have its name without its content. Cuts are remembered in
 * a state file, so that a long drill can be taken up again.
 */
public final class PowerCutDrill implements Drill {

  private static final long VOLUME = 64L << 30;
  private static final int FILES_A_ROUND = 40;
  private static final int CUTS_BETWEEN_AUDITS = 10;
  private static final int LONGEST_START_MILLIS = 3_000;
  private static final int LONGEST_WAIT_MILLIS = 100;
  private static final Duration LONGEST_LIFE = Duration.ofSeconds(20);
  private static final int LIVES_TO_ONE_STILLBIRTH = 5;
  private static final Duration WATCH = Duration.ofMillis(50);
  private static final List<String> ON_THE_VOLUME = List.of("data", "store");

  private final DrillSettings settings;
  private final int cuts;

  public PowerCutDrill(DrillSettings settings) {
    this.settings = settings;
    this.cuts = settings.bySize(1, 5, 50);
  }

  @Override
  public Verdict run() {
    Optional<String> obstacle = LoopVolume.obstacle();
    if (obstacle.isPresent()) {
      return Verdict.cannot("be done here: " + obstacle.get());
    }
    Path root = settings.work().resolve("powercut-" + cuts);
    Path disk = root.resolve("disk");
    LoopVolume.release(disk);
    DrillState state = DrillState.open(root, settings.seed());
    Verdict verdict =
        state.verdict(
            () -> {
              try (LoopVolume volume = LoopVolume.mount(image(root), VOLUME, disk)) {
                lead(root, disk);
                try (Scene scene = new Scene(root)) {
                  return new Cuts(state, scene, volume).all();
                }
              }
            });
    if (verdict.green()) {
      state.close();
    }
    return verdict;
  }

  private static Path image(Path root) {
    try {
      return Files.createDirectories(root).resolve("disk.img");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The names of the scene lead to the volume; its journal and its instruments stay apart. */
  private static void lead(Path root, Path disk) {
    try {
      for (String name : ON_THE_VOLUME) {
        Path there = Files.createDirectories(disk.resolve(name));
        if (Files.notExists(root.resolve(name))) {
          Files.createSymbolicLink(root.resolve(name), there);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The cuts of one life of this process. */
  private final class Cuts {

    private final DrillState state;
    private final Scene scene;
    private final LoopVolume volume;
    private final List<SimulatedInstrument> instruments;
    private final Published published;

    Cuts(DrillState state, Scene scene, LoopVolume volume) {
      this.state = state;
      this.scene = scene;
      this.volume = volume;
      this.instruments = Stream.of("carried", "copied").map(this::instrument).toList();
      this.published =
          new Published(
              scene.store(), instruments.stream().map(SimulatedInstrument::folder).toList());
    }

    private SimulatedInstrument instrument(String name) {
      int made = FILES_A_ROUND * state.done();
      return new SimulatedInstrument(scene.folder(name), name, scene.journal(), made);
    }

    Verdict all() {
      Duration slowest = Duration.ZERO;
      while (state.done() < cuts) {
        Random random = new Random(state.seed() + state.done());
        instruments.forEach(instrument -> instrument.measure(FILES_A_ROUND, random));
        Duration start = life(random);
        slowest = start.compareTo(slowest) > 0 ? start : slowest;
        volume.restore();
        List<Path> hollow = hollow();
        int done = state.done() + 1;
        boolean due = done % CUTS_BETWEEN_AUDITS == 0 || done == cuts;
        if (!hollow.isEmpty() || due && !judged(done)) {
          hollow.forEach(file -> System.out.println("  published and empty: " + file));
          String text = "after %d cuts, seed %d, %d published files without their content";
          return state.red(text.formatted(done, state.seed(), hollow.size()));
        }
        state.advance();
      }
      String text = "%d power cuts, seed %d, slowest start %d ms";
      return Verdict.green(text.formatted(cuts, state.seed(), slowest.toMillis()));
    }

    /** One life of the server, to the cut. Says how long its start took. */
    private Duration life(Random random) {
      boolean first = state.done() == 0;
      if (!first && random.nextInt(LIVES_TO_ONE_STILLBIRTH) == 0) {
        LocalServer unborn = scene.launch(Map.of());
        Pauses.sleep(Duration.ofMillis(random.nextInt(LONGEST_START_MILLIS)));
        cut(unborn);
        return Duration.ZERO;
      }
      LocalServer server = scene.start(Map.of());
      Thread end = null;
      try (Session session = scene.session(server)) {
        if (Scene.schedules(session).isEmpty()) {
          setUp(new Harvest(session));
        }
        int more = published.files().size() + 1 + random.nextInt(FILES_A_ROUND);
        Duration wait = Duration.ofMillis(random.nextInt(LONGEST_WAIT_MILLIS));
        end = Thread.startVirtualThread(() -> cutAfter(more, wait, server));
        Scene.schedules(session).forEach(new Harvest(session)::trigger);
        while (server.isAlive()) {
          scene.acknowledge(session);
          Pauses.sleep(WATCH);
        }
      } catch (UncheckedIOException | RefusedException dying) {
        // Whether the last request took effect is unknown, so nothing was written down for it.
      } finally {
        if (end == null) {
          server.kill();
        } else {
          Pauses.join(end);
        }
      }
      return server.startTime();
    }

    /** By files and not by time, or a slow machine would never come to have one. */
    private void cutAfter(int files, Duration wait, LocalServer server) {
      try {
        published.await(files, LONGEST_LIFE);
        Pauses.sleep(wait);
      } finally {
        cut(server);
      }
    }

    private void cut(LocalServer server) {
      // A flush that is under way while the file system is shut down can end well without being
      // one.
      server.freeze();
      server.awaitStill();
      volume.cut();
      server.kill();
    }

    private void setUp(Harvest harvest) {
      String storage = scene.storage(harvest);
      for (SimulatedInstrument instrument : instruments) {
        String name = instrument.folder().getFileName().toString();
        Map<String, Object> policy =
            Map.of("stability_seconds", 0, "delete_source", name.equals("carried"));
        String folder = instrument.folder().toString();
        scene.schedule(harvest, harvest.folderInstrument(name, folder, policy), storage);
      }
    }

    /** What has its final name and no bytes, though its original has some. */
    private List<Path> hollow() {
      Set<String> empty = scene.journal().empty();
      return published.files().stream()
          .filter(file -> scene.store().resolve(file).toFile().length() == 0)
          .filter(file -> !empty.contains(file.subpath(1, file.getNameCount()).toString()))
          .toList();
    }

    private boolean judged(int done) {
      try (LocalServer server = scene.start(Map.of());
          Session session = scene.session(server)) {
        scene.drain(session);
        scene.acknowledge(session);
      }
      System.out.printf("  %d cuts:%n", done);
      return scene.judged();
    }
  }
}

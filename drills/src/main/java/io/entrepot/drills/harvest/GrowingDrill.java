// SPDX-License-Identifier: Apache-2.0
package io.entrepot.drills.harvest;

import io.entrepot.client.Harvest;
import io.entrepot.client.Session;
import io.entrepot.client.local.LocalServer;
import io.entrepot.drills.harvest.GrowingFile.Manner;
import io.entrepot.drills.harvest.GrowingFile.Pace;
import io.entrepot.drills.kit.Canaries;
import io.entrepot.drills.kit.Drill;
import io.entrepot.drills.kit.DrillSettings;
import io.entrepot.drills.kit.DrillState;
import io.entrepot.drills.kit.Pauses;
import io.entrepot.drills.kit.Scene;
import io.entrepot.drills.kit.Verdict;
import io.entrepot.drills.kit.WrittenFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Files are harvested again and again while they are being written: none may be taken before it was
 * quiet for the window. Others are overwritten or replaced while they are copied, and look as they
 * did: nothing torn may be kept. In the end each is kept with its last content.
 */
public final class GrowingDrill implements Drill {

  private static final Duration LIMIT = Duration.ofMinutes(5);

  /** Two clocks are compared: the writer's and the server's. */
  private static final Duration ACCURACY = Duration.ofMillis(20);

  /** Runs after the last byte was written; one is enough unless the machine is very busy. */
  private static final int LAST_RUNS = 5;

  private final int files;
  private final Pace pace;
  private final int restless;
  private final int restlessSize;
  private final int rounds;
  private final DrillState state;
  private int takenAgain;

  public GrowingDrill(DrillSettings settings) {
    this.files = settings.bySize(8, 32, 100);
    this.pace =
        new Pace(
            Duration.ofSeconds(settings.bySize(1, 6, 60)), settings.bySize(16, 256, 1024) << 10);
    this.restless = settings.bySize(4, 12, 24);
    this.restlessSize = settings.bySize(4, 16, 32) << 20;
    this.rounds = settings.bySize(1, 5, 20);
    this.state = DrillState.open(settings.work().resolve("growing"), settings.seed());
  }

  @Override
  public Verdict run() {
    return state.verdict(this::drill);
  }

  private Verdict drill() {
    try (Scene scene = new Scene(state.fresh("scene"))) {
      List<GrowingFile> growing = growing(scene);
      List<RestlessFile> moving = restless(scene);
      List<WrittenFile> all =
          Stream.concat(
                  growing.stream().map(GrowingFile::written),
                  moving.stream().map(RestlessFile::written))
              .toList();
      List<String> faults = harvest(scene, growing, moving, all);
      faults.forEach(fault -> System.out.println("  " + fault));
      boolean clean = scene.judged();
      if (takenAgain == 0) {
        faults.add("no copy was ever thrown away, so nothing changed while it was read");
        System.out.println("  " + faults.getLast());
      }
      if (!clean || !faults.isEmpty()) {
        return state.red("%d faults, seed %d".formatted(faults.size(), state.seed()));
      }
    }
    String text = "%d files, quiet window %d s, %d copies thrown away, seed %d";
    Verdict verdict =
        Verdict.green(text.formatted(files, pace.window().toSeconds(), takenAgain, state.seed()));
    state.close();
    return verdict;
  }

  private List<GrowingFile> growing(Scene scene) {
    Random random = new Random(state.seed());
    Path folder = scene.folder("growing");
    List<GrowingFile> growing = new ArrayList<>();
    for (int i = 0; i < files; i++) {
      Manner manner = Manner.values()[i % Manner.values().length];
      Path file = folder.resolve("%s-%03d.raw".formatted(manner.name(), i));
      WrittenFile written = new WrittenFile(file, random.nextLong());
      growing.add(new GrowingFile(written, manner, pace, scene.folder("beside")));
    }
    return growing;
  }

  private List<RestlessFile> restless(Scene scene) {
    Path folder = scene.folder("restless");
    return IntStream.range(0, restless)
        .mapToObj(i -> new WrittenFile(folder.resolve("restless-%03d.raw".formatted(i)), i))
        .map(file -> new RestlessFile(file, restlessSize, scene.folder("beside")))
        .toList();
  }

  private List<String> harvest(
      Scene scene, List<GrowingFile> growing, List<RestlessFile> moving, List<WrittenFile> all) {
    try (LocalServer server = scene.start(Map.of());
        Session session = scene.session(server)) {
      Harvest harvest = new Harvest(session);
      String storage = scene.storage(harvest);
      String quiet = schedule(scene, harvest, storage, "growing", pace.window());
      String atOnce = schedule(scene, harvest, storage, "restless", Duration.ZERO);
      new Canaries(session, scene.journal()).plant();
      harvestWhileTheyGrow(harvest, quiet, growing);
      scene.countOpenFiles(server);
      for (int round = 0; round < rounds; round++) {
        harvestWhileTheyChange(harvest, atOnce, moving);
      }
      all.forEach(file -> scene.journal().source(file.file(), file.contents().last()));
      List<String> faults = new ArrayList<>(harvestTheRest(session, List.of(quiet, atOnce), all));
      faults.addAll(takenWrongly(session, all));
      scene.acknowledge(session);
      scene.countOpenFiles(server);
      return faults;
    }
  }

  private static String schedule(
      Scene scene, Harvest harvest, String storage, String name, Duration window) {
    Map<String, Object> policy = Map.of("stability_seconds", window.toSeconds());
    String folder = scene.folder(name).toString();
    return scene.schedule(harvest, harvest.folderInstrument(name, folder, policy), storage);
  }

  private static void harvestWhileTheyGrow(
      Harvest harvest, String schedule, List<GrowingFile> growing) {
    List<Thread> writers = growing.stream().map(GrowingFile::begin).toList();
    while (writers.stream().anyMatch(Thread::isAlive)) {
      harvest.await(harvest.trigger(schedule), LIMIT);
    }
  }

  private void harvestWhileTheyChange(Harvest harvest, String schedule, List<RestlessFile> moving) {
    AtomicBoolean stop = new AtomicBoolean();
    List<Thread> writers = moving.stream().map(file -> file.begin(stop)).toList();
    try {
      JsonNode run = harvest.await(harvest.trigger(schedule), LIMIT);
      takenAgain += run.path("counters").path("failed").asInt();
    } finally {
      stop.set(true);
      writers.forEach(Pauses::join);
    }
  }

  private static List<String> harvestTheRest(
      Session session, List<String> schedules, List<WrittenFile> all) {
    Harvest harvest = new Harvest(session);
    List<String> faults = List.of();
    for (int i = 0; i < LAST_RUNS; i++) {
      schedules.forEach(schedule -> harvest.await(harvest.trigger(schedule), LIMIT));
      faults = notKept(session, all);
      if (faults.isEmpty()) {
        break;
      }
    }
    return faults;
  }

  private static List<String> notKept(Session session, List<WrittenFile> all) {
    JsonNode kept = session.get("/api/files");
    return all.stream()
        .filter(file -> !sha256(Scene.named(kept, name(file))).equals(file.contents().last()))
        .map(file -> name(file) + " is not kept with its last content")
        .toList();
  }

  /** Each version that was ever kept was whole, and old enough where the rule is about age. */
  private List<String> takenWrongly(Session session, List<WrittenFile> all) {
    JsonNode kept = session.get("/api/files");
    List<String> faults = new ArrayList<>();
    for (WrittenFile file : all) {
      String id = Scene.named(kept, name(file)).path("id").asString();
      boolean waits = !name(file).startsWith("restless");
      for (JsonNode version : session.get("/api/files/" + id + "/versions")) {
        Optional<Duration> lasted = file.contents().lasted(sha256(version));
        String told = name(file) + ", version " + version.path("version").asInt();
        if (sha256(version).isEmpty()) {
          continue;
        }
        if (lasted.isEmpty()) {
          faults.add(told + ": the file never held this");
        } else if (waits && lasted.get().plus(ACCURACY).compareTo(pace.window()) < 0) {
          faults.add(told + " was taken before it was quiet");
        }
      }
    }
    return faults;
  }

  private static String sha256(JsonNode file) {
    return file.path("sha256").asString("");
  }

  private static String name(WrittenFile file) {
    return file.file().getFileName().toString();
  }
}

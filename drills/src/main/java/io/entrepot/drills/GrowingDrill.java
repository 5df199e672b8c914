// SPDX-License-Identifier: Apache-2.0
package io.entrepot.drills;

import io.entrepot.client.Harvest;
import io.entrepot.client.Session;
import io.entrepot.client.local.LocalServer;
import io.entrepot.drills.GrowingFile.Manner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import tools.jackson.databind.JsonNode;

/**
 * Files are harvested again and again while they are being written. None may be taken before it was
 * quiet for the window, and in the end each is kept with its last content.
 */
final class GrowingDrill implements Drill {

  private static final Duration LIMIT = Duration.ofMinutes(5);

  /** Runs after the last byte was written; one is enough unless the machine is very busy. */
  private static final int LAST_RUNS = 5;

  private final int files;
  private final Duration window;
  private final DrillState state;

  GrowingDrill(DrillSettings settings) {
    this.files = settings.bySize(6, 30, 100);
    this.window = Duration.ofSeconds(settings.bySize(1, 3, 20));
    this.state = DrillState.open(settings.work().resolve("growing"), settings.seed());
  }

  @Override
  public Verdict run() {
    Scene scene = new Scene(state.fresh("scene"));
    Path folder = scene.folder("source");
    List<GrowingFile> growing = growing(folder);
    List<String> faults = new ArrayList<>();
    try (Journal journal = new Journal(scene.folder("journal").resolve("journal.jsonl"))) {
      try (LocalServer server = scene.start(Map.of());
          Session session = scene.session(server)) {
        String schedule = schedule(scene, session, folder);
        harvestWhileTheyGrow(session, schedule, growing);
        growing.forEach(file -> journal.source(file.file(), file.sha256()));
        faults.addAll(harvestTheRest(session, schedule, growing));
        scene.acknowledge(session, journal);
      }
      faults.forEach(fault -> System.out.println("  " + fault));
      boolean clean = new Auditor(scene.data(), journal, List.of(folder)).judge(true).clean();
      if (!clean || !faults.isEmpty()) {
        return state.red("%d faults, seed %d".formatted(faults.size(), state.seed()));
      }
    }
    String text = "%d files, quiet window %d s, seed %d";
    Verdict verdict = Verdict.green(text.formatted(files, window.toSeconds(), state.seed()));
    state.close();
    return verdict;
  }

  private List<GrowingFile> growing(Path folder) {
    Random random = new Random(state.seed());
    List<GrowingFile> growing = new ArrayList<>();
    for (int i = 0; i < files; i++) {
      Manner manner = Manner.values()[i % Manner.values().length];
      Path file = folder.resolve("%s-%03d.raw".formatted(manner.name(), i));
      growing.add(new GrowingFile(file, manner, window, random.nextLong()));
    }
    return growing;
  }

  private String schedule(Scene scene, Session session, Path folder) {
    Harvest harvest = new Harvest(session);
    Map<String, Object> policy = Map.of("stability_seconds", window.toSeconds());
    String instrument = harvest.folderInstrument("growing", folder.toString(), policy);
    return scene.schedule(harvest, instrument, scene.storage(harvest));
  }

  private static void harvestWhileTheyGrow(
      Session session, String schedule, List<GrowingFile> growing) {
    Harvest harvest = new Harvest(session);
    List<Thread> writers = growing.stream().map(GrowingFile::begin).toList();
    while (writers.stream().anyMatch(Thread::isAlive)) {
      harvest.await(harvest.trigger(schedule), LIMIT);
    }
  }

  private List<String> harvestTheRest(Session session, String schedule, List<GrowingFile> growing) {
    Harvest harvest = new Harvest(session);
    List<String> faults = List.of();
    for (int i = 0; i < LAST_RUNS; i++) {
      harvest.await(harvest.trigger(schedule), LIMIT);
      faults = faults(session, growing);
      if (faults.isEmpty()) {
        break;
      }
    }
    return faults;
  }

  private static List<String> faults(Session session, List<GrowingFile> growing) {
    JsonNode kept = session.get("/api/files");
    List<String> faults = new ArrayList<>();
    for (GrowingFile file : growing) {
      String name = file.file().getFileName().toString();
      JsonNode found = Scene.named(kept, name);
      if (!found.path("sha256").asString("").equals(file.sha256())) {
        faults.add(name + " is not kept with its last content");
      } else if (file.neverQuiet() && found.path("version").asInt() != 1) {
        faults.add(name + " was taken before it was quiet");
      }
    }
    return faults;
  }
}

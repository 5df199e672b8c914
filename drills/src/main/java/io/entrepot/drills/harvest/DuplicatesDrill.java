// SPDX-License-Identifier: Apache-2.0
package io.entrepot.drills.harvest;

import io.entrepot.client.Harvest;
import io.entrepot.client.RefusedException;
import io.entrepot.client.Session;
import io.entrepot.client.local.LocalServer;
import io.entrepot.drills.kit.Canaries;
import io.entrepot.drills.kit.Drill;
import io.entrepot.drills.kit.DrillSettings;
import io.entrepot.drills.kit.DrillState;
import io.entrepot.drills.kit.Journal;
import io.entrepot.drills.kit.Pauses;
import io.entrepot.drills.kit.Scene;
import io.entrepot.drills.kit.Sha256;
import io.entrepot.drills.kit.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import tools.jackson.databind.JsonNode;

/**
 * The same files arrive at two instruments at once and are asked for several times over; then
 * nothing new arrives; then new content comes under old names. Every arrival has one record and one
 * event, nothing is moved twice, and no version replaces another.
 *
 * <p>A location keeps a plain file for each arrival: content that came twice is stored twice, and
 * is one by its digest, on which both records agree. See {@link TwinStories}.
 */
public final class DuplicatesDrill implements Drill {

  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int CALLERS = 6;
  private static final List<String> INSTRUMENTS = List.of("first", "second");

  private final int rounds;
  private final int files;
  private final DrillState state;
  private final List<String> faults = new ArrayList<>();

  public DuplicatesDrill(DrillSettings settings) {
    this.rounds = settings.bySize(2, 10, 100);
    this.files = settings.bySize(20, 100, 500);
    this.state = DrillState.open(settings.work().resolve("duplicates-" + rounds), settings.seed());
  }

  @Override
  public Verdict run() {
    return state.verdict(this::arriveAgainAndAgain);
  }

  private Verdict arriveAgainAndAgain() {
    Path root = state.done() == 0 ? state.fresh("scene") : state.folder().resolve("scene");
    try (Scene scene = new Scene(root)) {
      List<Path> folders = INSTRUMENTS.stream().map(scene::folder).toList();
      try (LocalServer server = scene.start(Map.of());
          Session session = scene.session(server)) {
        if (state.done() == 0) {
          setUp(scene, session, folders);
        }
        while (state.done() < rounds && faults.isEmpty()) {
          int round = state.done() + 1;
          arrive(folders, scene.journal(), new Random(state.seed() + round));
          harvestManyTimesAtOnce(session);
          expect(session, round);
          scene.acknowledge(session);
          scene.countOpenFiles(server);
          if (faults.isEmpty()) {
            state.advance();
          }
        }
        if (faults.isEmpty()) {
          faults.addAll(new TwinStories(session, rounds).faults());
        }
      }
      faults.forEach(fault -> System.out.println("  " + fault));
      if (!scene.judged() || !faults.isEmpty()) {
        return state.red("%d faults, seed %d".formatted(faults.size(), state.seed()));
      }
    }
    String text = "%d rounds of %d files on two instruments, seed %d";
    Verdict verdict = Verdict.green(text.formatted(rounds, files, state.seed()));
    state.close();
    return verdict;
  }

  private static void setUp(Scene scene, Session session, List<Path> folders) {
    Harvest harvest = new Harvest(session);
    String storage = scene.storage(harvest);
    for (Path folder : folders) {
      Map<String, Object> policy = Map.of("stability_seconds", 0);
      String name = folder.getFileName().toString();
      scene.schedule(harvest, harvest.folderInstrument(name, folder.toString(), policy), storage);
    }
    new Canaries(session, scene.journal()).plant();
  }

  /** The same names with the same content on every instrument. */
  private void arrive(List<Path> folders, Journal journal, Random random) {
    for (int i = 0; i < files; i++) {
      byte[] content = new byte[1 + random.nextInt(100_000)];
      random.nextBytes(content);
      for (Path folder : folders) {
        Path file = folder.resolve("sample-%04d.dat".formatted(i));
        try {
          // In a round that was broken off it may be there already, and is not to look new.
          if (Files.exists(file) && Arrays.equals(Files.readAllBytes(file), content)) {
            continue;
          }
          Files.write(file, content);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
        journal.source(file, Sha256.hex(content));
      }
    }
  }

  /** Whoever is told that a run is under way already has what was wanted. */
  private static void harvestManyTimesAtOnce(Session session) {
    Harvest harvest = new Harvest(session);
    List<Thread> callers = new ArrayList<>();
    for (String schedule : Scene.schedules(session)) {
      for (int i = 0; i < CALLERS; i++) {
        callers.add(Thread.ofVirtual().start(() -> harvestOnce(harvest, schedule)));
      }
    }
    callers.forEach(Pauses::join);
    Scene.schedules(session).forEach(schedule -> harvest.await(harvest.trigger(schedule), LIMIT));
  }

  private static void harvestOnce(Harvest harvest, String schedule) {
    try {
      harvest.await(harvest.trigger(schedule), LIMIT);
    } catch (RefusedException underWay) {
      return;
    }
  }

  private void expect(Session session, int round) {
    Map<String, Integer> names = new HashMap<>();
    for (JsonNode file : session.get("/api/files")) {
      String name = file.path("source_path").asString();
      names.merge(name, 1, Integer::sum);
      int versions = session.get("/api/files/" + file.path("id").asString() + "/versions").size();
      if (file.path("version").asInt() != round || versions != round) {
        faults.add("round %d: %s has %d versions".formatted(round, name, versions));
      }
    }
    if (names.size() != files || names.values().stream().anyMatch(n -> n != INSTRUMENTS.size())) {
      faults.add("round %d: the records are %s".formatted(round, names));
    }
    for (String schedule : Scene.schedules(session)) {
      Harvest harvest = new Harvest(session);
      JsonNode again = harvest.await(harvest.trigger(schedule), LIMIT);
      long moved = again.path("progress").path("done_bytes").asLong();
      if (moved != 0) {
        faults.add("round %d: a run with nothing new moved %d bytes".formatted(round, moved));
      }
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.drills.custody;

import io.entrepot.client.Harvest;
import io.entrepot.client.Session;
import io.entrepot.client.local.LocalServer;
import io.entrepot.drills.kit.Command;
import io.entrepot.drills.kit.Drill;
import io.entrepot.drills.kit.DrillSettings;
import io.entrepot.drills.kit.DrillState;
import io.entrepot.drills.kit.Folders;
import io.entrepot.drills.kit.Launcher;
import io.entrepot.drills.kit.Scene;
import io.entrepot.drills.kit.SimulatedInstrument;
import io.entrepot.drills.kit.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The database of a stopped server is attacked by somebody who has all of it but not the signing
 * key. From the checkpoints that were copied off before, the offline verifier has to find every
 * attack and name the first bad entry.
 */
public final class LedgerDrill implements Drill {

  private static final List<String> KINDS = List.of("edit", "delete", "swap", "cut", "recompute");

  /** After these the ledger agrees with itself, and disagrees with a checkpoint alone. */
  private static final Set<String> RESEALED = Set.of("cut", "recompute");

  private static final List<String> STREAMS = List.of("custody", "audit");

  private static final List<Attack> ATTACKS =
      STREAMS.stream()
          .flatMap(stream -> KINDS.stream().map(kind -> new Attack(stream, kind)))
          .toList();

  /** Each kind on one of the streams, by turns. */
  private static final List<Attack> ONE_OF_EACH =
      IntStream.range(0, KINDS.size())
          .mapToObj(i -> new Attack(STREAMS.get(i % STREAMS.size()), KINDS.get(i)))
          .toList();

  private static final int FOUND = 13;

  private record Attack(String stream, String kind) {}

  private final int rounds;
  private final List<Attack> attacks;
  private final DrillState state;
  private Path checkpoints = Path.of("");

  public LedgerDrill(DrillSettings settings) {
    this.rounds = settings.bySize(1, 20, 1_000);
    this.attacks = rounds == 1 ? ONE_OF_EACH : ATTACKS;
    this.state = DrillState.open(settings.work().resolve("ledger-" + rounds), settings.seed());
  }

  @Override
  public Verdict run() {
    return state.verdict(this::attackAll);
  }

  private Verdict attackAll() {
    try (Scene scene = new Scene(state.fresh("scene"))) {
      return attack(scene);
    }
  }

  private Verdict attack(Scene scene) {
    Path older = history(scene);
    if (!verify(scene.data()).startsWith("0 ")) {
      return state.red("the ledger is not good before any attack: " + verify(scene.data()));
    }
    if (!verify(older).startsWith(FOUND + " ")) {
      return state.red("an older database was not found out: " + verify(older));
    }
    while (state.done() < rounds) {
      int round = state.done();
      for (Attack attack : attacks) {
        int seed = new Random(state.seed() + round).nextInt(Integer.MAX_VALUE);
        String fault = withstand(scene.data(), attack, seed);
        if (!fault.isEmpty()) {
          return state.red(
              "%s of %s, seed %d: %s".formatted(attack.kind, attack.stream, seed, fault));
        }
      }
      state.advance();
    }
    String text = "%d attacks of 6 kinds on both streams found, first bad entry named, seed %d";
    Verdict verdict = Verdict.green(text.formatted(rounds * attacks.size() + 1, state.seed()));
    state.close();
    return verdict;
  }

  /** Two days of harvests; answers a copy of what the first left. */
  private Path history(Scene scene) {
    Path older = state.fresh("older");
    Path folder = scene.folder("source");
    SimulatedInstrument instrument = new SimulatedInstrument(folder, "file", scene.journal(), 0);
    for (int day = 0; day < 2; day++) {
      instrument.measure(20, new Random(state.seed() + day));
      try (LocalServer server = scene.start(Map.of());
          Session session = scene.session(server)) {
        if (day == 0) {
          Harvest harvest = new Harvest(session);
          Map<String, Object> policy = Map.of("stability_seconds", 0);
          String id = harvest.folderInstrument("source", folder.toString(), policy);
          scene.schedule(harvest, id, scene.storage(harvest));
        }
        scene.drain(session);
      }
      if (day == 0) {
        Folders.copy(scene.data(), older);
      }
    }
    checkpoints = state.fresh("copied-off");
    Folders.copy(scene.data().resolve("checkpoints"), checkpoints);
    return older;
  }

  private String withstand(Path data, Attack attack, int seed) {
    Path attacked = state.fresh("attacked");
    Folders.copy(data, attacked);
    String entry = attack(attacked, attack, seed);
    String said = verify(attacked);
    if (!said.startsWith(FOUND + " ")) {
      return "not found out: " + said;
    }
    boolean named = names(said, Long.parseLong(entry), RESEALED.contains(attack.kind));
    return named ? "" : "entry " + entry + " is not named: " + said;
  }

  /**
   * The first bad entry itself. Where every hash was made anew, one checkpoint only says that it is
   * among those since the one before: then a range that holds it is as much as can be known.
   */
  private static boolean names(String said, long entry, boolean range) {
    Matcher named =
        Pattern.compile("first bad entry is (?:one of )?(\\d+)(?: to (\\d+))?").matcher(said);
    if (!named.find()) {
      return false;
    }
    long first = Long.parseLong(named.group(1));
    long last = named.group(2) == null ? first : Long.parseLong(named.group(2));
    return first <= entry && entry <= last && (range || first == last);
  }

  private static String attack(Path data, Attack attack, int seed) {
    Path script = DrillSettings.home().resolve("drills/attacks/ledger.py");
    return Command.run(
            "/usr/bin/python3",
            script.toString(),
            data.toString(),
            attack.stream,
            attack.kind,
            Integer.toString(seed))
        .strip();
  }

  /** The exit code of {@code ./entrepot custody verify} and what it said. */
  private String verify(Path data) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("custody", "verify", "--data", data.toString(), "--checkpoint"));
    arguments.addAll(copiedOff());
    Command.Answer answer = Launcher.run(DrillSettings.home(), arguments);
    return answer.status() + " " + answer.text().strip();
  }

  private List<String> copiedOff() {
    try (Stream<Path> all = Files.list(checkpoints)) {
      return all.map(Path::toString).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

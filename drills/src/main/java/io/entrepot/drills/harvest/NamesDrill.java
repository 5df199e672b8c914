// SPDX-License-Identifier: Apache-2.0
package io.entrepot.drills.harvest;

import io.entrepot.client.Harvest;
import io.entrepot.client.Session;
import io.entrepot.client.local.LocalServer;
import io.entrepot.client.local.LocalSshd;
import io.entrepot.drills.kit.Command;
import io.entrepot.drills.kit.Drill;
import io.entrepot.drills.kit.DrillSettings;
import io.entrepot.drills.kit.DrillState;
import io.entrepot.drills.kit.Scene;
import io.entrepot.drills.kit.Sha256;
import io.entrepot.drills.kit.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Files with the names that programs stumble over, from a folder and through sshd, with new content
 * in each round. Each is kept under its own name, to the byte, and given back over HTTP, every
 * version of it; or it is refused, and the log of the run says why. No name is taken for a command,
 * and none for another.
 */
public final class NamesDrill implements Drill {

  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}|[\\x80-\\x9f]");

  /** A refusal tells whoever put the file there what to do. */
  private static final Pattern REASON = Pattern.compile("rename it|Use another name");

  /** A name that was run as a command would make a file of this name. */
  private static final String EFFECT = "entrepot-shell-effect";

  private final int names;
  private final int rounds;
  private final DrillState state;
  private final JsonMapper json = new JsonMapper();
  private final List<String> faults = new ArrayList<>();
  private int refusals;
  private int downloads;

  public NamesDrill(DrillSettings settings) {
    this.names = settings.bySize(80, 500, 500);
    this.rounds = settings.bySize(1, 2, 10);
    this.state = DrillState.open(settings.work().resolve("names"), settings.seed());
  }

  @Override
  public Verdict run() {
    if (!LocalSshd.installed()) {
      return Verdict.cannot("sshd is not installed");
    }
    return state.verdict(this::drill);
  }

  private Verdict drill() {
    boolean clean;
    try (Scene scene = new Scene(state.fresh("scene"));
        LocalSshd sshd = LocalSshd.start(state.fresh("sshd"))) {
      harvest(scene, sshd);
      expectNoEffect();
      faults.stream().limit(20).forEach(fault -> System.out.println("  " + visible(fault)));
      clean = scene.judged();
    }
    if (!clean || !faults.isEmpty()) {
      return state.red("%d faults, seed %d".formatted(faults.size(), state.seed()));
    }
    state.close();
    String text = "%d names at two instruments, %d rounds, %d refused, %d downloads, seed %d";
    return Verdict.green(text.formatted(names, rounds, refusals, downloads, state.seed()));
  }

  private void harvest(Scene scene, LocalSshd sshd) {
    List<Door> doors = Stream.of("near", "far").map(name -> new Door(scene, name)).toList();
    try (LocalServer server = scene.start(Map.of());
        Session session = scene.session(server)) {
      Harvest harvest = new Harvest(session);
      String storage = scene.storage(harvest);
      Map<String, Object> policy = Map.of("stability_seconds", 0);
      Door near = doors.getFirst();
      near.instrument = harvest.folderInstrument("near", near.folder.toString(), policy);
      Door far = doors.getLast();
      far.instrument = harvest.sftpInstrument("far", far.folder.toString(), sshd.login(), policy);
      for (Door door : doors) {
        door.schedule = scene.schedule(harvest, door.instrument, storage);
      }
      for (int round = 1; round <= rounds; round++) {
        for (Door door : doors) {
          door.appear(round);
          String run = harvest.trigger(door.schedule);
          harvest.await(run, LIMIT);
          door.expect(session, run, round);
          door.expectNothingNew(harvest);
        }
      }
      doors.forEach(door -> door.compare(session));
      scene.acknowledge(session);
    }
  }

  /** Where commands would have run: the server, sshd and what they start. */
  private void expectNoEffect() {
    for (Path place :
        List.of(
            Path.of(""),
            DrillSettings.home(),
            Path.of("/"),
            Path.of("/tmp"),
            Path.of(System.getProperty("user.home")))) {
      if (Files.exists(place.resolve(EFFECT))) {
        faults.add("a name was run as a command in " + place.toAbsolutePath());
      }
    }
    try (Stream<Path> all = Files.walk(state.folder())) {
      all.filter(file -> file.endsWith(EFFECT))
          .forEach(file -> faults.add("a name was run as a command: " + file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String visible(String text) {
    return CONTROL.matcher(text).replaceAll("\u2423");
  }

  /** What {@code names.py} answers: SHA-256 by path, as the server writes paths. */
  private Map<String, JsonNode> ask(String... words) {
    List<String> command = new ArrayList<>();
    command.add("/usr/bin/python3");
    command.add(DrillSettings.home().resolve("drills/peers/names.py").toString());
    command.addAll(List.of(words));
    Map<String, JsonNode> files = new LinkedHashMap<>();
    for (String line : Command.run(command).split("\n", -1)) {
      if (!line.isEmpty()) {
        JsonNode file = json.readTree(line);
        files.put(file.path("path").asString(), file);
      }
    }
    return files;
  }

  /** One way in: a folder, the instrument that it is, and what was put there in each round. */
  private final class Door {

    private final Scene scene;
    private final String name;
    private final Path folder;
    private final List<Map<String, JsonNode>> made = new ArrayList<>();
    private final Set<String> refused = new TreeSet<>();
    private String instrument = "";
    private String schedule = "";

    Door(Scene scene, String name) {
      this.scene = scene;
      this.name = name;
      this.folder = scene.folder(name);
    }

    void appear(int round) {
      String seed = Long.toString(state.seed() + name.length());
      String count = Integer.toString(names);
      String number = Integer.toString(round);
      Map<String, JsonNode> files = ask("list", seed, count, number);
      files.forEach(
          (path, file) ->
              scene
                  .journal()
                  .source(
                      folder, path, file.path("size").asLong(), file.path("sha256").asString()));
      made.add(files);
      Map<String, JsonNode> nothing = ask("make", seed, count, number, folder.toString());
      if (!nothing.isEmpty()) {
        throw new IllegalStateException("names.py said more than it should");
      }
    }

    /** Every name is on record with its content, or the run's log says why not. */
    void expect(Session session, String run, int round) {
      Map<String, String> kept =
          session
              .get("/api/files?instrument_id=" + instrument)
              .valueStream()
              .collect(
                  Collectors.toMap(
                      file -> file.path("source_path").asString(),
                      file -> file.path("sha256").asString("")));
      List<String> log =
          session
              .get("/api/runs/" + run + "/log")
              .valueStream()
              .map(line -> visible(line.path("text").asString()))
              .toList();
      made.getLast()
          .forEach(
              (path, file) -> {
                String sha256 = kept.getOrDefault(path, "");
                if (sha256.isEmpty()) {
                  refuse(path, log, round);
                } else if (!sha256.equals(file.path("sha256").asString())) {
                  faults.add(
                      "%s, round %d: other content is on record: %s".formatted(name, round, path));
                }
              });
      kept.keySet().stream()
          .filter(path -> !made.getLast().containsKey(path))
          .forEach(path -> faults.add(name + ": on record and never made: " + path));
    }

    private void refuse(String path, List<String> log, int round) {
      String begin = visible(path) + ": ";
      if (log.stream().noneMatch(line -> line.startsWith(begin) && REASON.matcher(line).find())) {
        faults.add(
            "%s, round %d: neither kept nor refused with a reason: %s"
                .formatted(name, round, path));
      } else if (refused.add(path)) {
        refusals++;
        scene.journal().refused(folder, path);
      }
    }

    void expectNothingNew(Harvest harvest) {
      JsonNode again = harvest.await(harvest.trigger(schedule), LIMIT);
      if (again.path("progress").path("done_bytes").asLong() != 0) {
        faults.add(name + ": a run with nothing new moved something: " + again);
      }
    }

    /** Each version over HTTP, and the first in the store under its own name. */
    void compare(Session session) {
      Map<String, JsonNode> stored = ask("walk", scene.store().resolve(name).toString());
      for (JsonNode file : session.get("/api/files?instrument_id=" + instrument)) {
        String path = file.path("source_path").asString();
        String id = file.path("id").asString();
        for (int version = 1; version <= rounds; version++) {
          String right = sha256(version, path);
          downloads++;
          byte[] content =
              session.bytes("/api/files/%s/versions/%d/content".formatted(id, version));
          if (!Sha256.hex(content).equals(right)) {
            faults.add(
                "%s: version %d came back with other bytes: %s".formatted(name, version, path));
          }
        }
        JsonNode there = stored.get(path);
        if (there == null || !there.path("sha256").asString().equals(sha256(1, path))) {
          faults.add(name + ": not in the store under its own name: " + path);
        }
      }
    }

    private String sha256(int version, String path) {
      return Objects.requireNonNull(made.get(version - 1).get(path)).path("sha256").asString();
    }
  }
}

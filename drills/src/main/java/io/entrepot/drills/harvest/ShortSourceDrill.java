// SPDX-License-Identifier: Apache-2.0
package io.entrepot.drills.harvest;

import io.entrepot.client.Harvest;
import io.entrepot.client.Session;
import io.entrepot.client.local.LocalServer;
import io.entrepot.client.local.LocalSshd;
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
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Sources that state a size and end before it without an error: an SFTP server of our own making,
 * at many places of a file, and a folder of the kernel whose files say 4,096 bytes and have a few.
 * Each has to be reported as short, and nothing of it may get a name. In the end the server tells
 * the truth, and everything has to come in.
 */
public final class ShortSourceDrill implements Drill {

  private static final int SIZE = 10 << 20;
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final String REASON = "came short|gave \\d+ bytes|only \\d+ came";

  /** Its files never change, and the kernel states one page for each. */
  private static final Path KERNEL = Path.of("/sys/devices/system/cpu/vulnerabilities");

  private final int places;
  private final DrillState state;
  private final List<String> faults = new ArrayList<>();
  private int tried;

  public ShortSourceDrill(DrillSettings settings) {
    this.places = settings.bySize(4, 20, 200);
    this.state = DrillState.open(settings.work().resolve("shortsource"), settings.seed());
  }

  @Override
  public Verdict run() {
    if (!LocalSshd.installed()) {
      return Verdict.cannot("sshd is not installed");
    }
    return state.verdict(this::drill);
  }

  private Verdict drill() {
    Path lying = state.fresh("lying");
    Path script = DrillSettings.home().resolve("drills/peers/short_sftp.py");
    LocalSshd.Kind kind =
        LocalSshd.Kind.USUAL.serving("/usr/bin/python3 %s %s".formatted(script, lying));
    boolean clean;
    try (Scene scene = new Scene(state.fresh("scene"));
        LocalSshd sshd = LocalSshd.start(state.fresh("sshd"), kind)) {
      write(lying, new byte[0]);
      Path far = scene.folder("far");
      make(far, scene);
      harvest(scene, sshd, far, lying);
      faults.forEach(fault -> System.out.println("  " + fault));
      clean = scene.judged();
    }
    if (!clean || !faults.isEmpty()) {
      return state.red("%d faults, seed %d".formatted(faults.size(), state.seed()));
    }
    state.close();
    String text = "%d short sources reported, none published, then all complete; seed %d";
    return Verdict.green(text.formatted(tried, state.seed()));
  }

  /** Half of them end, at the other half the server takes its leave. */
  private void make(Path folder, Scene scene) {
    Random random = new Random(state.seed());
    List<Integer> ends = new ArrayList<>(new TreeSet<>(Set.of(0, 1, 32_768, SIZE - 1)));
    while (ends.size() < places) {
      ends.add(random.nextInt(SIZE));
    }
    for (int i = 0; i < places; i++) {
      String manner = i % 2 == 0 ? "end" : "bye";
      byte[] content = new byte[SIZE];
      random.nextBytes(content);
      Path file = folder.resolve("%s-%d-%03d.raw".formatted(manner, ends.get(i), i));
      write(file, content);
      scene.journal().source(file, Sha256.hex(content));
    }
  }

  private static void write(Path file, byte[] content) {
    try {
      Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void harvest(Scene scene, LocalSshd sshd, Path far, Path lying) {
    try (LocalServer server = scene.start(Map.of());
        Session session = scene.session(server)) {
      Harvest harvest = new Harvest(session);
      String storage = scene.storage(harvest);
      Map<String, Object> policy = Map.of("stability_seconds", 0, "max_parallel", 20);
      String remote = harvest.sftpInstrument("far", far.toString(), sshd.login(), policy);
      String schedule = scene.schedule(harvest, remote, storage);
      String run = harvest.trigger(schedule);
      if (Files.isDirectory(KERNEL)) {
        String local = harvest.folderInstrument("kernel", KERNEL.toString(), policy);
        String kernel = harvest.trigger(scene.schedule(harvest, local, storage));
        expectShort(session, harvest.awaitEnd(kernel, LIMIT), local);
      } else {
        state.leaveOut("the folder (there is no " + KERNEL + ")");
      }
      expectShort(session, harvest.awaitEnd(run, LIMIT), remote);
      expectNothing(scene);
      remove(lying);
      harvest.await(harvest.triggerAgain(schedule), LIMIT);
      scene.acknowledge(session);
    }
  }

  private static void remove(Path lying) {
    try {
      Files.delete(lying);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void expectShort(Session session, JsonNode run, String instrument) {
    JsonNode files = session.get("/api/files?instrument_id=" + instrument);
    long failed = run.path("counters").path("failed").asLong();
    if (files.isEmpty() || failed != files.size()) {
      faults.add(
          "%d failures were counted of %d short files: %s".formatted(failed, files.size(), run));
    }
    for (JsonNode file : files) {
      tried++;
      JsonNode transfers = session.get("/api/transfers?file_id=" + file.path("id").asString());
      JsonNode last = transfers.path(0);
      String told = last.path("error_message").asString("");
      if (!last.path("status").asString().equals("failed")
          || !told.matches("(?s).*(" + REASON + ").*")
          || !file.path("sha256").asString("").isEmpty()) {
        faults.add("%s is reported as %s".formatted(file.path("source_path").asString(), last));
      }
    }
  }

  /** Not even in staging; only the mark of the location is there. */
  private void expectNothing(Scene scene) {
    try (Stream<Path> all = Files.walk(scene.store())) {
      all.filter(Files::isRegularFile)
          .map(scene.store()::relativize)
          .filter(file -> !file.toString().equals(".entrepot-location"))
          .forEach(file -> faults.add("kept of a short source: " + file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

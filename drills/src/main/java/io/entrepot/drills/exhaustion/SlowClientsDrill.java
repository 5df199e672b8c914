// SPDX-License-Identifier: Apache-2.0
package io.entrepot.drills.exhaustion;

import io.entrepot.client.Harvest;
import io.entrepot.client.Session;
import io.entrepot.client.local.LocalServer;
import io.entrepot.drills.exhaustion.Everyday.Answer;
import io.entrepot.drills.kit.Auditor;
import io.entrepot.drills.kit.Command;
import io.entrepot.drills.kit.Drill;
import io.entrepot.drills.kit.DrillSettings;
import io.entrepot.drills.kit.DrillState;
import io.entrepot.drills.kit.Pauses;
import io.entrepot.drills.kit.Scene;
import io.entrepot.drills.kit.Stopwatch;
import io.entrepot.drills.kit.Verdict;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Many callers who are slow on purpose: they send a byte of a header or of a body a second, take a
 * byte of a large answer a second, or listen to events of which none comes. Ordinary requests may
 * not take twice as long as before, the slow ones are closed and the listeners are not, and what
 * they cost is given back.
 */
public final class SlowClientsDrill implements Drill {

  /** The server's deadlines are 20 s for a request and 40 s for a buffer of an answer. */
  private static final Duration HELD = Duration.ofSeconds(56);

  private static final int LARGE = 48 << 20;
  private static final int SMALL = 10 << 10;

  /** Of times this small, twice as much is the machine's doing. */
  private static final Duration UNNOTICED = Duration.ofMillis(50);

  private static final double MORE_HEAP = 1.05;

  /** What a heap of so few megabytes differs by from one moment to the next. */
  private static final long HEAP_GRAIN = 4L << 20;

  private static final Duration SETTLED = Duration.ofSeconds(15);
  private static final Pattern HEAP =
      Pattern.compile("(?m)^jvm_memory_used_bytes\\{area=\"heap\"\\} (\\S+)");

  private final int rounds;
  private final List<String> counts;
  private final DrillState state;
  private final List<String> faults = new ArrayList<>();
  private String seen = "";

  public SlowClientsDrill(DrillSettings settings) {
    this.rounds = settings.bySize(1, 1, 3);
    // Headers, bodies, readers, listeners.
    this.counts =
        List.of(
            Integer.toString(settings.bySize(10, 300, 700)),
            Integer.toString(settings.bySize(10, 300, 700)),
            Integer.toString(settings.bySize(10, 100, 600)),
            Integer.toString(settings.bySize(10, 100, 500)));
    this.state = DrillState.open(settings.work().resolve("slowclients"), settings.seed());
  }

  @Override
  public Verdict run() {
    if (!Auditor.installed()) {
      return Verdict.cannot("python3 is not installed");
    }
    return state.verdict(this::holdAll);
  }

  private Verdict holdAll() {
    try (Scene scene = new Scene(state.fresh("scene"))) {
      try (LocalServer server = scene.start(Map.of());
          Everyday everyday = new Everyday(scene, server, new Random(state.seed()))) {
        for (int i = 0; i < rounds; i++) {
          round(scene, server, everyday);
        }
        scene.acknowledge(everyday.session());
      }
      boolean clean = scene.judged();
      faults.forEach(fault -> System.out.println("  " + fault));
      if (!clean || !faults.isEmpty()) {
        return state.red("%d faults, %s".formatted(faults.size(), seen));
      }
    }
    Verdict verdict = Verdict.green(seen + ", seed " + state.seed());
    state.close();
    return verdict;
  }

  private void round(Scene scene, LocalServer server, Everyday everyday) {
    String large = everyday.measure(LARGE);
    String small = everyday.measure(SMALL);
    everyday.completes(everyday.trigger().text(), HELD);
    String content = everyday.file(large).path("id").asString();
    String id = everyday.file(small).path("id").asString();
    String events = watched(scene, everyday);
    String key = key(everyday.session());

    percentile(server, everyday, id, Duration.ofSeconds(3));
    Duration before = percentile(server, everyday, id, Duration.ofSeconds(6));
    scene.countOpenFiles(server);
    long heap = heap(server, everyday.session());
    Duration meanwhile;
    String told;
    try (Slow slow =
        new Slow(server, key, "/api/files/" + content + "/content", "/api/runs/" + events)) {
      meanwhile = percentile(server, everyday, id, HELD);
      told = slow.end();
    }
    everyday.session().post("/api/runs/" + events + "/cancel");
    everyday.ended(events, HELD);
    judge(told);
    Duration allowed = before.multipliedBy(2).plus(UNNOTICED);
    if (meanwhile.compareTo(allowed) > 0) {
      faults.add("ordinary requests: p99 %s, before %s".formatted(meanwhile, before));
    }
    scene.countOpenFiles(server);
    long after = settledHeap(server, everyday.session(), heap);
    if (after > heap * MORE_HEAP + HEAP_GRAIN) {
      faults.add("heap of %d bytes, before %d".formatted(after, heap));
    }
    seen =
        "%s; p99 %d ms, before %d ms; heap %d KiB, before %d KiB"
            .formatted(
                told.strip().replace("\n", ", "),
                meanwhile.toMillis(),
                before.toMillis(),
                after >> 10,
                heap >> 10);
    System.out.println("  " + seen);
  }

  /** Of each kind but the last all have to be closed, and of that none. */
  private void judge(String told) {
    List<String> lines = told.strip().lines().toList();
    if (lines.size() != counts.size()) {
      faults.add("of %d kinds of slow callers told: %s".formatted(counts.size(), told));
      return;
    }
    for (String line : lines) {
      String[] words = line.split(" ");
      boolean listens = words[0].equals("events");
      if (!words[2].equals(listens ? "0" : words[1])) {
        faults.add(
            "of %s %s the server closed %s within %d s"
                .formatted(words[1], words[0], words[2], HELD.toSeconds()));
      }
    }
  }

  /** A run in which nothing happens: its one file has to hold still for longer than this lasts. */
  private static String watched(Scene scene, Everyday everyday) {
    Harvest harvest = new Harvest(everyday.session());
    String folder = "still-" + System.nanoTime();
    try {
      Files.writeString(scene.folder(folder).resolve("file"), "content");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String place = scene.folder(folder).toString();
    String line = harvest.folderInstrument(folder, place, Map.of("stability_seconds", 600));
    String storage = everyday.location();
    String run = harvest.trigger(scene.schedule(harvest, line, storage));
    harvest.awaitBegin(run, HELD);
    return run;
  }

  private static String key(Session session) {
    Map<String, Object> key = Map.of("name", "slow", "scope", "admin", "doors", List.of("harvest"));
    return session.post("/api/keys", key).path("data").path("key").asString();
  }

  /** What one in a hundred ordinary requests takes at least, with the machine to itself. */
  private Duration percentile(LocalServer server, Everyday everyday, String id, Duration length) {
    List<Duration> times = new ArrayList<>();
    Stopwatch watch = Stopwatch.start(server);
    while (watch.elapsed().compareTo(length) < 0) {
      for (Answer answer : List.of(everyday.list(), everyday.alive(), everyday.content(id))) {
        times.add(answer.took());
        if (!answer.isOk()) {
          faults.add(answer.toString());
        }
      }
      Pauses.sleep(Duration.ofMillis(20));
    }
    Collections.sort(times);
    return times.get(times.size() * 99 / 100);
  }

  private static long settledHeap(LocalServer server, Session session, long wanted) {
    long end = System.nanoTime() + SETTLED.toNanos();
    long now = heap(server, session);
    while (now > wanted * MORE_HEAP && System.nanoTime() < end) {
      Pauses.sleep(Duration.ofSeconds(1));
      now = heap(server, session);
    }
    return now;
  }

  /** What is in use after everything that is not was thrown away. */
  private static long heap(LocalServer server, Session session) {
    String jcmd = System.getProperty("java.home") + "/bin/jcmd";
    Command.run(jcmd, Long.toString(server.pid()), "GC.run");
    Matcher used = HEAP.matcher(session.text("/metrics"));
    if (!used.find()) {
      throw new IllegalStateException("the server has no figure for its heap");
    }
    return (long) Double.parseDouble(used.group(1));
  }

  /** The slow callers, in a program of their own: they have one core and we the other. */
  private final class Slow implements AutoCloseable {

    private final Process process;
    private final BufferedReader output;

    Slow(LocalServer server, String key, String content, String run) {
      List<String> command = new ArrayList<>(List.of("/usr/bin/python3"));
      command.add(DrillSettings.home().resolve("drills/attacks/slow.py").toString());
      command.addAll(List.of(Integer.toString(server.address().getPort()), key));
      command.addAll(counts.subList(0, 3));
      command.add(content);
      command.add(counts.getLast());
      command.add(run + "/events");
      try {
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        output = process.inputReader(StandardCharsets.UTF_8);
        String first = output.readLine();
        if (!"ready".equals(first)) {
          throw new IllegalStateException("slow.py: " + first);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Lets go of everything, and says what became of it. */
    String end() {
      try (var input = process.outputWriter(StandardCharsets.UTF_8)) {
        input.write("\n");
        input.flush();
        StringBuilder told = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
          told.append(line).append('\n');
        }
        return told.toString();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.drills.exhaustion;

import io.entrepot.client.Harvest;
import io.entrepot.client.Session;
import io.entrepot.client.local.LocalServer;
import io.entrepot.client.local.LocalServerSettings;
import io.entrepot.drills.exhaustion.Everyday.Answer;
import io.entrepot.drills.kit.ControlGroup;
import io.entrepot.drills.kit.ControlGroup.Resource;
import io.entrepot.drills.kit.Drill;
import io.entrepot.drills.kit.DrillSettings;
import io.entrepot.drills.kit.DrillState;
import io.entrepot.drills.kit.Pauses;
import io.entrepot.drills.kit.Scene;
import io.entrepot.drills.kit.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;

/**
 * A server with few file handles, few threads, or little memory is asked for more than it can do:
 * bodies of a gigabyte, bodies nested deeply, many large ones at once, a folder of very many files,
 * more connections than it can open. It may refuse, and where memory ran out it has to end at once,
 * so that whoever looks after it starts it anew; it may not hang, nor live on by half.
 */
public final class ScarceDrill implements Drill {

  private static final Duration WELL_AGAIN = Duration.ofSeconds(10);
  private static final Duration A_RUN = Duration.ofSeconds(30);
  private static final Duration A_LISTING = Duration.ofMinutes(5);

  /** Not understood, too large, not acceptable, too many, a header too large, too busy. */
  private static final Set<Integer> REFUSALS = Set.of(400, 413, 422, 429, 431, 503);

  /** Where a library cannot start the thread that it needs, which has no words of its own. */
  private static final int FAILED = 500;

  private static final int NO_ANSWER = 0;
  private static final int HANGS = -1;

  /** What a JVM ends with that has run out of memory. */
  private static final int OUT_OF_MEMORY = 3;

  /** What a process ends with that the kernel ended, because its group has no memory left. */
  private static final int ENDED_BY_THE_KERNEL = 137;

  /** What no more than the server itself fits into; without it nothing here may run out. */
  private static final String TOO_LITTLE = "heap of 76 MB";

  private static final long GIGABYTE = 1L << 30;
  private static final int JUST_ALLOWED = 4_000_000;
  private static final String WIDE = "{\"name\": [";
  private static final int CONNECTIONS = 400;

  private final int wide;
  private final int names;
  private final DrillState state;
  private final List<String> faults = new ArrayList<>();
  private final List<String> ends = new ArrayList<>();

  /**
   * @param change how the server is started
   * @param threads of a group that is given no thread more while it is asked for much
   */
  private record Shortage(
      String name, UnaryOperator<LocalServerSettings> change, Optional<ControlGroup> threads) {

    Shortage(String name, UnaryOperator<LocalServerSettings> change) {
      this(name, change, Optional.empty());
    }
  }

  public ScarceDrill(DrillSettings settings) {
    this.wide = settings.bySize(32, 48, 64);
    this.names = settings.bySize(1_000, 20_000, 100_000);
    this.state = DrillState.open(settings.work().resolve("scarce"), settings.seed());
  }

  @Override
  public Verdict run() {
    return state.verdict(this::pressAll);
  }

  private Verdict pressAll() {
    Optional<ControlGroup> threads = ControlGroup.make(Resource.THREADS);
    Optional<ControlGroup> memory = ControlGroup.make(Resource.MEMORY);
    try (Scene scene = new Scene(state.fresh("scene"))) {
      Path many = many(scene);
      boolean told = false;
      for (Shortage shortage : shortages(threads, memory)) {
        Random random = new Random(state.seed() + shortage.name.hashCode());
        round(scene, shortage, many, random, told);
        told = true;
      }
      boolean clean = scene.judged();
      faults.forEach(fault -> System.out.println("  " + fault));
      if (!clean || !faults.isEmpty()) {
        return state.red("%d faults, seed %d".formatted(faults.size(), state.seed()));
      }
    } finally {
      threads.ifPresent(ControlGroup::close);
      memory.ifPresent(ControlGroup::close);
    }
    Verdict verdict = Verdict.green("%s, seed %d".formatted(String.join("; ", ends), state.seed()));
    state.close();
    return verdict;
  }

  private List<Shortage> shortages(Optional<ControlGroup> threads, Optional<ControlGroup> memory) {
    List<Shortage> all = new ArrayList<>();
    all.add(
        new Shortage(
            TOO_LITTLE, it -> it.withJvmOptions(List.of("-Xms64m", "-XX:NewSize=24m", "-Xmx76m"))));
    all.add(
        new Shortage("256 handles", it -> it.withLauncher(List.of("prlimit", "--nofile=256:256"))));
    if (threads.isEmpty()) {
      state.leaveOut("threads (this machine makes no group that limits them)");
    } else {
      all.add(new Shortage("200 threads", it -> limited(it, threads.get(), 200), threads));
    }
    all.add(new Shortage("heap of 256 MB", it -> it.withJvmOptions(List.of("-Xmx256m"))));
    if (memory.isEmpty()) {
      state.leaveOut("memory (this machine makes no group that limits it)");
    } else {
      all.add(new Shortage("memory of 400 MB", it -> limited(it, memory.get(), 400L << 20)));
    }
    return all;
  }

  private static LocalServerSettings limited(
      LocalServerSettings settings, ControlGroup group, long value) {
    group.limit(value);
    return settings.withLauncher(group.launcher());
  }

  /** A folder of more names than fit into one answer of anything. */
  private Path many(Scene scene) {
    Path folder = scene.folder("many");
    try {
      for (int i = 0; i < names; i++) {
        Files.createFile(folder.resolve("one-of-very-many-files-%06d.dat".formatted(i)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return folder;
  }

  private void round(Scene scene, Shortage shortage, Path many, Random random, boolean told) {
    Path log = scene.data().resolveSibling("data.server.log");
    Path file = scene.data().resolve("logs/api.log");
    long logged = log.toFile().length();
    long filed = file.toFile().length();
    Map<Integer, Integer> statuses;
    try (LocalServer server = scene.start(shortage.change);
        Everyday everyday = new Everyday(scene, server, random, told)) {
      String listing = listing(scene, everyday, many);
      String key = key(everyday.session());
      shortage.threads.ifPresent(group -> group.limit(group.threads()));
      statuses = press(server, everyday, key);
      shortage.threads.ifPresent(group -> group.limit(200));
      check(shortage, server, statuses);
      if (server.isAlive()) {
        well(shortage.name, everyday);
        everyday.ended(listing, A_LISTING);
        scene.acknowledge(everyday.session());
      }
      Pauses.sleep(Duration.ofMillis(200));
      boolean ranOut = ranOut(log, logged) || ranOut(file, filed);
      if (ranOut && server.isAlive()) {
        faults.add(shortage.name + ": a server lives on that ran out of memory");
      }
      String end = server.isAlive() ? "goes on" : "ended with " + server.status().getAsInt();
      ends.add(shortage.name + " " + end + " " + statuses);
      System.out.println("  " + ends.getLast());
      if (shortage.name.equals(TOO_LITTLE) && !ranOut) {
        faults.add(shortage.name + ": memory did not run out, so nothing was tried");
      }
    }
    again(scene, shortage, random);
  }

  /** Whoever looks after it starts it anew; what it lost by that is what it did not acknowledge. */
  private void again(Scene scene, Shortage shortage, Random random) {
    if (ends.getLast().contains("goes on")) {
      return;
    }
    try (LocalServer server = scene.start(Map.of());
        Everyday everyday = new Everyday(scene, server, random, true)) {
      everyday
          .session()
          .get("/api/runs?limit=50")
          .valueStream()
          .map(run -> run.path("id").asString())
          .toList()
          .forEach(run -> everyday.ended(run, A_LISTING));
      well(shortage.name + ", anew", everyday);
      scene.acknowledge(everyday.session());
    }
  }

  private static boolean ranOut(Path log, long from) {
    try {
      byte[] all = Files.exists(log) ? Files.readAllBytes(log) : new byte[0];
      int begin = (int) Math.min(from, all.length);
      String text = new String(all, begin, all.length - begin, StandardCharsets.UTF_8);
      return text.contains("OutOfMemoryError: Java heap space");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String key(Session session) {
    Map<String, Object> key =
        Map.of("name", "large", "scope", "admin", "doors", List.of("harvest"));
    return session.post("/api/keys", key).path("data").path("key").asString();
  }

  /** A run that looks at the folder of very many and takes nothing. */
  private static String listing(Scene scene, Everyday everyday, Path many) {
    Session session = everyday.session();
    Harvest harvest = new Harvest(session);
    String name = "many " + System.nanoTime();
    String line = harvest.folderInstrument(name, many.toString(), Map.of("stability_seconds", 0));
    String storage = everyday.location();
    String schedule = scene.schedule(harvest, line, storage);
    return session
        .post("/api/schedules/" + schedule + "/trigger", Map.of("dry_run", true))
        .path("flow_run_id")
        .asString();
  }

  /** All that is too much, at once; how often each status came. */
  private Map<Integer, Integer> press(LocalServer server, Everyday everyday, String key) {
    byte[] objects = "{},".repeat(1 << 13).getBytes(StandardCharsets.US_ASCII);
    byte[] nested = "[".repeat(1 << 15).getBytes(StandardCharsets.US_ASCII);
    List<LargeRequest> requests = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      requests.add(new LargeRequest(true, GIGABYTE, "", nested));
      requests.add(new LargeRequest(false, GIGABYTE, WIDE, objects));
      requests.add(new LargeRequest(false, JUST_ALLOWED, "", nested));
    }
    for (int i = 0; i < wide; i++) {
      requests.add(new LargeRequest(false, JUST_ALLOWED, WIDE, objects));
    }
    Map<Integer, Integer> statuses = new TreeMap<>();
    URI address = server.address();
    List<Socket> held = hold(address);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> answers = new ArrayList<>();
      requests.forEach(it -> answers.add(threads.submit(() -> it.send(address, key))));
      Pauses.sleep(Duration.ofSeconds(2));
      if (server.isAlive()) {
        everyday.list();
        everyday.change();
      }
      release(held);
      answers.forEach(it -> statuses.merge(status(it), 1, Integer::sum));
    } finally {
      release(held);
    }
    return statuses;
  }

  private static int status(Future<Integer> answer) {
    try {
      return answer.get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Socket> hold(URI server) {
    List<Socket> held = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      try {
        held.add(new Socket(server.getHost(), server.getPort()));
      } catch (IOException refused) {
        return held;
      }
    }
    return held;
  }

  private static void release(List<Socket> held) {
    for (Socket socket : held) {
      try {
        socket.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void check(Shortage shortage, LocalServer server, Map<Integer, Integer> statuses) {
    for (int status : statuses.keySet()) {
      boolean fine =
          REFUSALS.contains(status)
              || status == NO_ANSWER && !server.isAlive()
              || status == FAILED && shortage.threads.isPresent();
      if (!fine && !(status == NO_ANSWER && shortage.name.contains("handles"))) {
        String what = status == HANGS ? "hangs" : "was answered " + status;
        faults.add("%s: what is too much %s (%s)".formatted(shortage.name, what, statuses));
      }
    }
    server
        .status()
        .ifPresent(
            end -> {
              if (end != OUT_OF_MEMORY && end != ENDED_BY_THE_KERNEL) {
                faults.add("%s: the server ended with %d".formatted(shortage.name, end));
              }
            });
  }

  /** What failed meanwhile is tried again: a file that could not be opened is one such. */
  private void well(String when, Everyday everyday) {
    String path = everyday.measure(1 << 10);
    long end = System.nanoTime() + WELL_AGAIN.toNanos();
    List<Answer> last;
    do {
      last = List.of(everyday.alive(), everyday.list(), everyday.change(), everyday.trigger());
      if (last.stream().allMatch(Answer::isOk)
          && everyday.completes(last.getLast().text(), A_RUN)
          && everyday.isKept(path)) {
        return;
      }
      Pauses.sleep(Duration.ofMillis(200));
    } while (System.nanoTime() < end);
    faults.add("%s: not well after %s: %s".formatted(when, WELL_AGAIN, last));
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.drills.exhaustion;

import io.entrepot.client.local.LocalServer;
import io.entrepot.client.local.LocalServerSettings;
import io.entrepot.drills.exhaustion.Everyday.Answer;
import io.entrepot.drills.kit.Drill;
import io.entrepot.drills.kit.DrillSettings;
import io.entrepot.drills.kit.DrillState;
import io.entrepot.drills.kit.Folders;
import io.entrepot.drills.kit.Pauses;
import io.entrepot.drills.kit.Scene;
import io.entrepot.drills.kit.SmallDisk;
import io.entrepot.drills.kit.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.JsonNode;

/**
 * Each disk of a server is filled while it works, to its last byte and to its last file, and made
 * free again. Meanwhile it has to answer what is read, to let people in, and to do what it is asked
 * to change or to refuse it with 507, both soon; afterwards it has to work as before without a new
 * start.
 *
 * <p>SQLite's database has no disk of its own: it lies in the data directory, beside its keys.
 */
public final class FullDiskDrill implements Drill {

  private static final Duration SOON = Duration.ofSeconds(2);
  private static final Duration WELL_AGAIN = Duration.ofSeconds(10);
  private static final Duration A_RUN = Duration.ofSeconds(20);
  private static final int FULL = 507;
  private static final int SMALL = 1 << 10;
  private static final int LARGE = 3 << 20;
  private static final int CHANGES_AT_MOST = 3_000;
  private static final int FILES = 1_000;

  private enum Volume {
    /** More than is asked of one that calls itself ready. */
    DATA("data", 128),
    CHECKPOINTS("data/checkpoints", 4),
    LOGS("data/logs", 4),
    TEMP("data/temp", 4),
    /** With the staging folder, which has to be on the same file system. */
    STORE("store", 64);

    private final String folder;
    private final int mebibytes;

    Volume(String folder, int mebibytes) {
      this.folder = folder;
      this.mebibytes = mebibytes;
    }
  }

  private enum Lack {
    BYTES,
    FILES
  }

  private record Case(Volume volume, Lack lack) {}

  private final int rounds;
  private final Duration hold;
  private final DrillState state;
  private final Map<Volume, SmallDisk> disks = new EnumMap<>(Volume.class);
  private final List<String> faults = new ArrayList<>();
  private Duration slowest = Duration.ZERO;
  private Duration slowestRecovery = Duration.ZERO;
  private int refused;

  public FullDiskDrill(DrillSettings settings) {
    this.rounds = settings.bySize(1, 1, 3);
    this.hold = Duration.ofSeconds(settings.bySize(1, 1, 10));
    this.state = DrillState.open(settings.work().resolve("fulldisk"), settings.seed());
  }

  @Override
  public Verdict run() {
    if (!SmallDisk.permitted()) {
      return Verdict.cannot("only root can mount small disks");
    }
    return state.verdict(this::fillAll);
  }

  private Verdict fillAll() {
    Random random = new Random(state.seed());
    Path root = state.fresh("scene");
    try (Scene scene = new Scene(root)) {
      for (Volume volume : Volume.values()) {
        Path folder = root.resolve(volume.folder);
        disks.put(volume, SmallDisk.mount(folder, volume.mebibytes, FILES));
      }
      // A new server takes an empty folder only, or one that was a server's.
      Files.createFile(scene.data().resolve("lock"));
      try (LocalServer server = scene.start(FullDiskDrill::withReserve);
          Everyday everyday = new Everyday(scene, server, random)) {
        for (int i = 0; i < rounds; i++) {
          fillEach(scene, everyday, random);
        }
        scene.drain(everyday.session());
        scene.acknowledge(everyday.session());
      }
      boolean clean = scene.judged();
      faults.forEach(fault -> System.out.println("  " + fault));
      if (!clean || !faults.isEmpty()) {
        Folders.copy(scene.data(), root.resolve("data-as-it-was"));
        return state.red("%d faults, seed %d".formatted(faults.size(), state.seed()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      new ArrayList<>(disks.values()).reversed().forEach(SmallDisk::close);
    }
    String text =
        "%d disks filled, %d changes refused, slowest answer %d ms, well again after %d ms at most,"
            + " seed %d";
    Verdict verdict =
        Verdict.green(
            text.formatted(
                rounds * Volume.values().length * Lack.values().length,
                refused,
                slowest.toMillis(),
                slowestRecovery.toMillis(),
                state.seed()));
    state.close();
    return verdict;
  }

  /** Small, because writing it anew is timed too. */
  private static LocalServerSettings withReserve(LocalServerSettings settings) {
    return settings.withArguments(List.of("--entrepot.database.reserve=2MB"));
  }

  private void fillEach(Scene scene, Everyday everyday, Random random) {
    List<Case> cases = new ArrayList<>();
    for (Volume volume : Volume.values()) {
      for (Lack lack : Lack.values()) {
        cases.add(new Case(volume, lack));
      }
    }
    Collections.shuffle(cases, random);
    for (Case next : cases) {
      int before = faults.size();
      fill(scene, everyday, next);
      if (faults.size() > before) {
        System.out.printf("  %s %s: %d faults%n", next.volume, next.lack, faults.size() - before);
      }
    }
  }

  private void fill(Scene scene, Everyday everyday, Case now) {
    String kept = everyday.measure(SMALL);
    if (!everyday.completes(everyday.trigger().text(), A_RUN)) {
      faults.add(now + ": what worked before does not");
      return;
    }
    String id = everyday.file(kept).path("id").asString();
    SmallDisk disk = Objects.requireNonNull(disks.get(now.volume));
    switch (now.lack) {
      case BYTES -> disk.fillWithBytes();
      case FILES -> disk.fillWithFiles();
    }
    String waiting = everyday.measure(LARGE);
    work(everyday, now, id);
    if (now.volume == Volume.DATA && now.lack == Lack.BYTES) {
      changeUntilRefused(everyday, now);
      // Whoever is to make room has to get in.
      read(now, everyday.signIn());
    }
    disk.free();
    recover(scene, everyday, now, waiting);
  }

  /** Everything is asked for while the disk is full. */
  private void work(Everyday everyday, Case now, String id) {
    Answer asked = everyday.trigger();
    changed(now, asked);
    long end = System.nanoTime() + hold.toNanos();
    if (now.volume == Volume.LOGS) {
      read(now, everyday.log());
    }
    do {
      read(now, everyday.list());
      read(now, everyday.content(id));
      read(now, everyday.alive());
      changed(now, everyday.change());
    } while (System.nanoTime() < end);
    if (asked.isOk()) {
      ended(now, everyday.ended(asked.text(), A_RUN));
    }
  }

  private void read(Case now, Answer answer) {
    if (!answer.isOk()) {
      faults.add(now + ": " + answer);
    }
    timed(now, answer);
  }

  private void changed(Case now, Answer answer) {
    boolean mayBeRefused = now.volume == Volume.DATA;
    if (answer.status() == FULL && mayBeRefused) {
      refused++;
    } else if (!answer.isOk()) {
      faults.add(now + ": " + answer);
    }
    timed(now, answer);
  }

  private void timed(Case now, Answer answer) {
    slowest = answer.took().compareTo(slowest) > 0 ? answer.took() : slowest;
    if (answer.took().compareTo(SOON) > 0) {
      faults.add(now + ", too late: " + answer);
    }
  }

  /** A run on a full disk says why it ended; on any other it completes. */
  private void ended(Case now, JsonNode run) {
    String code = run.path("error_code").asString("");
    boolean over = !run.path("finished_at").isNull();
    boolean mayFail = now.volume == Volume.STORE || now.volume == Volume.DATA;
    if (!over || !code.isEmpty() && !(mayFail && code.equals("STORE_FULL"))) {
      faults.add(now + ": a run went so: " + run);
    }
    if (now.volume == Volume.STORE && code.isEmpty()) {
      faults.add(now + ": a full storage location was not noticed: " + run);
    }
  }

  private void changeUntilRefused(Everyday everyday, Case now) {
    int before = refused;
    for (int i = 0; i < CHANGES_AT_MOST && refused == before; i++) {
      changed(now, everyday.change());
    }
    if (refused == before) {
      faults.add(now + ": nothing was ever refused");
    }
    read(now, everyday.list());
  }

  /** What was put off is done, and the server says that it is well. */
  private void recover(Scene scene, Everyday everyday, Case now, String waiting) {
    long freed = System.nanoTime();
    Path log = scene.data().resolve("logs/api.log");
    long logged = log.toFile().length();
    String[] last = {""};
    boolean well =
        within(
            freed,
            () -> {
              Answer change = everyday.change();
              Answer ready = everyday.ready();
              last[0] = change + "; " + ready;
              return change.isOk() && ready.isOk();
            });
    boolean harvested =
        within(
            freed,
            () -> {
              Answer asked = everyday.trigger();
              last[0] = asked.toString();
              boolean done = asked.isOk() && everyday.completes(asked.text(), A_RUN);
              return done && everyday.isKept(waiting);
            });
    boolean logs = now.volume != Volume.LOGS || within(freed, () -> logs(everyday, log, logged));
    Duration took = Duration.ofNanos(System.nanoTime() - freed);
    slowestRecovery = took.compareTo(slowestRecovery) > 0 ? took : slowestRecovery;
    if (!well || !harvested || !logs) {
      String text =
          "%s: not well again %d ms after there was room (well %b, harvests %b, logs %b): %s";
      faults.add(text.formatted(now, took.toMillis(), well, harvested, logs, last[0]));
    }
    scene.acknowledge(everyday.session());
  }

  private static boolean logs(Everyday everyday, Path log, long before) {
    Answer line = everyday.log();
    Pauses.sleep(Duration.ofSeconds(1));
    return line.isOk() && log.toFile().length() > before;
  }

  private static boolean within(long began, BooleanSupplier wanted) {
    do {
      if (wanted.getAsBoolean()) {
        return true;
      }
      Pauses.sleep(Duration.ofMillis(100));
    } while (System.nanoTime() - began < WELL_AGAIN.toNanos());
    return false;
  }
}

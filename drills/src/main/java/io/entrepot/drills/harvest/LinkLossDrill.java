// SPDX-License-Identifier: Apache-2.0
package io.entrepot.drills.harvest;

import io.entrepot.client.Harvest;
import io.entrepot.client.Session;
import io.entrepot.client.SftpLogin;
import io.entrepot.client.local.LocalServer;
import io.entrepot.client.local.LocalSshd;
import io.entrepot.drills.kit.Cable;
import io.entrepot.drills.kit.Drill;
import io.entrepot.drills.kit.DrillSettings;
import io.entrepot.drills.kit.DrillState;
import io.entrepot.drills.kit.Pauses;
import io.entrepot.drills.kit.Relay;
import io.entrepot.drills.kit.Scene;
import io.entrepot.drills.kit.Verdict;
import io.entrepot.drills.kit.WrittenFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import tools.jackson.databind.JsonNode;

/**
 * Files are fetched over SFTP while the line is spoiled: a cable is pulled for a while, the
 * connection is reset, it falls silent without a word, the host's sshd is killed and started again.
 * Every file has to come in with its own digest, a silence has to be noticed, and little of what
 * had come before the fault may be fetched again.
 */
public final class LinkLossDrill implements Drill {

  private static final Duration NOTICED_WITHIN = Duration.ofSeconds(60);
  private static final Duration LIMIT = Duration.ofMinutes(20);
  private static final Duration LOOK = Duration.ofMillis(2);
  private static final Duration POLL = Duration.ofMillis(250);

  private static final int PIECE = 1 << 20;

  /** Of the bytes of a file this part may come once more, with what they are packed in. */
  private static final double SPARE = 0.1;

  /** So much a host may have sent, and nobody taken yet, when the line goes. */
  private static final int UNDER_WAY = 4 << 20;

  private final boolean full;
  private final int size;
  private final DrillState state;
  private final List<String> faults = Collections.synchronizedList(new ArrayList<>());
  private final List<String> told = Collections.synchronizedList(new ArrayList<>());

  public LinkLossDrill(DrillSettings settings) {
    this.full = settings.size() == DrillSettings.Size.FULL;
    this.size = settings.bySize(16, 64, 2_000) << 20;
    this.state = DrillState.open(settings.work().resolve("linkloss"), settings.seed());
  }

  @Override
  public Verdict run() {
    Optional<String> obstacle = Cable.obstacle();
    if (obstacle.isPresent() || !LocalSshd.installed()) {
      return Verdict.cannot("be done here: " + obstacle.orElse("sshd is not installed"));
    }
    return state.verdict(this::drill);
  }

  private Verdict drill() {
    boolean clean;
    try (Scene scene = new Scene(state.fresh("scene"));
        Cable cable = Cable.lay();
        Host host = new Host(state.fresh("far"), cable);
        LocalSshd near = LocalSshd.start(state.fresh("near"));
        Relay relay = Relay.to("127.0.0.1", near.login().port())) {
      try (LocalServer server = scene.start(Map.of());
          Session session = scene.session(server)) {
        Harvest harvest = new Harvest(session);
        String storage = scene.storage(harvest);
        Lane wire = new Lane(scene, session, "cable", host.login(), storage, cable::received);
        Lane relayed =
            new Lane(scene, session, "relay", through(near, relay), storage, relay::passed);
        Thread other = Thread.ofPlatform().start(() -> guarded(() -> spoil(relayed, relay)));
        guarded(() -> spoil(wire, cable, host));
        Pauses.join(other);
        if (faults.isEmpty()) {
          scene.drain(session);
        }
        scene.acknowledge(session);
      }
      told.forEach(line -> System.out.println("  " + line));
      faults.forEach(fault -> System.out.println("  FAULT " + fault));
      clean = scene.judged();
    }
    if (!clean || !faults.isEmpty()) {
      return state.red("%d faults, seed %d".formatted(faults.size(), state.seed()));
    }
    state.close();
    String text = "%d faults of the line, each amid %,d bytes, seed %d";
    return Verdict.green(text.formatted(told.size(), size, state.seed()));
  }

  private static SftpLogin through(LocalSshd sshd, Relay relay) {
    SftpLogin direct = sshd.login();
    return new SftpLogin(
        direct.host(), relay.port(), direct.username(), direct.privateKey(), direct.hostKey());
  }

  private void guarded(Runnable lane) {
    try {
      lane.run();
    } catch (RuntimeException e) {
      faults.add("broken off: " + e);
    }
  }

  private void spoil(Lane lane, Cable cable, Host host) {
    for (int seconds : full ? new int[] {1, 30, 300} : new int[] {1, 30}) {
      lane.fetch(
          "cable pulled for " + seconds + " s",
          begun -> {
            begun.await();
            cable.pull();
            Pauses.sleep(Duration.ofSeconds(seconds));
            cable.plug();
          });
    }
    lane.fetch(
        "sshd killed and started again",
        begun -> {
          begun.await();
          host.restart();
        });
  }

  private void spoil(Lane lane, Relay relay) {
    lane.fetch("reset", begun -> noticed(relay.spoil(Relay.Fault.RESET, begun.at())));
    lane.fetch("stall", begun -> noticed(relay.spoil(Relay.Fault.STALL, begun.at())));
  }

  private static void noticed(Relay.Spoiling spoiling) {
    try {
      spoiling.begun().get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      Duration after = spoiling.over().get(NOTICED_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
      System.out.printf("  noticed after %.1f s%n", after.toMillis() / 1000.0);
    } catch (TimeoutException e) {
      throw new IllegalStateException("not noticed within " + NOTICED_WITHIN, e);
    } catch (ExecutionException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A fault that is done once a file is on its way. */
  private interface Spoiling {
    void amid(Begun begun);
  }

  /**
   * A transfer that is about to begin.
   *
   * @param at how many bytes have come over its line, in all, when the fault is due
   */
  private record Begun(LongSupplier received, long at) {

    /** Until so many bytes have come. */
    void await() {
      while (received.getAsLong() < at) {
        Pauses.sleep(LOOK);
      }
    }
  }

  /** The SSH server at the far end of the cable. */
  private static final class Host implements AutoCloseable {

    private static final Duration AWAY = Duration.ofSeconds(2);

    private final Path folder;
    private final LocalSshd.Kind kind;
    private LocalSshd sshd;

    Host(Path folder, Cable cable) {
      this.folder = folder;
      this.kind = LocalSshd.Kind.USUAL.within(cable.words(), cable.address());
      this.sshd = LocalSshd.start(folder, kind);
    }

    SftpLogin login() {
      return sshd.login();
    }

    void restart() {
      sshd.kill();
      Pauses.sleep(AWAY);
      sshd = LocalSshd.start(folder, kind);
    }

    @Override
    public void close() {
      sshd.kill();
    }
  }

  /** One instrument, its line, and the files that are fetched over it one after the other. */
  private final class Lane {

    private final Scene scene;
    private final Session session;
    private final Harvest harvest;
    private final String name;
    private final Path folder;
    private final String instrument;
    private final String schedule;
    private final LongSupplier received;
    private final Random random;
    private int made;

    Lane(
        Scene scene,
        Session session,
        String name,
        SftpLogin login,
        String storage,
        LongSupplier received) {
      this.scene = scene;
      this.session = session;
      this.harvest = new Harvest(session);
      this.name = name;
      this.folder = scene.folder(name);
      this.received = received;
      this.random = new Random(state.seed() + name.hashCode());
      Map<String, Object> policy = Map.of("stability_seconds", 0);
      this.instrument = harvest.sftpInstrument(name, folder.toString(), login, policy);
      this.schedule = scene.schedule(harvest, instrument, storage);
    }

    void fetch(String fault, Spoiling spoiling) {
      Path file = made();
      String sha256 = written(file);
      long before = received.getAsLong();
      long after = size / 5 + random.nextInt(size / 5 * 3);
      Begun begun = new Begun(received, before + after);
      CompletableFuture<Void> spoiled =
          CompletableFuture.runAsync(() -> spoiling.amid(begun), Thread::startVirtualThread);
      long began = System.nanoTime();
      String kept = arrive(file.getFileName().toString(), spoiled);
      long came = received.getAsLong() - before;
      spoiled.join();
      double again = (double) (came - size) / size;
      String text =
          "%s: %s after %,d bytes: in %.1f s, %.1f %% came again"
              .formatted(name, fault, after, (System.nanoTime() - began) / 1e9, 100 * again);
      told.add(text);
      if (!kept.equals(sha256)) {
        faults.add(text + ", and it is " + kept + " instead of " + sha256);
      }
      if (came - size > size * SPARE + UNDER_WAY) {
        faults.add(text);
      }
    }

    private Path made() {
      return folder.resolve("%s-%02d.raw".formatted(name, made++));
    }

    /** Makes a new file, which appears as a whole. Says its digest. */
    private String written(Path file) {
      Path hidden = scene.folder("making").resolve(file.getFileName());
      WrittenFile content = new WrittenFile(hidden, random.nextLong());
      for (int left = size; left > 0; left -= PIECE) {
        content.append(PIECE);
      }
      String sha256 = content.contents().last();
      scene.journal().source(folder, file.getFileName().toString(), size, sha256);
      try {
        Files.move(hidden, file, StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return sha256;
    }

    /** The digest of what is kept in the end. Whoever waits for a file asks for it again. */
    private String arrive(String path, CompletableFuture<Void> spoiled) {
      long end = System.nanoTime() + LIMIT.toNanos();
      while (System.nanoTime() < end) {
        if (spoiled.isCompletedExceptionally()) {
          spoiled.join();
        }
        if (isIdle()) {
          harvest.triggerAgain(schedule);
        }
        Pauses.sleep(POLL);
        JsonNode files = session.get("/api/files?instrument_id=" + instrument);
        String sha256 = Scene.named(files, path).path("sha256").asString("");
        if (!sha256.isEmpty()) {
          return sha256;
        }
      }
      return "not there after " + LIMIT;
    }

    /** A run that could not go on is made again by the server itself, but not at once. */
    private boolean isIdle() {
      return session
          .get("/api/runs?limit=50&instrument_id=" + instrument)
          .valueStream()
          .noneMatch(run -> run.path("finished_at").isNull());
    }
  }
}

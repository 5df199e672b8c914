// SPDX-License-Identifier: Apache-2.0
package io.entrepot.cli.demo;

import io.entrepot.cli.ExitCode;
import io.entrepot.cli.Main;
import io.entrepot.client.Harvest;
import io.entrepot.client.Session;
import io.entrepot.client.local.LocalServer;
import io.entrepot.client.local.LocalServerSettings;
import io.entrepot.client.local.LocalServerSettings.Administrator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** A server with an instrument beside it, in a folder of its own that is emptied first. */
final class DemoHouse implements AutoCloseable {

  private static final int USUAL_PORT = 8000;
  private static final String EVERY_MINUTE = "* * * * *";
  private static final int SAMPLES = 5;
  private static final Duration RUN_LIMIT = Duration.ofMinutes(2);
  private static final Duration ALL_IN_LIMIT = Duration.ofSeconds(90);
  private static final Duration BETWEEN_RUNS = Duration.ofSeconds(2);
  private static final Duration BETWEEN_SAMPLES = Duration.ofSeconds(7);
  private static final double MEGA = 1e6;

  /** A demonstration need not wait long to believe that a file is finished. */
  private static final Map<String, Object> POLICY = Map.of("stability_seconds", 2);

  private final Path root;
  private final Path log;
  private final LocalServer server;
  private volatile boolean ending;
  private final Session session;
  private final DemoInstrument instrument;
  private final String schedule;

  private DemoHouse(Path root, Path log, LocalServer server, Session session) {
    this.root = root;
    this.log = log;
    this.server = server;
    this.session = session;
    this.instrument = new DemoInstrument(root.resolve("instrument"), 1);
    Harvest harvest = new Harvest(session);
    String storage = harvest.storage("Demo store", root.resolve("store").toString());
    String id = harvest.folderInstrument("Demo instrument", instrument.folder().toString(), POLICY);
    this.schedule = harvest.schedule(id, storage, EVERY_MINUTE, true);
  }

  static DemoHouse open(Path home, Administrator administrator) {
    Path root = home.resolve("dist/demo");
    empty(root);
    LocalServerSettings settings =
        LocalServerSettings.of(home, root.resolve("data"), administrator).withPort(port());
    LocalServer server = LocalServer.start(settings);
    try {
      Session session =
          Session.open(server.address(), administrator.email(), administrator.password());
      System.out.println("Entrepot is at " + server.address() + "/");
      System.out.println("  sign in as   " + administrator.email());
      System.out.println("  with         " + administrator.password() + "   (of this run only)");
      System.out.println("  everything   " + root);
      return new DemoHouse(root, settings.log(), server, session);
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  private static int port() {
    try (ServerSocket usual = new ServerSocket(USUAL_PORT, 1, InetAddress.getLoopbackAddress())) {
      return usual.getLocalPort();
    } catch (IOException taken) {
      return 0;
    }
  }

  private static void empty(Path folder) {
    try {
      if (Files.exists(folder)) {
        try (Stream<Path> all = Files.walk(folder)) {
          for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(path);
          }
        }
      }
      Files.createDirectories(folder.resolve("instrument"));
      Files.createDirectories(folder.resolve("store"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Shows it.
   *
   * @param once whether to end with a summary; else when the process is told to stop
   * @return the status to end with
   */
  int show(boolean once) {
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> ending = true));
    try {
      if (once) {
        return showOnce();
      }
      showUntilStopped();
    } catch (RuntimeException e) {
      if (server.isAlive()) {
        throw e;
      }
    }
    if (ending || server.isAlive()) {
      return 0;
    }
    System.err.println("demo: the server has ended by itself: see " + log);
    return 1;
  }

  /** Files keep arriving, and are harvested every minute. */
  private void showUntilStopped() {
    System.out.println(
        "A sample is measured every few seconds and harvested every minute. Ctrl-C ends.");
    instrument.beginLongRun();
    Harvest harvest = new Harvest(session);
    instrument.measure();
    harvest.trigger(schedule);
    int told = 0;
    while (server.isAlive() && !Thread.currentThread().isInterrupted()) {
      instrument.measure();
      pause(BETWEEN_SAMPLES);
      Kept kept = Kept.read(session);
      if (kept.verified() != told) {
        told = kept.verified();
        System.out.printf(
            Locale.ROOT, "%d files kept and verified, %.1f MB%n", told, kept.bytes() / MEGA);
      }
    }
  }

  /** A few samples and one long acquisition, until all of them are kept; then a summary. */
  private int showOnce() {
    Thread longRun = instrument.beginLongRun();
    System.out.println("A few samples are measured; one long acquisition is still growing.");
    for (int i = 0; i < SAMPLES; i++) {
      instrument.measure();
    }
    Harvest harvest = new Harvest(session);
    long end = System.nanoTime() + ALL_IN_LIMIT.toNanos();
    Kept kept = Kept.read(session);
    while (!allIn(kept, longRun) && System.nanoTime() < end) {
      pause(BETWEEN_RUNS);
      harvest.await(harvest.trigger(schedule), RUN_LIMIT);
      kept = Kept.read(session);
      System.out.printf(
          Locale.ROOT, "  %d of %d files kept%n", kept.verified(), instrument.files());
    }
    return summary(kept);
  }

  private boolean allIn(Kept kept, Thread longRun) {
    return !longRun.isAlive() && kept.verified() >= instrument.files();
  }

  private int summary(Kept kept) {
    server.close();
    boolean custody = custodyHolds();
    boolean all = kept.files() == instrument.files() && kept.verified() == kept.copies();
    System.out.println();
    System.out.printf(Locale.ROOT, "files      %d of %d%n", kept.files(), instrument.files());
    System.out.printf(Locale.ROOT, "bytes      %,d%n", kept.bytes());
    System.out.printf(Locale.ROOT, "verified   %d of %d copies%n", kept.verified(), kept.copies());
    System.out.printf(Locale.ROOT, "one ARK    %s%n", kept.ark());
    System.out.printf(Locale.ROOT, "custody    %s%n", custody ? "verified" : "NOT VERIFIED");
    return all && custody && kept.verified() >= instrument.files() ? 0 : 1;
  }

  /** The verifier needs no server, and is run the way anybody would run it. */
  private boolean custodyHolds() {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    String data = root.resolve("data").toString();
    int code = Main.run(out, out, Clock.systemUTC(), "custody", "verify", "--data", data);
    if (code != ExitCode.GOOD) {
      System.out.println(text);
    }
    return code == ExitCode.GOOD;
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    session.close();
    server.close();
  }
}

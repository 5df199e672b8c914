// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs.engine;

import io.entrepot.server.database.Database;
import io.entrepot.server.database.Pools;
import io.entrepot.server.database.StatementsThatKill;
import io.entrepot.server.database.TestDatabases;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A job engine as a process of its own, without the rest of a server: what is killed and frozen
 * here starts in a second. It ends when the process that started it does.
 */
final class CrewProcess implements AutoCloseable {

  private static final Duration START = Duration.ofSeconds(30);
  private static final String READY = "ready";
  private static final String FENCED = "fenced ";

  private final Process process;
  private final BufferedReader output;

  private CrewProcess(Process process) {
    this.process = process;
    this.output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /**
   * Who works, on what, and when it dies.
   *
   * @param database a SQLite file, or a JDBC address
   * @param killAt before or after which change of the database it kills itself, counted from 1; 0
   *     is never
   */
  record Orders(String database, String node, int threads, int killAt) {

    static Orders of(String database, String node, int threads) {
      return new Orders(database, node, threads, 0);
    }

    Orders killedAt(int point) {
      return new Orders(database, node, threads, point);
    }
  }

  /** A process that takes jobs, or has already killed itself. */
  static CrewProcess start(Orders orders, String... options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx128m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of("-Xshare:auto", "--enable-native-access=ALL-UNNAMED"));
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(CrewProcess.class.getName(), orders.database(), orders.node()));
    command.add(Integer.toString(orders.threads()));
    command.add(Integer.toString(orders.killAt()));
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      CrewProcess started = new CrewProcess(process);
      started.awaitReady();
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitReady() throws IOException {
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.equals(READY)) {
        return;
      }
    }
    // It has ended: killed on purpose, or it could not begin.
  }

  boolean alive() {
    return process.isAlive();
  }

  /** As kill -9. */
  void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  private void awaitEnd() {
    try {
      if (!process.waitFor(START.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException("the crew does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** It is silent from now on, and knows nothing of it. */
  void freeze() {
    signal("STOP");
  }

  void wake() {
    signal("CONT");
  }

  private void signal(String name) {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** How many changes its jobs were refused because others had them. */
  long fenced() {
    try {
      process.getOutputStream().write('?');
      process.getOutputStream().flush();
      String line = output.readLine();
      while (line != null && !line.startsWith(FENCED)) {
        line = output.readLine();
      }
      return line == null ? 0 : Long.parseLong(line.substring(FENCED.length()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    kill();
  }

  /** What runs in the process. */
  public static void main(String[] arguments) throws IOException {
    String database = arguments[0];
    int killAt = Integer.parseInt(arguments[3]);
    StatementsThatKill deadly = new StatementsThatKill(killAt);
    try (Pools pools = deadly.within(TestDatabases.pools(database));
        Database opened = new Database(TestDatabases.dialect(database), pools);
        JobEngine engine = CrewJobs.engine(opened, arguments[1], Integer.parseInt(arguments[2]))) {
      deadly.arm();
      engine.start();
      System.out.println(READY);
      // The stream ends with its parent.
      while (System.in.read() >= 0) {
        System.out.println(FENCED + engine.meter().refused());
      }
    }
    Runtime.getRuntime().halt(0);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.database;

import io.entrepot.server.TestFolders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A private PostgreSQL cluster that lives as long as this JVM. */
public final class TestPostgresql {

  private static final Optional<TestPostgresql> SHARED = start();

  private final int port;

  private TestPostgresql(int port) {
    this.port = port;
  }

  /** Empty where PostgreSQL is not installed; on a build machine that is a failure instead. */
  public static Optional<TestPostgresql> shared() {
    return SHARED;
  }

  public String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  /** As the administrator of the cluster, outside of any test's database. */
  void execute(String statement) {
    try (Connection admin = DriverManager.getConnection(url("postgres"), "postgres", "")) {
      admin.createStatement().execute(statement);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Optional<TestPostgresql> start() {
    Optional<Path> programs = programs();
    if (programs.isEmpty()) {
      if (System.getenv("CI") != null) {
        throw new IllegalStateException("PostgreSQL is not installed: apt-get install postgresql");
      }
      System.err.println("SKIPPED: no PostgreSQL under /usr/lib/postgresql; SQLite only");
      return Optional.empty();
    }
    try {
      return Optional.of(startIn(programs.get()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<Path> programs() {
    Path versions = Path.of("/usr/lib/postgresql");
    if (!Files.isDirectory(versions)) {
      return Optional.empty();
    }
    try (Stream<Path> found = Files.list(versions)) {
      return found
          .map(v -> v.resolve("bin"))
          .filter(b -> Files.exists(b.resolve("initdb")))
          .findAny();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static TestPostgresql startIn(Path programs) throws IOException {
    Path home = TestFolders.create("postgresql");
    boolean root = "root".equals(System.getProperty("user.name"));
    if (root) {
      run(home, List.of("chown", "postgres", home.toString()));
    }
    int port = freePort();
    String data = home.resolve("data").toString();
    run(
        home,
        as(root, programs.resolve("initdb").toString())
            .with("-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"));
    run(
        home,
        as(root, programs.resolve("pg_ctl").toString())
            .with("-D", data, "-w", "-l", home.resolve("log").toString(), "-o")
            .and("-p " + port + " -k '' -c listen_addresses=127.0.0.1 -c fsync=off")
            .and("start"));
    TestFolders.beforeTheyGo(() -> stop(root, programs, home));
    return new TestPostgresql(port);
  }

  private static void stop(boolean root, Path programs, Path home) {
    try {
      run(
          home,
          as(root, programs.resolve("pg_ctl").toString())
              .with("-D", home.resolve("data").toString(), "-m", "immediate", "stop"));
    } catch (IOException e) {
      System.err.println("PostgreSQL of the tests did not stop: " + e.getMessage());
    }
  }

  private static Command as(boolean root, String program) {
    Command command = new Command();
    if (root) {
      command.with("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups");
    }
    return command.with(program);
  }

  private static void run(Path home, List<String> command) throws IOException {
    Path log = home.resolve("last-command");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .directory(home.toFile())
            .start();
    try {
      if (process.waitFor() != 0) {
        throw new IOException(command + " failed: " + Files.readString(log));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** A command line under construction. */
  private static final class Command extends ArrayList<String> {
    private static final long serialVersionUID = 1;

    Command with(String... words) {
      addAll(List.of(words));
      return this;
    }

    Command and(String word) {
      add(word);
      return this;
    }
  }
}

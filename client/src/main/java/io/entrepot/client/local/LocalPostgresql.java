// SPDX-License-Identifier: Apache-2.0
package io.entrepot.client.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The system's own PostgreSQL on loopback, with data of its own. It trusts everybody on this
 * machine and does not flush, so it is for what may be lost.
 */
public final class LocalPostgresql implements AutoCloseable {

  /** Its administrator, who needs no password. */
  public static final String USER = "postgres";

  private static final Path VERSIONS = Path.of("/usr/lib/postgresql");

  /** PostgreSQL refuses to run as root. */
  private static final List<String> AS_ITS_USER =
      List.of("setpriv", "--reuid=" + USER, "--regid=" + USER, "--clear-groups");

  private final Path programs;
  private final Path folder;
  private final int port;
  private final ChildProcesses.Ward ward;
  private boolean stopped;

  private LocalPostgresql(Path programs, Path folder, int port) {
    this.programs = programs;
    this.folder = folder;
    this.port = port;
    this.ward = ChildProcesses.atTheEnd(this::stop);
  }

  /** Whether this machine has one. */
  public static boolean installed() {
    return programs().isPresent();
  }

  private static Optional<Path> programs() {
    if (!Files.isDirectory(VERSIONS)) {
      return Optional.empty();
    }
    try (Stream<Path> found = Files.list(VERSIONS)) {
      return found
          .map(version -> version.resolve("bin"))
          .filter(programs -> Files.exists(programs.resolve("initdb")))
          .findAny();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Starts a new one.
   *
   * @param folder for its data; made when it is not there, and empty. Whoever it runs as has to be
   *     able to reach it
   * @param settings more of them, {@code name=value}
   */
  public static LocalPostgresql start(Path folder, String... settings) {
    Path programs =
        programs()
            .orElseThrow(() -> new IllegalStateException("PostgreSQL is not installed"))
            .toAbsolutePath();
    try {
      Files.createDirectories(folder);
      if (isRoot()) {
        run(folder, List.of("chown", USER, folder.toString()));
      }
      LocalPostgresql made = new LocalPostgresql(programs, folder.toAbsolutePath(), freePort());
      made.program(
          "initdb", "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C", "-N", "-D", made.data());
      String options =
          "-p "
              + made.port
              + " -k '' -c listen_addresses=127.0.0.1 -c fsync=off -c log_statement=none"
              + Stream.of(settings).map(setting -> " -c " + setting).collect(Collectors.joining());
      String log = folder.resolve("log").toString();
      made.program("pg_ctl", "-D", made.data(), "-w", "-l", log, "-o", options, "start");
      return made;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String data() {
    return folder.resolve("data").toString();
  }

  private void program(String name, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(isRoot() ? AS_ITS_USER : List.of());
    command.add(programs.resolve(name).toString());
    command.addAll(List.of(arguments));
    run(folder, command);
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  /** What a command wrote, through a file: a server that it leaves behind keeps its streams. */
  private static String run(Path folder, List<String> command) throws IOException {
    Path output = Files.createTempFile("postgresql", ".out");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .directory(folder.toFile())
              .start();
      int status = process.onExit().join().exitValue();
      String text = Files.readString(output, StandardCharsets.UTF_8);
      if (status != 0) {
        throw new IOException(command + " failed: " + text);
      }
      return text;
    } finally {
      Files.delete(output);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** The JDBC address of one of its databases. */
  public String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  /** One of its databases, as its own programs take it. */
  public String connection(String database) {
    return "host=127.0.0.1 port=" + port + " user=" + USER + " dbname=" + database;
  }

  /** What {@code psql} answers to one statement: rows in lines, columns between bars. */
  public String ask(String database, String statement) {
    try {
      String psql = programs.resolve("psql").toString();
      return run(folder, List.of(psql, "-qAtX", "-c", statement, connection(database))).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    stop();
    ward.release();
  }

  /** Once: at the end of this process it may be asked for from two sides. */
  private synchronized void stop() {
    if (stopped) {
      return;
    }
    stopped = true;
    try {
      program("pg_ctl", "-D", data(), "-m", "immediate", "stop");
    } catch (IOException e) {
      System.err.println("PostgreSQL in " + folder + " did not stop: " + e.getMessage());
    }
  }
}

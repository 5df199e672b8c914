// SPDX-License-Identifier: Apache-2.0
package io.entrepot.client.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * One run of the server. Beside the data directory lie its output ({@link LocalServerSettings#log})
 * and what it needs while it runs; killed, it cannot take that with it.
 *
 * <p>Closing asks it to stop and, after a while, ends it.
 */
public final class LocalServer implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration STOP = Duration.ofSeconds(20);
  private static final Duration POLL = Duration.ofMillis(20);
  private static final int POLL_TIMEOUT_MILLIS = 2_000;
  private static final int OK = 200;

  private final Process process;
  private final URI address;
  private final Path log;
  private final long launched = System.nanoTime();
  private final ChildProcesses.Ward ward;
  private Duration startTime = Duration.ZERO;

  private LocalServer(Process process, URI address, Path log) {
    this.process = process;
    this.address = address;
    this.log = log;
    this.ward = ChildProcesses.endWithThisOne(process);
  }

  /**
   * Starts the server and returns at its first answer.
   *
   * @throws IllegalStateException when it ends or stays silent for a minute; its log is named
   */
  public static LocalServer start(LocalServerSettings settings) {
    LocalServer server = launch(settings);
    server.awaitAnswer();
    return server;
  }

  /** Starts the server and returns at once. */
  public static LocalServer launch(LocalServerSettings settings) {
    int port = settings.port() == 0 ? freePort() : settings.port();
    URI address = URI.create("http://127.0.0.1:" + port);
    return new LocalServer(process(settings, port), address, settings.log());
  }

  private void awaitAnswer() {
    try {
      await("/health", "did not start");
    } catch (IllegalStateException e) {
      kill();
      throw e;
    }
    startTime = age();
  }

  /**
   * Waits until every part of the server says that it works.
   *
   * @return from the launch until then
   * @throws IllegalStateException when it ends or is not ready within a minute from now; it is left
   *     as it is, for whoever wants to look
   */
  public Duration awaitReady() {
    await("/health/ready", "is not ready");
    return age();
  }

  private void await(String path, String otherwise) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!answers(address.resolve(path))) {
      if (!process.isAlive() || System.nanoTime() > end) {
        String what = process.isAlive() ? otherwise : "has ended";
        throw new IllegalStateException("the server " + what + ": see " + log);
      }
      pause();
    }
  }

  private Duration age() {
    return Duration.ofNanos(System.nanoTime() - launched);
  }

  private static Process process(LocalServerSettings settings, int port) {
    List<String> command = new ArrayList<>();
    command.addAll(settings.launcher());
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    List<String> options = new ArrayList<>();
    options.add("-Djava.io.tmpdir=" + settings.temp());
    options.addAll(settings.jvmOptions());
    command.addAll(packaged(settings.home().resolve("dist/server"), options));
    command.addAll(List.of("--entrepot.port=" + port, "--entrepot.data=" + settings.data()));
    command.addAll(settings.arguments());
    try {
      Files.createDirectories(settings.temp());
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.redirectOutput(ProcessBuilder.Redirect.appendTo(settings.log().toFile()));
      builder.environment().putAll(settings.environment());
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start the server", e);
    }
  }

  /**
   * What a JVM is told so that it becomes the server that the launcher has built.
   *
   * @param dist the folder {@code dist/server} of a checkout, or what it leads to: a server keeps
   *     its version when the link leads to a newer one
   * @param options after those of {@code server/java.options}
   */
  public static List<String> packaged(Path dist, List<String> options) {
    Path folder;
    try {
      folder = dist.toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException("no server is built in " + dist, e);
    }
    List<String> words = new ArrayList<>();
    words.add("@" + folder.resolve("../../server/java.options").normalize());
    Path cache = folder.resolve("entrepot.aot");
    if (Files.exists(cache)) {
      words.addAll(List.of("-XX:AOTCache=" + cache, "-Xlog:aot*=off", "-Xlog:cds*=off"));
    }
    words.addAll(options);
    words.addAll(List.of("-jar", folder.resolve("entrepot-server.jar").toString()));
    return words;
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean answers(URI address) {
    try {
      HttpURLConnection health = (HttpURLConnection) address.toURL().openConnection();
      health.setConnectTimeout(POLL_TIMEOUT_MILLIS);
      health.setReadTimeout(POLL_TIMEOUT_MILLIS);
      return health.getResponseCode() == OK;
    } catch (IOException notYet) {
      return false;
    }
  }

  private static void pause() {
    try {
      Thread.sleep(POLL);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the server started", e);
    }
  }

  /** The address without a path. */
  public URI address() {
    return address;
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** The status that it ended with; empty while it runs. */
  public OptionalInt status() {
    return process.isAlive() ? OptionalInt.empty() : OptionalInt.of(process.exitValue());
  }

  /** From the launch to the first answer; zero before. */
  public Duration startTime() {
    return startTime;
  }

  /** Resident memory in bytes; empty where the system does not say (outside Linux). */
  public Optional<Long> residentBytes() {
    try {
      return Files.readAllLines(Path.of("/proc", Long.toString(pid()), "status")).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .map(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
          .findFirst();
    } catch (IOException notLinux) {
      return Optional.empty();
    }
  }

  /** Processor time it has taken, of all its threads; zero where the system does not say. */
  public Duration processorTime() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** Files, sockets and pipes that it has open; empty where the system does not say. */
  public Optional<Integer> openFiles() {
    try (Stream<Path> all = Files.list(Path.of("/proc", Long.toString(pid()), "fd"))) {
      return Optional.of((int) all.count());
    } catch (IOException | UncheckedIOException notLinux) {
      return Optional.empty();
    }
  }

  /** Ends the process at once, as a power switch would: nothing is flushed, nothing is told. */
  public void kill() {
    process.destroyForcibly();
    join(STOP);
    ward.release();
  }

  /** Stops it amid whatever it does, until it is woken; it keeps its connections and locks. */
  public void freeze() {
    signal("STOP");
  }

  /** Waits until a frozen one has come out of every call of the system that it was in. */
  public void awaitStill() {
    long end = System.nanoTime() + STOP.toNanos();
    while (!isStill()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("the server was asked to freeze and goes on");
      }
      pause();
    }
  }

  private boolean isStill() {
    try (Stream<Path> threads = Files.list(Path.of("/proc/" + process.pid() + "/task"))) {
      return threads.allMatch(LocalServer::isStopped);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isStopped(Path thread) {
    try {
      String stat = Files.readString(thread.resolve("stat"));
      return stat.substring(stat.lastIndexOf(')') + 2).startsWith("T");
    } catch (IOException gone) {
      return true;
    }
  }

  /** Lets a frozen one go on; does nothing to one that is not. */
  public void wake() {
    if (isAlive()) {
      signal("CONT");
    }
  }

  /** How a server is asked to stop. */
  public enum Request {
    /** By the system, or whoever looks after it. */
    TERM(15),
    /** By Ctrl-C. */
    INT(2);

    private static final int SIGNALLED = 128;

    private final int signal;

    Request(int signal) {
      this.signal = signal;
    }

    /** The status that a server ends with that obeyed. */
    public int status() {
      return SIGNALLED + signal;
    }
  }

  /**
   * Asks it to stop, and waits.
   *
   * @return how long it took; empty when it did not end in time and was killed
   */
  public Optional<Duration> stop(Request request, Duration limit) {
    long asked = System.nanoTime();
    signal(request.name());
    if (!join(limit)) {
      kill();
      return Optional.empty();
    }
    ward.release();
    return Optional.of(Duration.ofNanos(System.nanoTime() - asked));
  }

  private void signal(String name) {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start().onExit().join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    if (!join(STOP)) {
      kill();
    }
    ward.release();
  }

  private boolean join(Duration limit) {
    try {
      return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.client.local;

import io.entrepot.client.SftpLogin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** The system's own SSH server on loopback, with keys of its own, serving files only. */
public final class LocalSshd implements AutoCloseable {

  private static final Path PROGRAM = Path.of("/usr/sbin/sshd");
  private static final int TRIES = 100;
  private static final int PAUSE_MILLIS = 50;

  private final Process process;
  private final Path folder;
  private final String address;
  private final int port;
  private final ChildProcesses.Ward ward;

  private LocalSshd(Process process, Path folder, String address, int port) {
    this.process = process;
    this.folder = folder;
    this.address = address;
    this.port = port;
    this.ward = ChildProcesses.endWithThisOne(process);
  }

  /**
   * What one is started as.
   *
   * @param before words that its command begins with, such as those that enter another network
   * @param address that it listens at
   * @param sftp the program that it runs to serve files
   */
  public record Kind(List<String> before, String address, String sftp) {

    /** On loopback, with its own code for SFTP. */
    public static final Kind USUAL = new Kind(List.of(), "127.0.0.1", "internal-sftp");

    public Kind {
      before = List.copyOf(before);
    }

    /** The same in another network. */
    public Kind within(List<String> words, String there) {
      return new Kind(words, there, sftp);
    }

    /** The same with another program for SFTP. */
    public Kind serving(String program) {
      return new Kind(before, address, program);
    }
  }

  /** Whether this machine has one. */
  public static boolean installed() {
    return Files.isExecutable(PROGRAM);
  }

  /**
   * Starts it, with the keys and the port that are in a folder from an earlier start, or with new
   * ones.
   */
  public static LocalSshd start(Path folder) {
    return start(folder, Kind.USUAL);
  }

  /** As {@link #start(Path)}, of another kind. */
  public static LocalSshd start(Path folder, Kind kind) {
    Path configuration = folder.resolve("sshd_config");
    try {
      if (Files.notExists(configuration)) {
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        key(folder.resolve("host"));
        key(folder.resolve("user"));
        Files.write(configuration, configuration(folder, freePort(), kind));
      }
      int port = Integer.parseInt(Files.readAllLines(configuration).getFirst().substring(5));
      if ("root".equals(System.getProperty("user.name"))) {
        // Only then it separates its privileges, and demands that folder; nobody else may make it.
        Files.createDirectories(Path.of("/run/sshd"));
      }
      List<String> command = new ArrayList<>(kind.before());
      command.addAll(List.of(PROGRAM.toString(), "-D", "-e", "-f", configuration.toString()));
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("log").toFile())
              .start();
      LocalSshd sshd = new LocalSshd(process, folder, kind.address(), port);
      sshd.awaitAnswer();
      return sshd;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      return free.getLocalPort();
    }
  }

  private static void key(Path file) throws IOException {
    Process keygen =
        new ProcessBuilder("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", file.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(keygen.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (keygen.onExit().join().exitValue() != 0) {
      throw new IOException("ssh-keygen: " + output);
    }
  }

  private static List<String> configuration(Path folder, int port, Kind kind) {
    return List.of(
        "Port " + port,
        "ListenAddress " + kind.address(),
        "HostKey " + folder.resolve("host"),
        "AuthorizedKeysFile " + folder.resolve("user.pub"),
        "PidFile none",
        "StrictModes no",
        "UsePAM no",
        "PasswordAuthentication no",
        "MaxStartups 100",
        "MaxSessions 100",
        "Subsystem sftp " + kind.sftp(),
        "ForceCommand " + kind.sftp());
  }

  private void awaitAnswer() {
    boolean answers = false;
    try {
      for (int i = 0; i < TRIES && process.isAlive() && !answers; i++) {
        answers = answers();
      }
    } finally {
      if (!answers) {
        kill();
      }
    }
    if (!answers) {
      throw new IllegalStateException(
          "sshd does not answer on port " + port + ": see " + folder.resolve("log"));
    }
  }

  private boolean answers() {
    try (Socket socket = new Socket(address, port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      pause();
      return false;
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while sshd started", e);
    }
  }

  /** The account that this process runs as, with a key made for it. */
  public SftpLogin login() {
    try {
      return new SftpLogin(
          address,
          port,
          System.getProperty("user.name"),
          Files.readString(folder.resolve("user")),
          hostKey());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String hostKey() throws IOException {
    String[] words = Files.readString(folder.resolve("host.pub")).split(" ");
    return words[0] + " " + words[1];
  }

  /** The same folder as rclone names it. */
  public String rcloneRemote(Path path) {
    return ":sftp,host=%s,port=%d,user=%s,key_file=%s:%s"
        .formatted(address, port, System.getProperty("user.name"), folder.resolve("user"), path);
  }

  /** Ends it at once and every connection with it; started again, it has the same port. */
  public void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().onExit().join();
    ward.release();
  }

  @Override
  public void close() {
    process.destroy();
    ward.release();
  }
}

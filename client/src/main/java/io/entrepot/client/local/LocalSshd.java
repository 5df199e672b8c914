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
import java.util.List;

/** The system's own SSH server on loopback, with keys of its own, serving files only. */
public final class LocalSshd implements AutoCloseable {

  private static final Path PROGRAM = Path.of("/usr/sbin/sshd");
  private static final int TRIES = 100;
  private static final int PAUSE_MILLIS = 50;

  private final Process process;
  private final Path folder;
  private final int port;
  private final ChildProcesses.Ward ward;

  private LocalSshd(Process process, Path folder, int port) {
    this.process = process;
    this.folder = folder;
    this.port = port;
    this.ward = ChildProcesses.endWithThisOne(process);
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
    Path configuration = folder.resolve("sshd_config");
    try {
      if (Files.notExists(configuration)) {
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        key(folder.resolve("host"));
        key(folder.resolve("user"));
        Files.write(configuration, configuration(folder, freePort()));
      }
      int port = Integer.parseInt(Files.readAllLines(configuration).getFirst().substring(5));
      Files.createDirectories(Path.of("/run/sshd"));
      Process process =
          new ProcessBuilder(PROGRAM.toString(), "-D", "-e", "-f", configuration.toString())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("log").toFile())
              .start();
      waitFor(port);
      return new LocalSshd(process, folder, port);
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

  private static List<String> configuration(Path folder, int port) {
    return List.of(
        "Port " + port,
        "ListenAddress 127.0.0.1",
        "HostKey " + folder.resolve("host"),
        "AuthorizedKeysFile " + folder.resolve("user.pub"),
        "PidFile none",
        "StrictModes no",
        "UsePAM no",
        "PasswordAuthentication no",
        "MaxStartups 100",
        "MaxSessions 100",
        "Subsystem sftp internal-sftp",
        "ForceCommand internal-sftp");
  }

  private static void waitFor(int port) {
    for (int i = 0; i < TRIES; i++) {
      try (Socket socket = new Socket("127.0.0.1", port)) {
        return;
      } catch (IOException notYet) {
        pause();
      }
    }
    throw new IllegalStateException("sshd does not answer on port " + port);
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
          "127.0.0.1",
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
    return ":sftp,host=127.0.0.1,port=%d,user=%s,key_file=%s:%s"
        .formatted(port, System.getProperty("user.name"), folder.resolve("user"), path);
  }

  @Override
  public void close() {
    process.destroy();
    ward.release();
  }
}

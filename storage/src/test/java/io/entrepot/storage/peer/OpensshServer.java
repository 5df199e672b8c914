// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.peer;

import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * A real OpenSSH server on a free loopback port, with its own host keys, serving SFTP only. The
 * current user logs in with {@link #privateKey}; password logins need root, who can add a user.
 */
public final class OpensshServer implements AutoCloseable {

  private static final Path SSHD = Path.of("/usr/sbin/sshd");
  private static final long START_MILLIS = 10_000;

  private final Path folder;
  private final int port;
  private final List<String> users = new ArrayList<>();
  private @Nullable Process process;

  private OpensshServer(Path folder, int port) {
    this.folder = folder;
    this.port = port;
  }

  /** Starts a server that keeps its files in {@code folder}; skips the test where there is none. */
  public static OpensshServer start(Path folder) {
    if (!Files.isExecutable(SSHD)) {
      String reason = "skipped: no sshd on this machine; install openssh-server to run this";
      System.out.println(reason);
      if ("true".equals(System.getenv("CI"))) {
        throw new AssertionError(reason);
      }
      Assumptions.abort(reason);
    }
    try {
      OpensshServer server = new OpensshServer(folder, freePort());
      server.configure();
      server.launch();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String host() {
    return "127.0.0.1";
  }

  public int port() {
    return port;
  }

  /** The user who may log in with {@link #privateKey}. */
  public String user() {
    return System.getProperty("user.name");
  }

  /** Text of an OpenSSH private key without passphrase. */
  public String privateKey() {
    return read("user_key");
  }

  /** The same key, locked. */
  public String lockedKey(String passphrase) {
    Path locked = folder.resolve("locked_key");
    try {
      Files.copy(folder.resolve("user_key"), locked);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    run("ssh-keygen", "-q", "-p", "-P", "", "-N", passphrase, "-f", locked.toString());
    return read("locked_key");
  }

  /** The Ed25519 host key as a line of {@code known_hosts} without the host. */
  public String hostKey() {
    return read("host_ed25519.pub").strip();
  }

  /** The RSA host key in the same form. */
  public String rsaHostKey() {
    return read("host_rsa.pub").strip();
  }

  /** A user made for this server only; empty when not running as root. */
  public Optional<String> addUser(String password) {
    if (!"root".equals(user())) {
      System.out.println("skipped: only root can add a user for a password login");
      return Optional.empty();
    }
    byte[] random = new byte[5];
    new SecureRandom().nextBytes(random);
    String name = "entrepot" + HexFormat.of().formatHex(random);
    String hash = run("openssl", "passwd", "-6", password).strip();
    run("useradd", "--no-create-home", "--home-dir", "/", "--password", hash, name);
    users.add(name);
    return Optional.of(name);
  }

  /** Ends the server and every connection, then serves on the same port again. */
  public void restart() throws IOException {
    stop();
    launch();
  }

  public void stop() {
    Process running = process;
    if (running != null) {
      running.descendants().forEach(ProcessHandle::destroyForcibly);
      running.destroyForcibly().onExit().join();
      process = null;
    }
  }

  @Override
  public void close() {
    stop();
    users.forEach(user -> run("userdel", "--force", user));
    users.clear();
  }

  private void configure() throws IOException {
    keygen("host_ed25519", "ed25519");
    for (String name : List.of("host_rsa", "host_rsa.pub")) {
      Files.copy(RsaKey.FOLDER.resolve(name), folder.resolve(name), COPY_ATTRIBUTES);
    }
    keygen("user_key", "ed25519");
    Files.copy(folder.resolve("user_key.pub"), folder.resolve("authorized_keys"));
    if ("root".equals(user())) {
      Files.createDirectories(Path.of("/run/sshd"));
    }
    Files.writeString(
        folder.resolve("sshd_config"),
        """
        ListenAddress 127.0.0.1
        Port %d
        HostKey %s/host_ed25519
        HostKey %s/host_rsa
        AuthorizedKeysFile %s/authorized_keys
        PidFile none
        UsePAM no
        StrictModes no
        PermitRootLogin yes
        PasswordAuthentication yes
        MaxStartups 200
        LogLevel ERROR
        Subsystem sftp internal-sftp
        """
            .formatted(port, folder, folder, folder));
  }

  private void launch() throws IOException {
    process =
        new ProcessBuilder(
                SSHD.toString(), "-D", "-e", "-f", folder.resolve("sshd_config").toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("sshd.log").toFile())
            .start();
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(START_MILLIS);
    while (!answers()) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new IOException("sshd did not start: " + read("sshd.log"));
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }

  private boolean answers() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host(), port), 500);
      return socket.getInputStream().read() == 'S';
    } catch (IOException e) {
      return false;
    }
  }

  private void keygen(String name, String type) {
    keygen(folder.resolve(name), type);
  }

  private static void keygen(Path file, String type) {
    run("ssh-keygen", "-q", "-t", type, "-N", "", "-f", file.toString());
  }

  /** Half a second of searching for primes, which all servers of a JVM share. */
  private static final class RsaKey {
    static final Path FOLDER = made();

    private static Path made() {
      try {
        Path folder = Files.createTempDirectory("rsa");
        folder.toFile().deleteOnExit();
        keygen(folder.resolve("host_rsa"), "rsa");
        for (String name : List.of("host_rsa", "host_rsa.pub")) {
          folder.resolve(name).toFile().deleteOnExit();
        }
        return folder;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private String read(String name) {
    try {
      return Files.readString(folder.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static String run(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes());
      if (process.waitFor() != 0) {
        throw new AssertionError(String.join(" ", command) + " failed: " + output);
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}

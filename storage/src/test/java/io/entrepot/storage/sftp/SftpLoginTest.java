// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.sftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.entrepot.base.ErrorCode;
import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.StoreException;
import io.entrepot.storage.peer.OpensshServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Finding the server, believing it, and being let in. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SftpLoginTest {

  private static final String CANARY = "canary-Xq7-in-no-message";

  private OpensshServer server;
  private Path base;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    base = Files.createDirectory(folder.resolve("base"));
    server = OpensshServer.start(Files.createDirectory(folder.resolve("server")));
  }

  @AfterAll
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  private SftpCandidate candidate() {
    return SftpCandidate.on(server, base);
  }

  private static void opens(SftpCandidate candidate) {
    try (SftpStore store = candidate.open()) {
      assertThat(store.stat(ObjectPath.BASE)).isPresent();
    }
  }

  private static StoreException refused(SftpCandidate candidate) {
    try (SftpStore store = candidate.open()) {
      return catchThrowableOfType(
          StoreException.class, () -> store.stat(ObjectPath.BASE).isPresent());
    } catch (StoreException e) {
      return e;
    }
  }

  private String userWithPassword(String password) {
    String user = server.addUser(password).orElse("");
    Assumptions.assumeFalse(user.isEmpty(), "skipped: no root, no password login");
    return user;
  }

  @Test
  void an_interrupt_while_connecting_is_a_cancellation_and_leaves_its_flag() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        SftpStore store =
            candidate()
                .at(silent.getInetAddress().getHostAddress(), silent.getLocalPort(), "nobody")
                .open()) {
      CompletableFuture<ErrorCode> told = new CompletableFuture<>();
      CompletableFuture<Boolean> flag = new CompletableFuture<>();
      Thread asking =
          Thread.ofPlatform()
              .start(
                  () -> {
                    told.complete(
                        catchThrowableOfType(
                                StoreException.class, () -> store.stat(ObjectPath.BASE))
                            .code());
                    flag.complete(Thread.currentThread().isInterrupted());
                  });
      try (Socket connected = silent.accept()) {
        asking.interrupt();
        assertThat(told.get(20, TimeUnit.SECONDS)).isEqualTo(ErrorCode.CANCELLED);
        assertThat(flag.get(20, TimeUnit.SECONDS)).isTrue();
        assertThat(connected.isConnected()).isTrue();
      }
    }
  }

  @Test
  void a_password_opens() throws IOException {
    String user = userWithPassword("right");
    opens(
        new SftpCandidate(
            new SftpSettings(
                new SftpEndpoint(server.host(), server.port(), user),
                "/",
                new SftpLogin.Password(Secret.of("right")),
                candidate().settings().trust(),
                SftpLimits.DEFAULT)));
  }

  @Test
  void a_wrong_password_is_refused_and_shown_nowhere() {
    String user = userWithPassword("right");
    SftpCandidate wrong =
        candidate()
            .at(server.host(), server.port(), user)
            .login(new SftpLogin.Password(Secret.of(CANARY)));
    StoreException e = refused(wrong);
    assertThat(e.code()).isEqualTo(ErrorCode.STORE_REFUSED_LOGIN);
    assertThat(e).hasMessageContaining(user);
    StringWriter trace = new StringWriter();
    e.printStackTrace(new PrintWriter(trace));
    assertThat(trace + wrong.toString()).doesNotContain(CANARY);
  }

  @Test
  void a_key_opens_locked_or_not() {
    opens(candidate());
    SftpLogin locked =
        new SftpLogin.PrivateKey(Secret.of(server.lockedKey("open it")), Secret.of("open it"));
    opens(candidate().login(locked));
    SftpLogin wrong =
        new SftpLogin.PrivateKey(((SftpLogin.PrivateKey) locked).text(), Secret.of("no"));
    assertThat(refused(candidate().login(wrong)).code()).isEqualTo(ErrorCode.STORE_REFUSED_LOGIN);
  }

  @Test
  void a_key_that_is_none_is_refused_and_not_quoted() {
    StoreException e =
        refused(candidate().login(new SftpLogin.PrivateKey(Secret.of("BEGIN " + CANARY))));
    assertThat(e.code()).isEqualTo(ErrorCode.STORE_REFUSED_LOGIN);
    assertThat(e).hasNoCause().hasMessageNotContaining(CANARY);
  }

  @Test
  void a_changed_host_key_names_both_fingerprints_and_tries_no_login() {
    HostKeyPin other =
        new HostKeyPin(
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f");
    StoreException e = refused(candidate().trust(new HostKeyTrust.Pinned(other)));
    assertThat(e.code()).isEqualTo(ErrorCode.STORE_HOST_KEY_CHANGED);
    assertThat(e)
        .hasMessageContaining(other.fingerprint())
        .hasMessageContaining(new HostKeyPin(server.hostKey()).fingerprint());
  }

  @Test
  void any_key_of_the_server_can_be_pinned_as_key_or_fingerprint() {
    opens(candidate().trust(new HostKeyTrust.Pinned(new HostKeyPin(server.rsaHostKey()))));
    HostKeyPin scanned = new HostKeyPin("[127.0.0.1]:" + server.port() + " " + server.hostKey());
    opens(candidate().trust(new HostKeyTrust.Pinned(scanned)));
    opens(candidate().trust(new HostKeyTrust.Pinned(new HostKeyPin(scanned.fingerprint()))));
  }

  @Test
  void on_first_use_the_key_is_told_once_before_it_is_pinned() throws IOException {
    List<HostKey> seen = new ArrayList<>();
    try (SftpStore store = candidate().trust(new HostKeyTrust.FirstUse(seen::add)).open()) {
      assertThat(store.stat(ObjectPath.BASE)).isPresent();
      server.restart();
      StoreException unused =
          catchThrowableOfType(StoreException.class, () -> store.stat(ObjectPath.BASE).isPresent());
      assertThat(store.stat(ObjectPath.BASE)).isPresent();
    }
    assertThat(seen).hasSize(1);
    opens(candidate().trust(new HostKeyTrust.Pinned(seen.getFirst().pin())));
  }

  @Test
  void an_unknown_host_a_closed_port_and_a_silent_port_are_told_apart() throws IOException {
    assertThat(refused(candidate().at("no-such-host.invalid", 22, "me")).code())
        .isEqualTo(ErrorCode.STORE_HOST_UNKNOWN);
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      SftpCandidate waiting =
          candidate()
              .port(silent.getLocalPort())
              .limits(Duration.ofSeconds(1), Duration.ofSeconds(1), 1);
      assertThat(refused(waiting).code()).isEqualTo(ErrorCode.STORE_UNREACHABLE);
      silent.close();
      assertThat(refused(waiting).code()).isEqualTo(ErrorCode.STORE_UNREACHABLE);
    }
  }

  @Test
  void a_folder_nobody_may_read_is_access_denied() throws IOException {
    String user = userWithPassword("right");
    Path secret = Files.createDirectory(base.resolve("closed"));
    assertThat(secret.toFile().setReadable(false, false)).isTrue();
    assertThat(secret.toFile().setExecutable(false, false)).isTrue();
    SftpCandidate other =
        candidate()
            .at(server.host(), server.port(), user)
            .login(new SftpLogin.Password(Secret.of("right")));
    assertThat(refused(other).code()).isEqualTo(ErrorCode.STORE_ACCESS_DENIED);
  }
}

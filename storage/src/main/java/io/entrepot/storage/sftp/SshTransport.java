// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.sftp;

import io.entrepot.base.ErrorCode;
import io.entrepot.storage.StoreException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.sshd.client.ClientBuilder;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.keyboard.UserAuthKeyboardInteractiveFactory;
import org.apache.sshd.client.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.client.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.client.channel.ChannelSubsystem;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.future.AuthFuture;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.cipher.BuiltinCiphers;
import org.apache.sshd.common.cipher.Cipher;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.kex.BuiltinDHFactories;
import org.apache.sshd.common.kex.DHFactory;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.signature.Signature;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.apache.sshd.core.CoreModuleProperties;

/** Connects and logs in. What goes wrong is told in our own words, and never holds a secret. */
final class SshTransport implements AutoCloseable {

  /** How much the server may send ahead of what we took; read-ahead fills it. */
  static final long WINDOW_BYTES = 4 << 20;

  private static final Duration HEARTBEAT = Duration.ofSeconds(15);

  /** AES-GCM first: encryption and integrity in one pass, done by the processor. */
  private static final List<BuiltinCiphers> CIPHERS =
      List.of(
          BuiltinCiphers.aes128gcm,
          BuiltinCiphers.aes256gcm,
          BuiltinCiphers.cc20p1305_openssh,
          BuiltinCiphers.aes128ctr,
          BuiltinCiphers.aes192ctr,
          BuiltinCiphers.aes256ctr);

  /** Without group exchange: finding out which groups this Java can do costs seconds at start. */
  private static final List<DHFactory> KEY_EXCHANGES =
      List.of(
          BuiltinDHFactories.curve25519,
          BuiltinDHFactories.curve25519_libssh,
          BuiltinDHFactories.ecdhp256,
          BuiltinDHFactories.ecdhp384,
          BuiltinDHFactories.ecdhp521,
          BuiltinDHFactories.dhg14_256);

  private final SftpSettings settings;
  private final SshClient client;
  private final HostKeyCheck hostKey;
  private final List<KeyPair> keys;

  SshTransport(SftpSettings settings) {
    this.settings = settings;
    this.keys =
        switch (settings.login()) {
          case SftpLogin.Password _ -> List.of();
          case SftpLogin.PrivateKey key -> load(key);
        };
    client =
        ClientBuilder.builder()
            .keyExchangeFactories(KEY_EXCHANGES.stream().map(ClientBuilder.DH2KEX).toList())
            .build(true);
    client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
    client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
    hostKey = new HostKeyCheck(settings.endpoint(), settings.trust());
    client.setServerKeyVerifier(hostKey);
    client.setCipherFactories(ciphers());
    client.setSignatureFactories(signatures(client.getSignatureFactories()));
    client.setUserAuthFactories(
        switch (settings.login()) {
          case SftpLogin.Password _ ->
              List.of(
                  UserAuthPasswordFactory.INSTANCE, UserAuthKeyboardInteractiveFactory.INSTANCE);
          case SftpLogin.PrivateKey _ -> List.of(UserAuthPublicKeyFactory.INSTANCE);
        });
    configure();
    client.start();
  }

  private void configure() {
    SftpLimits limits = settings.limits();
    // A login is a dozen short messages to and fro, none of which may wait for another.
    CoreModuleProperties.TCP_NODELAY.set(client, true);
    CoreModuleProperties.WINDOW_SIZE.set(client, WINDOW_BYTES);
    CoreModuleProperties.PASSWORD_PROMPTS.set(client, 1);
    CoreModuleProperties.HEARTBEAT_INTERVAL.set(client, HEARTBEAT);
    CoreModuleProperties.HEARTBEAT_NO_REPLY_MAX.set(client, 3);
    CoreModuleProperties.WAIT_FOR_SPACE_TIMEOUT.set(client, limits.replyTimeout());
    CoreModuleProperties.AUTH_TIMEOUT.set(client, limits.connectTimeout());
    // The pool decides what is idle; a stream that a slow caller holds open is not.
    CoreModuleProperties.IDLE_TIMEOUT.set(client, Duration.ZERO);
  }

  private ClientSession login() {
    ClientSession session = connect();
    try {
      authenticate(session);
      return session;
    } catch (RuntimeException e) {
      session.close(true);
      throw hostKey.refusal(session).orElse(e);
    }
  }

  /** A new session with SFTP on it. */
  SftpSession open() {
    ClientSession ssh = login();
    try {
      ChannelSubsystem channel = ssh.createSubsystemChannel("sftp");
      Wire wire = new Wire(channel, settings.endpoint(), settings.limits());
      return new SftpSession(ssh, wire, settings.base());
    } catch (IOException e) {
      ssh.close(true);
      throw failed("offers no SFTP", e);
    } catch (RuntimeException e) {
      ssh.close(true);
      throw e;
    }
  }

  /** Runs a short task again and again until closed. */
  void every(Duration pause, Runnable task) {
    long millis = pause.toMillis();
    ScheduledFuture<?> unused =
        client
            .getScheduledExecutorService()
            .scheduleWithFixedDelay(task, millis, millis, TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    client.stop();
  }

  private ClientSession connect() {
    SftpEndpoint endpoint = settings.endpoint();
    List<Exception> failures = new ArrayList<>();
    for (InetAddress address : resolve(endpoint.host())) {
      try {
        return client
            .connect(endpoint.user(), new InetSocketAddress(address, endpoint.port()))
            .verify(settings.limits().connectTimeout())
            .getSession();
      } catch (IOException e) {
        if (isInterrupt(e)) {
          throw cancelled(e);
        }
        failures.add(e);
      }
    }
    throw unreachable("cannot be reached", failures.getFirst());
  }

  private static List<InetAddress> resolve(String host) {
    try {
      return List.of(InetAddress.getAllByName(host));
    } catch (UnknownHostException e) {
      throw new StoreException(
          ErrorCode.STORE_HOST_UNKNOWN,
          "the host \"" + host + "\" is not known. Check its name and the name service.",
          e);
    }
  }

  private void authenticate(ClientSession session) {
    switch (settings.login()) {
      case SftpLogin.Password(Secret password) -> session.addPasswordIdentity(password.reveal());
      case SftpLogin.PrivateKey _ -> keys.forEach(session::addPublicKeyIdentity);
    }
    AuthFuture answer;
    try {
      answer = session.auth();
      if (!answer.await(settings.limits().connectTimeout())) {
        throw unreachable("did not answer the login in time", new IOException("timed out"));
      }
    } catch (IOException e) {
      throw failed("broke off the login", e);
    }
    if (!answer.isSuccess()) {
      Throwable why = answer.getException();
      if (session.isAuthenticated() || !refusedLogin(why)) {
        throw unreachable("broke off the login", why);
      }
      throw new StoreException(
          ErrorCode.STORE_REFUSED_LOGIN,
          settings.endpoint() + " refused the login. Check the user and the password or key.");
    }
  }

  private static boolean refusedLogin(Throwable why) {
    String words = String.valueOf(why == null ? "" : why.getMessage());
    return words.contains("authentication methods") || words.contains("authentication failures");
  }

  private StoreException failed(String what, IOException cause) {
    return isInterrupt(cause) ? cancelled(cause) : unreachable(what, cause);
  }

  /** The library tells of an interrupt as of a failure, and takes the thread's flag away. */
  private static boolean isInterrupt(IOException e) {
    return e instanceof InterruptedIOException && !(e instanceof SocketTimeoutException);
  }

  private StoreException cancelled(IOException cause) {
    Thread.currentThread().interrupt();
    return new StoreException(
        ErrorCode.CANCELLED, "connecting to " + settings.endpoint() + " was cancelled", cause);
  }

  private StoreException unreachable(String what, Throwable cause) {
    return new StoreException(
        ErrorCode.STORE_UNREACHABLE,
        settings.endpoint()
            + " "
            + what
            + ": "
            + (cause == null ? "no reason given" : cause.getMessage())
            + ". Check host, port, network and server, then try again.",
        cause);
  }

  private static List<KeyPair> load(SftpLogin.PrivateKey key) {
    try {
      String passphrase = key.passphrase().reveal();
      Iterable<KeyPair> pairs =
          SecurityUtils.loadKeyPairIdentities(
              null,
              () -> "private key",
              new ByteArrayInputStream(key.text().reveal().getBytes(StandardCharsets.UTF_8)),
              passphrase.isEmpty()
                  ? FilePasswordProvider.EMPTY
                  : FilePasswordProvider.of(passphrase));
      List<KeyPair> loaded = new ArrayList<>();
      if (pairs != null) {
        pairs.forEach(loaded::add);
      }
      if (!loaded.isEmpty()) {
        return List.copyOf(loaded);
      }
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      // The cause is left out: a parser's message may quote what it could not parse.
    }
    throw new StoreException(
        ErrorCode.STORE_REFUSED_LOGIN,
        "the private key cannot be used. Give a whole OpenSSH or PEM key and, if it is locked, its"
            + " passphrase.");
  }

  private static List<NamedFactory<Cipher>> ciphers() {
    return CIPHERS.stream()
        .filter(BuiltinCiphers::isSupported)
        .<NamedFactory<Cipher>>map(cipher -> cipher)
        .toList();
  }

  /** The type of the pinned key first, so that the server shows that key. */
  private List<NamedFactory<Signature>> signatures(List<NamedFactory<Signature>> usual) {
    String type =
        settings.trust() instanceof HostKeyTrust.Pinned(HostKeyPin pin)
            ? pin.key().map(HostKey::type).orElse("")
            : "";
    String wanted = type.equals("ssh-rsa") ? "rsa-" : type;
    return type.isEmpty()
        ? usual
        : Stream.concat(
                usual.stream().filter(f -> f.getName().startsWith(wanted)),
                usual.stream().filter(f -> !f.getName().startsWith(wanted)))
            .toList();
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server;

import io.entrepot.server.database.TestDatabases;
import io.entrepot.server.database.TestPostgresql;
import io.entrepot.server.edge.DoorProbes;
import io.entrepot.server.identity.PasswordWork;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/**
 * The real server on a free port, with a data directory of its own and a known administrator.
 *
 * <pre>{@code
 * Answer answer = TestServer.shared().admin().get("/api/instruments");
 * assertThat(answer.status()).isEqualTo(200);
 * }</pre>
 *
 * Tests that leave things as they found them, or look only at what they made, use {@link #shared};
 * the others {@link #start} one and close it.
 */
public final class TestServer implements AutoCloseable {

  public static final String ADMIN_EMAIL = "admin@example.com";
  public static final String ADMIN_PASSWORD = "correct horse battery";

  /** The argument for a server at which a guess at a password costs what it costs in earnest. */
  public static final String FULL_PASSWORD_WORK = "--spring.entrepot-full-password-work=true";

  private final ConfigurableApplicationContext context;
  private final Path data;
  private final int port;

  private TestServer(ConfigurableApplicationContext context, Path data) {
    this.context = context;
    this.data = data;
    this.port = Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
  }

  /** One server for all tests of this JVM; ends with the JVM. */
  public static TestServer shared() {
    return Shared.SERVER;
  }

  private static final class Shared {
    static final TestServer SERVER = start();

    static {
      TestFolders.beforeTheyGo(SERVER::close);
    }
  }

  /**
   * A server of your own. On SQLite, or on PostgreSQL with {@code TEST_DATABASE=postgresql} in the
   * environment.
   */
  public static TestServer start(String... settings) {
    return "postgresql".equals(System.getenv("TEST_DATABASE"))
        ? startOnPostgresql(settings).orElseThrow()
        : startOnSqlite(settings);
  }

  /** A server of your own on SQLite, for what only that can do. */
  public static TestServer startOnSqlite(String... settings) {
    return startIn(TestFolders.create("data"), settings);
  }

  /** A new server that waits for somebody to become its administrator. */
  public static TestServer startWithoutAdministrator() {
    Path data = TestFolders.create("data");
    return new TestServer(
        Entrepot.start(
            "--entrepot.port=0",
            "--entrepot.data=" + data,
            "--logging.config=classpath:logback-test.xml",
            "--entrepot.admin.email=",
            "--entrepot.admin.password="),
        data);
  }

  /** A server on a data directory that may have been used before. */
  public static TestServer startIn(Path data, String... settings) {
    List<String> arguments = new ArrayList<>();
    arguments.add("--entrepot.port=0");
    arguments.add("--entrepot.data=" + data);
    arguments.add("--logging.config=classpath:logback-test.xml");
    // Whoever started it ends it: at the end of the JVM its database must not go first.
    arguments.add("--spring.main.register-shutdown-hook=false");
    arguments.add("--entrepot.admin.email=" + ADMIN_EMAIL);
    arguments.add("--entrepot.admin.password=" + ADMIN_PASSWORD);
    arguments.addAll(List.of(settings));
    return new TestServer(
        Entrepot.start(TestServer::addParts, arguments.toArray(String[]::new)), data);
  }

  private static void addParts(GenericApplicationContext server) {
    AdjustableClock.add(server);
    DoorProbes.add(server);
    ShortPause.add(server);
    if (server.getEnvironment().containsProperty("spring.entrepot-full-password-work")) {
      return;
    }
    // Hundreds of tests sign in; the work that keeps guessers away took minutes.
    server.registerBean(
        "lightPasswordWork",
        PasswordWork.class,
        () -> new PasswordWork(64, 1),
        definition -> definition.setPrimary(true));
  }

  /** A server of your own on an empty PostgreSQL database; empty where there is no PostgreSQL. */
  public static Optional<TestServer> startOnPostgresql(String... settings) {
    return TestPostgresql.shared()
        .map(server -> startIn(TestFolders.create("data"), onNewDatabase(server, settings)));
  }

  private static String[] onNewDatabase(TestPostgresql server, String[] settings) {
    List<String> all = new ArrayList<>(List.of(settings));
    all.add("--entrepot.database.url=" + TestDatabases.createPostgresql(server));
    all.add("--entrepot.database.user=postgres");
    return all.toArray(String[]::new);
  }

  /** A client that sends no credential. */
  public TestClient anonymous() {
    return new TestClient(address(), Optional.empty());
  }

  /** A client that sends this token. */
  public TestClient withToken(String token) {
    return new TestClient(address(), Optional.of(token));
  }

  /** Signed in as the administrator. */
  public TestClient admin() {
    return withToken(anonymous().signIn(ADMIN_EMAIL, ADMIN_PASSWORD));
  }

  /** Registers an account of the lowest role and signs it in. */
  public TestClient newUser(String email) {
    String password = "a password of " + email;
    admin() // Of strangers only so many are let in.
        .post(
            "/auth/register",
            """
        {"email": "%s", "password": "%s"}"""
                .formatted(email, password))
        .expect(201);
    return withToken(anonymous().signIn(email, password));
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + port);
  }

  public int port() {
    return port;
  }

  public Path data() {
    return data;
  }

  /** A part of the running server, for a test that must look behind the door. */
  public <T> T part(Class<T> type) {
    return context.getBean(type);
  }

  /** All parts of this kind. */
  public <T> Collection<T> parts(Class<T> type) {
    return context.getBeansOfType(type).values();
  }

  @Override
  public void close() {
    context.close();
  }
}

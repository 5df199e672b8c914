// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.admin.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.entrepot.server.Operator;
import io.entrepot.server.TestServer;
import io.entrepot.server.acceptance.Machine;
import io.entrepot.server.notices.Receiver;
import io.entrepot.server.settings.EntrepotSettings;
import io.entrepot.server.settings.GivenSettings;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each fault is put into a healthy set-up, and is the only one that is named then. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DoctorTest {

  private Path stopped;
  private Path source;
  private Path store;

  @TempDir Path folder;
  private Path data;
  private InstantSource clock = InstantSource.system();
  private Surroundings around = Surroundings.real();
  private @Nullable URI url;
  private final List<String> arguments = new ArrayList<>();

  /** A server with an instrument and a storage location, which harvested and was stopped. */
  @BeforeAll
  void a_server_that_was_stopped(@TempDir Path house) throws IOException {
    stopped = house.resolve("stopped");
    source = Files.createDirectory(house.resolve("source"));
    store = Files.createDirectory(house.resolve("store"));
    Files.writeString(source.resolve("a.dat"), "a");
    try (TestServer server = TestServer.startIn(stopped)) {
      Machine.harvestOnce(server, source, store);
    }
  }

  @BeforeEach
  void a_copy_of_it() throws IOException {
    clock = InstantSource.system();
    around = Surroundings.real();
    around =
        new Surroundings(
            Map.of(), around.limits(), 768L << 20, 8L << 30, DoctorTest.class.getClassLoader());
    url = null;
    arguments.clear();
    data = folder.resolve("data");
    try (Stream<Path> all = Files.walk(stopped)) {
      for (Path file : all.toList()) {
        Files.copy(
            file,
            data.resolve(stopped.relativize(file).toString()),
            java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  private List<Diagnosis> examine() {
    List<String> all = new ArrayList<>(arguments);
    all.add("--entrepot.data=" + data);
    if (all.stream().noneMatch(argument -> argument.startsWith("--entrepot.port="))) {
      all.add("--entrepot.port=0");
    }
    EntrepotSettings settings = GivenSettings.read(all.toArray(String[]::new));
    try (Doctor doctor = new Doctor(settings, clock, around, url)) {
      return doctor.examine();
    }
  }

  /** The one fault there is; it is this check's, and its words name the thing. */
  private void onlyFaultOf(String check, String... words) {
    List<Diagnosis> found = examine();
    List<Diagnosis> faulty = found.stream().filter(Diagnosis::isFaulty).toList();
    assertThat(faulty).as(faulty.toString()).hasSize(1);
    assertThat(faulty.getFirst().check()).isEqualTo(check);
    String text = faulty.getFirst().outcome().toString();
    assertThat(text).contains(words);
    assertThat(((Outcome.Faulty) faulty.getFirst().outcome()).faults())
        .allSatisfy(fault -> assertThat(fault.remedy()).isNotBlank());
  }

  private void change(String sql) {
    try (Connection database = open();
        Statement statement = database.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private Connection open() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + data.resolve("entrepot.db"));
  }

  private static void needsRoot() {
    boolean permitted = "root".equals(System.getProperty("user.name"));
    assertThat(permitted || System.getenv("CI") == null).isTrue();
    Assumptions.assumeTrue(permitted, "only root can make this fault");
  }

  @Test
  void a_healthy_machine_has_no_finding() throws IOException {
    List<String> before = names();

    List<Diagnosis> found = examine();

    assertThat(found).noneMatch(Diagnosis::isFaulty).hasSize(22);
    assertThat(found.stream().filter(one -> one.outcome() instanceof Outcome.Well).count())
        .isGreaterThan(13);
    assertThat(names()).isEqualTo(before);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> all = Files.walk(data)) {
      return all.map(Path::toString).sorted().toList();
    }
  }

  @Test
  void a_provider_that_is_away_or_another_one_is_a_fault_and_the_right_one_is_none() {
    AtomicReference<String> issuer = new AtomicReference<>("https://elsewhere.example");
    try (Receiver provider =
        Receiver.start(
            "127.0.0.1",
            0,
            exchange -> {
              byte[] body = "{\"issuer\":\"%s\"}".formatted(issuer.get()).getBytes(UTF_8);
              exchange.sendResponseHeaders(200, body.length);
              exchange.getResponseBody().write(body);
            })) {
      arguments.add("--entrepot.address=https://entrepot.example");
      arguments.add("--entrepot.openid.issuer=" + provider.at("/realms/lab"));
      arguments.add("--entrepot.openid.client-id=entrepot");
      arguments.add("--entrepot.openid.groups.standard=*");
      onlyFaultOf("sign-in provider", "calls itself \"https://elsewhere.example\"");
      issuer.set(provider.at("/realms/lab").toString());
      assertThat(examine()).noneMatch(Diagnosis::isFaulty);
    }
    onlyFaultOf("sign-in provider", "could not be reached");
  }

  @Test
  void a_directory_that_no_server_has_used_has_no_finding() {
    data = folder.resolve("new");
    assertThat(examine()).noneMatch(Diagnosis::isFaulty);
    assertThat(data).doesNotExist();
  }

  @Test
  void a_running_server_has_no_finding_seen_through_its_address() {
    try (TestServer server = TestServer.startIn(data)) {
      arguments.add("--entrepot.port=" + server.port());
      url = server.address();

      List<Diagnosis> found = examine();

      assertThat(found).noneMatch(Diagnosis::isFaulty);
      assertThat(found).contains(new Diagnosis("event stream", Outcome.well()));
    }
  }

  @Test
  void a_full_disk() throws Exception {
    data = Files.createDirectory(folder.resolve("small"));
    try (AutoCloseable _ = Machine.smallDisk(data)) {
      onlyFaultOf("disk", data.toString(), "free some space");
    }
  }

  @Test
  void a_wrong_owner_of_the_data_directory() throws IOException {
    needsRoot();
    var nobody =
        data.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
    Files.setOwner(data.resolve("entrepot.db"), nobody);
    onlyFaultOf("owner", "entrepot.db", "nobody", "chown -R");
  }

  @Test
  void a_port_that_is_taken() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      arguments.add("--entrepot.port=" + taken.getLocalPort());
      onlyFaultOf("port", "port " + taken.getLocalPort(), "stop the other program");
    }
  }

  @Test
  void an_address_that_is_not_of_this_machine() {
    arguments.add("--entrepot.bind=192.0.2.1");
    onlyFaultOf("port", "192.0.2.1", "--bind");
  }

  @Test
  void a_clock_that_is_behind_the_servers_own_records() {
    clock = InstantSource.fixed(Instant.now().minus(Duration.ofHours(1)));
    onlyFaultOf("clock", "has records of", "timedatectl");
  }

  @Test
  void a_clock_from_before_this_version() {
    data = folder.resolve("new");
    clock = InstantSource.fixed(Instant.parse("2000-01-01T00:00:00Z"));
    onlyFaultOf("clock", "2000-01-01", "timedatectl");
  }

  @Test
  void a_clock_that_differs_from_the_proxys() throws IOException {
    data = folder.resolve("new");
    clock = InstantSource.fixed(Instant.now().plus(Duration.ofDays(1)));
    try (Machine.Proxy proxy = Machine.Proxy.answering("/health", "{}")) {
      url = proxy.address();
      assertThat(examine())
          .filteredOn(Diagnosis::isFaulty)
          .extracting(Diagnosis::check)
          .contains("clock");
    }
  }

  @Test
  void a_database_that_is_locked() throws SQLException {
    try (Connection other = open();
        Statement statement = other.createStatement()) {
      statement.execute("begin immediate");
      onlyFaultOf("database", "entrepot.db", "locked", "fuser");
      statement.execute("rollback");
    }
  }

  @Test
  void a_database_that_is_none() throws IOException {
    Files.writeString(data.resolve("entrepot.db"), "no database at all. ".repeat(500));
    onlyFaultOf("database", "entrepot.db", "admin restore");
  }

  @Test
  void a_database_from_a_newer_version() {
    change(
        "insert into flyway_schema_history (installed_rank, version, description, type, script,"
            + " installed_by, execution_time, success) values (9999, '9999', 'later', 'SQL',"
            + " 'V9999__later.sql', 'me', 1, 1)");
    onlyFaultOf("version", "newer version", "9999");
  }

  private void aSecretWasSealed() {
    change(
        "insert into service_account (id, name, username, auth_type, secret, created_at,"
            + " updated_at) values ('0123456789abcdef01234567', 'a', 'a', 'password',"
            + " 'v1.0a1b2c3d.AAEC', 1, 1)");
  }

  @Test
  void a_missing_key_file() throws IOException {
    aSecretWasSealed();
    Files.delete(data.resolve("keys/secrets.key"));
    onlyFaultOf("key files", "secrets.key is missing", "put the right file back");
  }

  @Test
  void a_wrong_key_file() throws IOException {
    aSecretWasSealed();
    onlyFaultOf("key files", "0a1b2c3d", "secrets.key", "put the right file back");
  }

  @Test
  void a_wrong_key_file_where_only_a_channel_or_a_kept_answer_has_a_secret() throws IOException {
    change(
        "insert into notice_channel (id, number, name, provider, config, severity, events, things,"
            + " enabled, created_at, updated_at) values ('0123456789abcdef01234567', 1, 'a',"
            + " 'webhook', '{\"secret\":\"v1.0a1b2c3d.AAEC\"}', 'info', '', '', 0, 1, 1)");
    onlyFaultOf("key files", "0a1b2c3d", "secrets.key");
    change("delete from notice_channel");
    change(
        "insert into kept_answer (id, name, content, answer, expires_at) values"
            + " ('0123456789abcdef01234567', 'a', 'v1.0a1b2c3d.AAEC', 'v1.0e1b2c3d.AAEC', 1)");
    onlyFaultOf("key files", "0a1b2c3d", "0e1b2c3d");
  }

  @Test
  void a_missing_ledger_key() throws IOException {
    Files.delete(data.resolve("keys/ledger.key"));
    onlyFaultOf("key files", "ledger.key", "does not start without it");
  }

  @Test
  void a_key_file_that_others_can_read() throws IOException {
    Path key = data.resolve("keys/secrets.key");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
    onlyFaultOf("key files", key.toString(), "chmod 600");
  }

  @Test
  void an_unreachable_storage_location() throws IOException {
    Path gone = folder.resolve("gone");
    change("update storage_location set base_path = '" + gone + "'");
    onlyFaultOf("storage locations", gone.toString());
  }

  @Test
  void a_storage_location_whose_disk_is_not_mounted() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    change(
        "update storage_location set base_path = '%s', marked_path = '%s'".formatted(empty, empty));
    onlyFaultOf("storage locations", "mount its disk");
  }

  @Test
  void a_vanished_instrument_folder() {
    Path gone = folder.resolve("gone");
    change("update instrument set cifs_base_path = '" + gone + "'");
    onlyFaultOf("instruments", gone.toString(), "mount its disk");
  }

  @Test
  void a_log_folder_that_is_unwritable() throws IOException {
    try (Stream<Path> logs = Files.walk(data.resolve("logs"))) {
      for (Path file : logs.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
    Files.writeString(data.resolve("logs"), "");
    onlyFaultOf("log folder", data.resolve("logs").toString(), "mode 700");
  }

  @Test
  void a_low_limit_of_file_handles() throws IOException {
    Path limits =
        Files.writeString(
            folder.resolve("limits"),
            """
            Limit                     Soft Limit           Hard Limit           Units
            Max processes             95917                95917                processes
            Max open files            1024                 1024                 files
            """);
    around = new Surroundings(Map.of(), limits, around.heap(), around.memory(), around.classes());
    onlyFaultOf("file handles", "1024", "LimitNOFILE");
  }

  @Test
  void a_small_heap() {
    around =
        new Surroundings(Map.of(), around.limits(), 128L << 20, around.memory(), around.classes());
    onlyFaultOf("heap", "128 MiB", "ENTREPOT_JAVA_OPTIONS");
  }

  @Test
  void a_heap_larger_than_the_memory_there_is() {
    around = new Surroundings(Map.of(), around.limits(), 768L << 20, 512L << 20, around.classes());
    onlyFaultOf("heap", "512 MiB", "more memory");
  }

  @Test
  void unreadable_roots() {
    Path gone = folder.resolve("gone");
    arguments.add("--entrepot.roots=" + source.getParent() + "," + gone);
    onlyFaultOf("roots", gone.toString(), "entrepot.roots");
  }

  @Test
  void a_failed_last_backup_of_itself() {
    Operator.run("admin", "backup", folder.resolve("none/file"), "--data", data);
    onlyFaultOf("last backup", folder.resolve("none").toString(), "admin backup again");
  }

  @Test
  void wrong_time_zone_data() {
    around =
        new Surroundings(
            Map.of("TZ", "Mars/Olympus"),
            around.limits(),
            around.heap(),
            around.memory(),
            around.classes());
    onlyFaultOf("time zones", "Mars/Olympus");
  }

  @Test
  void a_schedule_by_a_time_zone_that_is_unknown() {
    change("update schedule set timezone = 'Europe/Atlantis'");
    onlyFaultOf("time zones", "Europe/Atlantis", "update the JDK");
  }

  @Test
  void a_kernel_or_a_container_in_which_no_file_can_be_kept() {
    assertThat(new KernelCheck(Optional.of("openat2 is refused")).look().toString())
        .contains("openat2 is refused", "Linux 5.6", "seccomp");
    assertThat(examine())
        .filteredOn(one -> one.check().equals("kernel"))
        .extracting(Diagnosis::outcome)
        .containsExactly(Outcome.well());
  }

  @Test
  void missing_fonts_or_assets() {
    ClassLoader lacking =
        new ClassLoader(DoctorTest.class.getClassLoader()) {
          @Override
          public java.net.@Nullable URL getResource(String name) {
            return name.endsWith("tokens.css") ? null : super.getResource(name);
          }
        };
    around = new Surroundings(Map.of(), around.limits(), around.heap(), around.memory(), lacking);
    onlyFaultOf("fonts and assets", "tokens.css", "dist/server");
  }

  @Test
  void an_expired_certificate() throws Exception {
    HttpsServer expired = https();
    expired.start();
    try {
      url = URI.create("https://127.0.0.1:" + expired.getAddress().getPort());
      assertThat(examine())
          .filteredOn(one -> one.check().equals("certificate"))
          .allSatisfy(
              one -> assertThat(one.outcome().toString()).contains("expired", "CN=old", "renew it"))
          .hasSize(1);
    } finally {
      expired.stop(0);
    }
  }

  /** Answers with a certificate that was good for a day, long ago. */
  private HttpsServer https() throws Exception {
    Path store = folder.resolve("store.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "old",
                "-keyalg",
                "EC",
                "-dname",
                "CN=old",
                "-startdate",
                "2026/01/01 00:00:00",
                "-validity",
                "1",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                "changeit")
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes());
    assertThat(keytool.waitFor()).as(said).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, "changeit".toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, "changeit".toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    return server;
  }

  @Test
  @Timeout(60)
  void events_that_a_proxy_never_lets_through() throws IOException {
    HttpServer proxy = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    proxy.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write('\n');
          exchange.getResponseBody().flush();
        });
    proxy.start();
    URI address = URI.create("http://127.0.0.1:" + proxy.getAddress().getPort());
    try (Frontage frontage = new Frontage(address)) {
      Outcome found = new EventStreamCheck(frontage, clock, Duration.ofSeconds(1)).look();

      assertThat(found.toString()).contains("no event came through", "proxy_buffering off");
    } finally {
      proxy.stop(0);
    }
  }

  @Test
  void events_that_a_proxy_holds_back() throws IOException {
    try (TestServer server = TestServer.startIn(data);
        Machine.Proxy proxy = Machine.Proxy.collecting(server.address())) {
      arguments.add("--entrepot.port=" + server.port());
      url = proxy.address();
      onlyFaultOf("event stream", "all at once", "proxy_buffering off");
    }
  }

  @Test
  void a_changed_host_key() throws Exception {
    try (Machine.Sshd sshd = Machine.Sshd.start(folder)) {
      try (TestServer server = TestServer.startIn(data)) {
        sshd.addInstrument(server);
      }
      assertThat(examine()).as("before").noneMatch(Diagnosis::isFaulty);
      change(
          "insert into known_host (host, port, host_key, seen_at) values ('127.0.0.1', %d, '%s', 1)"
              .formatted(sshd.port(), anotherHostKey()));
      onlyFaultOf("host keys", "remote", "ask whoever runs that machine");
    }
  }

  private String anotherHostKey() throws Exception {
    Path key = folder.resolve("other");
    Process made =
        new ProcessBuilder("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString())
            .start();
    assertThat(made.waitFor()).isZero();
    String[] words = Files.readString(Path.of(key + ".pub")).split(" ", -1);
    return words[0] + " " + words[1];
  }

  @Test
  void stale_repository_locks_are_not_applicable_until_there_are_archives() {
    assertThat(examine())
        .filteredOn(one -> one.check().equals("repository locks"))
        .allSatisfy(one -> assertThat(one.outcome()).isInstanceOf(Outcome.NotApplicable.class))
        .hasSize(1);
  }

  @Test
  void the_command_answers_in_words_or_in_json_and_with_its_exit_code() throws IOException {
    Operator.Said well = Operator.run("doctor", "--data", data, "--port", 0);
    assertThat(well.code()).as(well.all()).isZero();
    assertThat(well.out()).contains("no fault");
    Files.delete(data.resolve("keys/ledger.key"));
    Operator.Said json = Operator.run("doctor", "--data", data, "--port", 0, "--json");
    assertThat(json.code()).isEqualTo(1);
    assertThat(json.out()).contains("\"well\":false", "\"state\":\"fault\"", "\"remedy\":");
    Operator.Said words = Operator.run("doctor", "--data", data, "--port", 0);
    assertThat(words.out()).contains("FAULT: ", "to do: ", "1 fault");
    Files.writeString(data.resolve("entrepot.yaml"), "entrepot:\n  prt: 1\n");
    Operator.Said unreadable = Operator.run("doctor", "--data", data);
    assertThat(unreadable.code()).isEqualTo(1);
    assertThat(unreadable.err()).contains("entrepot.prt");
  }

  @Test
  void the_page_for_operators_lists_every_check() throws IOException {
    String page = Files.readString(Path.of("../docs/administer/doctor.md"));
    assertThat(examine()).allSatisfy(one -> assertThat(page).contains("`" + one.check() + "`"));
  }
}

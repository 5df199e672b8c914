// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.acceptance;

import static io.entrepot.server.acceptance.HarvestFixture.await;
import static io.entrepot.server.acceptance.HarvestFixture.json;
import static io.entrepot.server.acceptance.HarvestFixture.map;
import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.server.DrillSize;
import io.entrepot.server.Operator;
import io.entrepot.server.ServerProcess;
import io.entrepot.server.TestClient;
import io.entrepot.server.TestClient.Answer;
import io.entrepot.server.notices.mail.TestMailServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * A server at its most talkative is told every kind of secret there is, rightly and wrongly, and
 * made to fail with them; then whatever is left of it is looked through byte by byte: its folder
 * with the logs and the database, its output, a backup, what it answers, what the system shows of
 * it, and in the drill what a crash leaves.
 */
class SecretsTest {

  private static final Pattern READY = Pattern.compile("ready at (http://[^/]+)/");
  private static final Pattern LINK = Pattern.compile("token=([A-Za-z0-9_-]{20,})");
  private static final Pattern RECORD = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z [A-Z]+ .*");
  private static final String ADMIN = "admin@example.com";
  private static final String USER = "u@lab.example";
  private static final String FORM = "application/x-www-form-urlencoded";

  /** What others would write into the log, if they could begin a line of it. */
  private static final String FORGED = "\r\n2026-01-01T00:00:00.000Z INFO forged\u001b[2J";

  /** Those of frameworks that the server keeps quiet; one that is asked for all says all. */
  private static final List<String> TALKATIVE =
      List.of(
          "--logging.level.root=DEBUG",
          // Every certificate of the machine, line by line.
          "--logging.level.jdk=INFO",
          "--logging.level.org.springframework=DEBUG",
          "--logging.level.org.flywaydb=DEBUG",
          "--logging.level.com.zaxxer.hikari=DEBUG",
          "--logging.level.com.github.kagkarlsson=DEBUG");

  /** Broken here, each leads to a failure that the server did not foresee. */
  private static final List<String> TABLES =
      List.of("service_account", "api_key", "login", "notice_channel", "one_time_token");

  @TempDir Path folder;

  private final PlantedSecrets secrets = new PlantedSecrets();
  private final List<String> wrong = new ArrayList<>();
  private final List<String> looked = new ArrayList<>();
  private final TestMailServer mail = TestMailServer.start();
  private TestClient anonymous = new TestClient(URI.create("http://127.0.0.1:1"), Optional.empty());
  private TestClient admin = anonymous;
  private String adminPassword = "";

  @Test
  @Check("harvest 14")
  void no_secret_stands_in_the_clear_anywhere() throws Exception {
    adminPassword = secrets.fresh("password of the administrator");
    Process process = start();
    try {
      anonymous = new TestClient(address(), Optional.empty());
      admin = withToken(signIn(ADMIN, adminPassword, "token of the administrator"));
      tellOfPeople();
      tellOfKeys();
      tellOfPlaces();
      tellOfChannels();
      sendWhereNobodyAsks();
      breakTables(process);
      writeLinesIntoTheLog();
      lookAtAnswers();
      lookAtProcess(process);
      Path backup = folder.resolve("backup");
      Operator.run("admin", "backup", backup, "--data", data(), "--with-keys").good();
      end(process);
    } finally {
      process.destroyForcibly().waitFor();
      mail.close();
    }
    lookAtFiles();
    assertThat(wrong).isEmpty();
    assertThat(secrets.count()).isGreaterThanOrEqualTo(40);
    everyRecordIsOne();
    DrillSize.tell("%d secrets, none in %d places", secrets.count(), looked.size());
  }

  private Path data() {
    return folder.resolve("data");
  }

  /** What an operator writes down, apart from all that the server itself writes. */
  private Process start() throws IOException {
    Path given = Files.createDirectory(folder.resolve("given"));
    Path client = given.resolve("client-secret");
    Files.writeString(client, secrets.fresh("secret of the OpenID client"));
    Files.writeString(
        given.resolve("settings.yaml"),
        """
        entrepot:
          port: 0
          data: %s
          address: https://entrepot.example
          admin: {email: %s, password: %s}
          database: {reserve: 0}
          metrics: {token: %s}
          outgoing: {allow: [127.0.0.1]}
          mail: {host: 127.0.0.1, port: %d, security: none, user: house, password: %s, from: h@x.org}
          openid: {issuer: "http://127.0.0.1:9", client-id: house, client-secret-file: %s,
                   groups: {standard: "*"}}
        """
            .formatted(
                data(),
                ADMIN,
                adminPassword,
                secrets.fresh("token of the monitor"),
                mail.port(),
                secrets.fresh("password of the mail account"),
                client));
    List<String> arguments = new ArrayList<>(TALKATIVE);
    arguments.add("--entrepot.config=" + given.resolve("settings.yaml"));
    return ServerProcess.start(folder, Map.of(), arguments.toArray(String[]::new));
  }

  private URI address() {
    Path out = folder.resolve("out");
    try {
      await("the server's first line", () -> READY.matcher(text(out)).find());
    } catch (AssertionError slow) {
      // It says so much that it starts in twice the time.
      await("the server's first line", () -> READY.matcher(text(out)).find());
    }
    Matcher ready = READY.matcher(text(out));
    assertThat(ready.find()).isTrue();
    return URI.create(ready.group(1));
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private TestClient withToken(String token) {
    return new TestClient(address(), Optional.of(token));
  }

  private String signIn(String email, String password, String kind) {
    return secrets.keep(kind, anonymous.signIn(email, password));
  }

  private Answer form(String path, String... pairs) {
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < pairs.length; i += 2) {
      body.append(body.isEmpty() ? "" : "&").append(pairs[i]).append('=');
      body.append(URLEncoder.encode(pairs[i + 1], StandardCharsets.UTF_8));
    }
    return anonymous.send(
        anonymous
            .request(path)
            .header("Content-Type", FORM)
            .POST(BodyPublishers.ofString(body.toString()))
            .build());
  }

  private void tellOfPeople() {
    String password = secrets.fresh("password of a user");
    for (String tail : List.of(",\"broken", ",\"role\":7", ",\"role\":\"admin\"", "", "")) {
      anonymous.post(
          "/auth/register",
          "{\"email\":\"" + USER + "\",\"password\":\"" + password + "\"" + tail + "}");
    }
    TestClient user = withToken(signIn(USER, password, "token of a user"));
    String second = secrets.fresh("second password of a user");
    user.patch("/users/me", json("password", second, "email", 7));
    user.patch("/users/me", json("password", second)).expect(200);
    for (String door : List.of("/auth/jwt/login", "/auth/cookie/login", "/api/auth/login")) {
      form(door, "username", USER, "password", secrets.fresh("wrong password at " + door));
      form(door, "username", secrets.fresh("password typed as a name at " + door));
    }
    form("/ui/login", "email", USER, "password", secrets.fresh("password in a stale form"));
    cookie("cookie", form("/auth/cookie/login", "username", USER, "password", second));
    cookie("second cookie", form("/api/auth/login", "username", USER, "password", second));
    cookie(
        "cookie that is remembered",
        form("/api/auth/login", "username", USER, "password", second, "remember_me", "true"));
    String reset = link("/auth/forgot-password", "link for a new password");
    link("/auth/request-verify-token", "link that proves an address");
    String third = secrets.fresh("third password of a user");
    anonymous.post("/auth/reset-password", json("token", reset, "password", "short"));
    anonymous.post("/auth/reset-password", json("token", reset, "password", third)).expect(200);
    anonymous.post("/auth/verify", json("token", secrets.fresh("made-up link")));
    anonymous.get("/ui/login/openid?next=/ui/files");
  }

  private void cookie(String kind, Answer signedIn) {
    String set = signedIn.header("Set-Cookie").orElseThrow();
    secrets.keep(kind, set.substring(set.indexOf('=') + 1, set.indexOf(';')));
  }

  private String link(String path, String kind) {
    int before = mail.letters().size();
    anonymous.post(path, json("email", USER)).expect(202);
    await("a letter", () -> mail.letters().size() > before);
    String letter = mail.letters().getLast().replace("=\n", "").replace("=3D", "=");
    Matcher token = LINK.matcher(letter);
    if (!token.find()) {
      String body = letter.substring(letter.indexOf("\n\n") + 2);
      token =
          LINK.matcher(new String(Base64.getMimeDecoder().decode(body), StandardCharsets.UTF_8));
      assertThat(token.find()).as(letter).isTrue();
    }
    return secrets.keep(kind, token.group(1));
  }

  private void tellOfKeys() {
    for (String scope : List.of("read", "operate", "admin")) {
      String key =
          admin
              .post("/api/keys", json("name", scope, "scope", scope))
              .expect(201)
              .json()
              .at("/data/key")
              .asString();
      withToken(secrets.keep("key to " + scope, key)).post("/api/keys", "{broken");
    }
    secrets.keep(
        "key of the harvest door",
        admin.post("/api/me/api-keys", json("name", "k")).expect(201).json().at("/key").asString());
    secrets.keep(
        "token of the sync door",
        admin
            .post("/api/v1/auth/local/api-tokens", json("name", "t"))
            .json()
            .at("/api_token")
            .asString());
    HttpRequest once =
        admin
            .request("/api/keys")
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", "once")
            .POST(BodyPublishers.ofString(json("name", "once")))
            .build();
    secrets.keep("key in a kept answer", admin.send(once).json().at("/data/key").asString());
    admin.send(once).expect(201);
  }

  private void tellOfPlaces() {
    String password = secrets.fresh("password of a service account");
    account("password", password, "broken", "name");
    account("tattoo", secrets.fresh("password of a kind that is none"), "password");
    String id = account("password", password, "password").expect(201).json().get("id").asString();
    admin
        .patch(
            "/api/service-accounts/" + id,
            json("password", secrets.fresh("second password of a service account")))
        .expect(200);
    String key =
        "-----BEGIN OPENSSH PRIVATE KEY-----\n"
            + secrets.fresh("private key")
            + "\n-----END OPENSSH PRIVATE KEY-----\n";
    String keyed =
        admin
            .post(
                "/api/service-accounts",
                json(
                    "name",
                    "k",
                    "username",
                    "u",
                    "auth_type",
                    "ssh_key",
                    "private_key",
                    key,
                    "passphrase",
                    secrets.fresh("passphrase")))
            .expect(201)
            .json()
            .get("id")
            .asString();
    for (String one : List.of(id, keyed)) {
      admin.get("/api/service-accounts/" + one + "/password");
      connect(one);
    }
    store(
        "s3",
        "bucket",
        "b",
        "region",
        "r",
        "access_key_id",
        "k",
        "secret_access_key",
        secrets.fresh("secret of a bucket"),
        "endpoint_url",
        "http://127.0.0.1:9");
    store(
        "cifs",
        "host",
        "127.0.0.1",
        "share",
        "s",
        "username",
        "u",
        "password",
        secrets.fresh("password of a share"));
    store("cifs", "host", 7, "password", secrets.fresh("password of a share that is refused"));
  }

  private Answer account(String type, String password, String... names) {
    return admin.post(
        "/api/service-accounts",
        json("name", "a " + type, "username", "u", "auth_type", type, names[0], password));
  }

  /** Asks for what nobody answers. */
  private void connect(String account) {
    Answer made =
        admin.post(
            "/api/instruments",
            json(
                "name",
                "to nobody " + account,
                "cifs_host",
                "127.0.0.1",
                "cifs_share",
                "",
                "cifs_base_path",
                "/x",
                "service_account_id",
                account,
                "transfer_config",
                map("transport", "sftp", "port", 9)));
    admin.get("/api/instruments/" + HarvestFixture.id(made) + "/test");
  }

  private void store(String type, Object... config) {
    Answer made =
        admin.post(
            "/api/storage-locations",
            json(
                "name", type, "type", type, "base_path", "data", "connection_config", map(config)));
    if (made.status() == 201) {
      admin.get("/api/storage-locations/" + made.json().get("id").asString() + "/test");
    }
  }

  private void tellOfChannels() {
    String there = "http://127.0.0.1:9/";
    String webhook = secrets.fresh("secret of a webhook");
    String packed = Base64.getEncoder().encodeToString(webhook.getBytes(StandardCharsets.UTF_8));
    channel("webhook", "url", there, "secret", "whsec_" + packed);
    channel("ntfy", "url", there + "t", "token", secrets.fresh("token of a topic"));
    channel("discord", "webhook_url", there + secrets.fresh("address of a room"));
    channel("slack", "webhook_url", there + secrets.fresh("address of a channel"));
    channel("ping", "url", there + secrets.fresh("address that is pinged"));
    channel("telegram", "bot_token", "1:" + secrets.fresh("token of a bot"), "chat_id", "1");
    channel(
        "pushover",
        "user_key",
        (secrets.fresh("key of a person") + "0".repeat(30)).substring(0, 30),
        "app_token",
        (secrets.fresh("key of an application") + "0".repeat(30)).substring(0, 30));
    channel("slack", "webhook_url", "no address: " + secrets.fresh("address that is none"));
  }

  private void channel(String provider, Object... config) {
    Answer made =
        admin.post(
            "/api/notification-configs",
            json("name", provider + " ch", "provider", provider, "provider_config", map(config)));
    // Those that lead out into the world are only kept.
    if (made.status() == 201 && !List.of("telegram", "pushover").contains(provider)) {
      admin.post("/api/notification-configs/" + made.json().at("/data/id").asInt() + "/test");
    }
  }

  /** Where no secret belongs, somebody puts one. */
  private void sendWhereNobodyAsks() {
    withToken("ek_" + secrets.fresh("made-up key")).get("/api/files");
    withToken("el_" + secrets.fresh("made-up token")).get("/api/files");
    for (String header : List.of("Authorization", "Cookie", "X-Api-Key", "Proxy-Authorization")) {
      String secret = secrets.fresh("secret in the header " + header);
      String value =
          switch (header) {
            case "Authorization" -> "Basic " + base64("u:" + secret);
            case "Cookie" -> "streamweave_auth=" + secret + "; auth_token=" + secret;
            default -> secret;
          };
      anonymous.send(anonymous.request("/api/files").header(header, value).build());
      anonymous.send(anonymous.request("/ui/files").header(header, value).build());
    }
    String query = "?password=" + secrets.fresh("password in a query");
    for (String path : List.of("/api/files", "/auth/jwt/login", "/ui/login", "/nothing")) {
      anonymous.get(path + query);
      anonymous.post(path + query, "{broken");
      admin.get(path + query);
    }
    anonymous.get("/ui/recovery/password?token=" + secrets.fresh("link that is none"));
    anonymous.get("/ui/setup/" + secrets.fresh("link to set up"));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Takes a table away and asks for what needs it, then puts it back. */
  private void breakTables(Process process) {
    String password = secrets.fresh("password when the tables are broken");
    for (String table : TABLES.subList(0, DrillSize.of(1, TABLES.size(), TABLES.size()))) {
      sql("alter table " + table + " rename to gone");
      account("password", password, "password");
      form("/auth/jwt/login", "username", ADMIN, "password", adminPassword);
      form("/auth/jwt/login", "username", ADMIN, "password", password);
      admin.post("/api/keys", json("name", "when the tables are broken"));
      channel("slack", "webhook_url", "http://127.0.0.1:9/" + password);
      anonymous.post("/auth/forgot-password", json("email", USER));
      anonymous.post("/auth/reset-password", json("token", password, "password", password));
      sql("alter table gone rename to " + table);
    }
    assertThat(process.isAlive()).isTrue();
  }

  private void sql(String statement) {
    try (Connection database =
        DriverManager.getConnection(
            "jdbc:sqlite:" + data().resolve("entrepot.db") + "?busy_timeout=10000")) {
      database.createStatement().execute(statement);
    } catch (SQLException e) {
      throw new AssertionError(statement, e);
    }
  }

  private void writeLinesIntoTheLog() throws IOException {
    form("/auth/jwt/login", "username", "x" + FORGED, "password", "x" + FORGED);
    anonymous.post("/auth/register", json("email", "x" + FORGED, "password", FORGED));
    admin.post("/api/groups", json("name", FORGED));
    admin.post("/api/instruments", json("name", FORGED, "cifs_host", FORGED, "cifs_share", "s"));
    admin.post("/api/groups", "{\"name\": " + FORGED);
    String encoded = URLEncoder.encode(FORGED, StandardCharsets.UTF_8);
    for (String path : List.of("/api/files", "/ui/files", "/nothing", "/ui/login/openid/return")) {
      admin.get(path + "?q=" + encoded + "&error=" + encoded + "&state=" + encoded);
      admin.get(path + "/" + encoded.replace("+", "%20"));
    }
    URI there = address();
    try (Socket socket = new Socket(there.getHost(), there.getPort())) {
      String request =
          "GET /api/files\u001b[2J HTTP/1.1\r\nHost: x\r\nUser-Agent: \u001b[2J\r\nX-Request-Id: \u001b"
              + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getInputStream().readAllBytes();
    }
  }

  /** Everything there is to be read by whoever may read all. */
  private void lookAtAnswers() {
    JsonNode paths = anonymous.get("/openapi.json").expect(200).json().get("paths");
    List<String> read = new ArrayList<>();
    paths.forEachEntry(
        (path, item) -> {
          if (item.has("get") && !path.contains("{") && !path.endsWith("/events")) {
            read.add(path);
          }
        });
    for (String room : List.of("instruments", "service-accounts", "storage-locations")) {
      for (JsonNode one : admin.get("/api/" + room + "?limit=100").json().path("items")) {
        String id = one.get("id").asString();
        read.add("/api/" + room + "/" + id);
        read.add(
            "/ui/"
                + room.replace("service-accounts", "accounts")
                    .replace("storage-locations", "storage")
                + "/"
                + id);
      }
    }
    for (JsonNode one : admin.get("/api/notification-configs").json().path("data")) {
      String id = one.get("id").asString();
      read.add("/api/notification-configs/" + id);
      read.add("/api/notification-configs/" + id + "/deliveries");
      read.add("/ui/notifications/channels/" + id);
    }
    for (String page :
        List.of("", "keys", "sessions", "people", "audit", "health", "notices", "jobs", "files")) {
      read.add("/ui/" + page);
    }
    read.add("/api/admin/audit-logs?limit=500");
    read.add("/api/auth/sessions?all=true&limit=500");
    read.add("/api/keys?all=true&limit=500");
    for (String path : read) {
      Answer answer = admin.get(path);
      look(path, answer.bytes());
      look(path + " (headers)", bytes(answer.response().headers().map().toString()));
    }
    assertThat(read).hasSizeGreaterThan(50);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void look(String place, byte[] bytes) {
    looked.add(place);
    secrets.in(bytes).forEach(kind -> wrong.add("the " + kind + " stands in " + place));
  }

  private void lookAtProcess(Process process) throws IOException {
    for (String name : List.of("cmdline", "environ")) {
      Path file = Path.of("/proc", Long.toString(process.pid()), name);
      if (Files.isReadable(file)) {
        look(file.toString(), Files.readAllBytes(file));
      }
    }
  }

  /** In the drill by a crash, for what the machine writes then. */
  private void end(Process process) throws Exception {
    boolean crash = DrillSize.of(0, 1, 1) > 0;
    if (crash) {
      String pid = Long.toString(process.pid());
      new ProcessBuilder("kill", "-QUIT", pid).start().waitFor();
      await("a thread dump", () -> text(folder.resolve("out")).contains("Full thread dump"));
      new ProcessBuilder("kill", "-SEGV", pid).start().waitFor();
    } else {
      process.destroy();
    }
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
  }

  private void lookAtFiles() throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path file :
          walk.filter(Files::isRegularFile)
              .filter(file -> !file.startsWith(folder.resolve("given")))
              .toList()) {
        looked.add(file.toString());
        secrets
            .in(file)
            .forEach(kind -> wrong.add("the " + kind + " stands in " + folder.relativize(file)));
      }
    }
    assertThat(looked)
        .anyMatch(name -> name.endsWith(".db"))
        .anyMatch(name -> name.endsWith("api.log"))
        .anyMatch(name -> name.endsWith("/backup"));
  }

  private void everyRecordIsOne() {
    String log = text(data().resolve("logs/api.log"));
    assertThat(log)
        .doesNotContain("\u001b")
        .doesNotContain("\n2026-01-01T00:00:00.000Z INFO forged");
    assertThat(log.lines().filter(line -> !line.startsWith("\t") && !line.isEmpty()))
        .allSatisfy(line -> assertThat(line).matches(RECORD));
  }
}

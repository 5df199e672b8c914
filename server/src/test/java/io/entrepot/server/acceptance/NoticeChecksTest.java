// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.acceptance;

import static io.entrepot.server.acceptance.HarvestFixture.await;
import static io.entrepot.server.acceptance.HarvestFixture.json;
import static io.entrepot.server.acceptance.HarvestFixture.map;
import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.server.AdjustableClock;
import io.entrepot.server.TestClient;
import io.entrepot.server.TestClient.Answer;
import io.entrepot.server.TestServer;
import io.entrepot.server.acceptance.HarvestFixture.Line;
import io.entrepot.server.notices.Receiver;
import io.entrepot.server.notices.mail.TestMailServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What leaves the house, and how an administrator says so over HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NoticeChecksTest {

  private static final String CONFIGS = "/api/notification-configs";
  private static final String SECRET = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

  private final Receiver receiver = Receiver.start();
  private final TestMailServer mail = TestMailServer.start();
  private TestServer server;
  private TestClient admin;
  private HarvestFixture fixture;

  @BeforeAll
  void start(@TempDir Path folder) {
    server =
        TestServer.start(
            AdjustableClock.ahead(Duration.ZERO),
            "--entrepot.outgoing.allow=127.0.0.1",
            "--entrepot.address=https://entrepot.example/",
            "--entrepot.mail.host=127.0.0.1",
            "--entrepot.mail.port=" + mail.port(),
            "--entrepot.mail.security=none",
            "--entrepot.mail.from=house@example.org");
    admin = server.admin();
    fixture = new HarvestFixture(server, folder);
  }

  @AfterAll
  void stop() throws IOException {
    server.close();
    receiver.close();
    mail.close();
  }

  private String webhook(String name) {
    return json(
        "name",
        name,
        "provider",
        "webhook",
        "provider_config",
        map("url", receiver.at("/" + name).toString(), "secret", SECRET));
  }

  /** One that hears only of this. */
  private String webhook(String name, String thing) {
    return json(
        "name",
        name,
        "provider",
        "webhook",
        "provider_config",
        map("url", receiver.at("/" + name).toString(), "secret", SECRET),
        "policy",
        map("on", "all", "things", List.of(thing)));
  }

  private String ping(String path, Line line) {
    return json(
        "name",
        "pings " + path,
        "provider",
        "ping",
        "provider_config",
        map("url", receiver.at(path).toString()),
        "policy",
        map("things", List.of("schedule:" + line.schedule())));
  }

  private static JsonNode data(Answer answer, int status) {
    JsonNode body = answer.expect(status).json();
    assertThat(body.get("status").asString()).isEqualTo("success");
    assertThat(body.get("message").asString()).isNotEmpty();
    return body.get("data");
  }

  private static JsonNode error(Answer answer, int status) {
    JsonNode body = answer.expect(status).json();
    assertThat(body.get("status").asString()).isEqualTo("error");
    return body.get("error");
  }

  private String made(String json) {
    return CONFIGS + "/" + data(admin.post(CONFIGS, json), 201).get("id").asInt();
  }

  private List<Receiver.Request> received(String path) {
    return receiver.requests().stream().filter(one -> one.path().equals(path)).toList();
  }

  @Test
  void a_channel_is_made_seen_changed_switched_and_deleted() {
    String address = made(webhook("crud"));
    JsonNode seen = data(admin.get(address), 200);
    assertThat(seen.get("provider_config").get("secret").asString()).isEqualTo("********");
    assertThat(seen.get("policy").get("on").asString()).isEqualTo("failure");
    assertThat(seen.get("created_at").asString()).matches(".*\\.[0-9]{3}Z");
    Answer changed =
        admin.put(
            address,
            json(
                "name",
                "crud two",
                "provider_config",
                map("secret", "********"),
                "policy",
                map("on", "all", "events", List.of("harvest_failed")),
                "colour",
                "red"));
    assertThat(data(changed, 200).get("policy").get("on").asString()).isEqualTo("all");
    assertThat(changed.header("X-Entrepot-Ignored-Fields")).contains("colour");
    assertThat(data(admin.post(address + "/disable"), 200).get("enabled").asBoolean()).isFalse();
    assertThat(data(admin.post(address + "/enable"), 200).get("enabled").asBoolean()).isTrue();
    JsonNode list = admin.get(CONFIGS + "?limit=1").expect(200).json();
    assertThat(list.get("data")).hasSize(1);
    assertThat(list.get("pagination").get("limit").asInt()).isEqualTo(1);
    assertThat(data(admin.post(address + "/test"), 200).get("ok").asBoolean()).isTrue();
    admin.delete(address).expect(204);
    error(admin.get(address), 404);
  }

  @Test
  void what_is_wrong_is_named_in_the_familys_words() {
    JsonNode bad =
        error(
            admin.post(
                CONFIGS,
                json("name", "bad", "provider", "webhook", "provider_config", map("url", "x"))),
            422);
    assertThat(bad.get("details").has("url")).isTrue();
    assertThat(bad.get("details").has("secret")).isTrue();
    error(admin.post(CONFIGS, "{"), 400);
    assertThat(error(admin.post(CONFIGS, "{}"), 422).get("details").has("name")).isTrue();
    error(
        admin.post(CONFIGS, json("name", "x", "provider", "pigeon", "provider_config", map())),
        422);
    error(admin.get(CONFIGS + "/abc"), 400);
    error(admin.get(CONFIGS + "/999"), 404);
    error(admin.get(CONFIGS + "?limit=1001"), 400);
    made(webhook("twice"));
    error(admin.post(CONFIGS, webhook("twice")), 409);
    JsonNode unknown = admin.get(CONFIGS + "/424242").expect(404).json();
    assertThat(unknown.get("status").asString()).isEqualTo("error");
    assertThat(unknown.at("/error/code").asString()).isEqualTo("CONFIG_NOT_FOUND");
    assertThat(admin.put(CONFIGS + "/424242", "{}").expect(404).text()).contains("CONFIG_NOT");
    assertThat(admin.get(CONFIGS + "/seven").expect(400).text()).contains("INVALID_PARAMETER");
    assertThat(admin.post(CONFIGS, "{").expect(400).text()).contains("MALFORMED_JSON");
    server.newUser("channels@example.com").get(CONFIGS).expect(403);
    server.anonymous().get(CONFIGS).expect(401);
    assertThat(data(admin.get(CONFIGS + "/providers"), 200)).hasSizeGreaterThan(7);
  }

  @Test
  void a_test_that_does_not_arrive_says_why_and_stands_in_the_log() {
    String address =
        made(
            json(
                "name",
                "inside",
                "provider",
                "slack",
                "provider_config",
                map("webhook_url", "http://169.254.169.254/latest/meta-data")));
    JsonNode tried = data(admin.post(address + "/test"), 200);
    assertThat(tried.get("ok").asBoolean()).isFalse();
    assertThat(tried.get("message").asString()).contains("entrepot.outgoing.allow");
    JsonNode log = data(admin.get(address + "/deliveries"), 200);
    assertThat(log).hasSize(1);
    assertThat(log.get(0).get("status").asString()).isEqualTo("failed");
    String replay = address + "/deliveries/" + log.get(0).get("id").asString() + "/replay";
    data(admin.post(replay), 201);
    assertThat(data(admin.get(address + "/deliveries"), 200)).hasSize(2);
    error(admin.post(address + "/deliveries/nothing/replay"), 404);
  }

  @Test
  void a_harvest_by_the_clock_that_fails_is_heard_by_channel_and_mail() {
    made(webhook("failing"));
    made(
        json("name", "post", "provider", "email", "provider_config", map("to", "ops@example.org")));
    Line line = fixture.line();
    made(webhook("by-schedule", "schedule:" + line.schedule()));
    moveAway(line);
    admin
        .patch("/api/schedules/" + line.schedule(), json("cron_expression", "* * * * *"))
        .expect(200);
    server.part(AdjustableClock.class).advance(Duration.ofSeconds(61));
    await("the channel hears of it", () -> !received("/failing").isEmpty());
    Receiver.Request request = received("/failing").getFirst();
    assertThat(request.headers()).containsKeys("webhook-id", "webhook-timestamp");
    assertThat(request.body())
        .contains("\"type\":\"harvest_failed\"")
        .contains("instrument:" + line.instrument())
        .contains("https://entrepot.example/ui/jobs/");
    await("the schedule's own channel hears of it", () -> !received("/by-schedule").isEmpty());
    await(
        "the mail comes",
        () -> mail.letters().stream().anyMatch(letter -> letter.contains("To: ops@example.org")));
    admin.patch("/api/schedules/" + line.schedule(), json("enabled", false)).expect(200);
  }

  @Test
  void the_runs_of_a_schedule_are_pinged_when_they_start_succeed_and_fail() {
    Line line = fixture.line();
    line.put("one.txt", "one");
    made(ping("/ping/1", line));
    fixture.harvest(line);
    await("the good run is told", () -> !received("/ping/1").isEmpty());
    moveAway(line);
    fixture.trigger(line.schedule());
    await("the bad run is told", () -> !received("/ping/1/fail").isEmpty());
    assertThat(received("/ping/1")).hasSize(1);
    assertThat(received("/ping/1/start")).hasSize(2);
    assertThat(received("/ping/1/start").getFirst().body()).isEmpty();
    assertThat(received("/ping/1/fail").getFirst().body()).isNotEmpty();
    admin.patch("/api/schedules/" + line.schedule(), json("enabled", false)).expect(200);
  }

  @Test
  void a_run_all_of_whose_files_fail_is_told_as_a_failure_once_and_pinged_as_one()
      throws IOException {
    Line line = fixture.line();
    admin.patch("/api/schedules/" + line.schedule(), json("enabled", false)).expect(200);
    line.put("a.dat", "a");
    line.put("b.dat", "b");
    Path inTheWay = line.target().resolve(line.name());
    HarvestFixture.put(inTheWay, "a file where a folder has to be");
    String channel = made(webhook("incomplete", "schedule:" + line.schedule()));
    made(ping("/ping/2", line));

    fixture.harvest(line);

    await("the channel hears of it", () -> !received("/incomplete").isEmpty());
    assertThat(received("/incomplete").getFirst().body())
        .contains("\"type\":\"harvest_incomplete\"")
        .contains("\"severity\":\"failure\"")
        .contains("2 files failed, 0 came in")
        .contains("instrument:" + line.instrument());
    await("the run is pinged as failed", () -> !received("/ping/2/fail").isEmpty());
    String again = json("retry_failed", true);
    fixture.completed(fixture.trigger(line.schedule(), again));
    await("so is the next", () -> received("/ping/2/fail").size() == 2);
    assertThat(received("/ping/2")).isEmpty();
    assertThat(data(admin.get(channel + "/deliveries"), 200)).hasSize(1);

    Files.delete(inTheWay);
    fixture.completed(fixture.trigger(line.schedule(), again));
    await("what came in is pinged", () -> !received("/ping/2").isEmpty());
    await("and told", () -> received("/incomplete").size() == 2);
    assertThat(received("/incomplete").getLast().body()).contains("harvest_completed");
  }

  @Test
  void a_forgotten_password_is_set_anew_by_the_link_in_the_mail() {
    server.newUser("forgot@example.com");
    server
        .anonymous()
        .post("/auth/forgot-password", json("email", "forgot@example.com"))
        .expect(202);
    await(
        "the link comes",
        () -> mail.letters().stream().anyMatch(letter -> letter.contains("To: forgot@")));
    String letter =
        mail.letters().stream()
            .filter(one -> one.contains("To: forgot@"))
            .findFirst()
            .orElseThrow();
    Matcher link =
        Pattern.compile("https://entrepot\\.example(/ui/recovery/password\\?token=(\\S+))")
            .matcher(text(letter));
    assertThat(link.find()).as(letter).isTrue();
    assertThat(server.anonymous().get(link.group(1)).expect(200).text()).contains("A new password");
    server
        .anonymous()
        .post("/auth/reset-password", json("token", link.group(2), "password", "quite another one"))
        .expect(200);
    assertThat(server.anonymous().signIn("forgot@example.com", "quite another one")).isNotEmpty();
  }

  @Test
  void a_request_for_an_instrument_and_the_decision_are_mailed_to_whom_they_concern() {
    TestClient user = server.newUser("asks@example.com");
    String made =
        user.post(
                "/api/instrument-requests",
                json(
                    "name", "NMR 4",
                    "location", "B12",
                    "harvest_frequency", "daily",
                    "justification", "our group measures on it"))
            .expect(201)
            .json()
            .get("id")
            .asString();
    awaitLetter("To: " + TestServer.ADMIN_EMAIL, "asks for the instrument \"NMR 4\"");

    server
        .admin()
        .patch(
            "/api/instrument-requests/" + made,
            json("status", "approved", "admin_notes", "next week"))
        .expect(200);
    awaitLetter("To: asks@example.com", "is approved. next week");
  }

  private void awaitLetter(String to, String words) {
    await(
        "a letter " + to,
        () ->
            mail.letters().stream()
                .anyMatch(letter -> letter.contains(to) && text(letter).contains(words)));
  }

  private static void moveAway(Line line) {
    try {
      Files.move(line.source(), line.source().resolveSibling("away from " + line.name()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The text of a letter, whatever way it was packed. */
  private static String text(String letter) {
    String body = letter.substring(letter.indexOf("\n\n") + 2);
    if (letter.toLowerCase(java.util.Locale.ROOT).contains("transfer-encoding: base64")) {
      return new String(Base64.getMimeDecoder().decode(body), StandardCharsets.UTF_8);
    }
    return body.replace("=\n", "").replace("=3D", "=");
  }
}

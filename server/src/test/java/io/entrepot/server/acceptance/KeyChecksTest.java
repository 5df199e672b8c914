// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.server.AdjustableClock;
import io.entrepot.server.TestClient;
import io.entrepot.server.TestClient.Answer;
import io.entrepot.server.TestServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What API keys open and what they do not, and how the backup door keeps them. */
class KeyChecksTest {

  private static final AtomicInteger COUNTER = new AtomicInteger();

  private final TestServer server = TestServer.shared();
  private final TestClient admin = server.admin();

  private TestClient newUser() {
    return server.newUser("keys" + COUNTER.incrementAndGet() + "@lab.example");
  }

  private static JsonNode made(TestClient owner, String body) {
    return owner.post("/api/keys", body).expect(201).json().get("data");
  }

  private TestClient with(JsonNode key) {
    return server.withToken(key.get("key").asString());
  }

  @Test
  void a_key_is_shown_once_listed_without_its_secret_renamed_and_revoked() {
    TestClient user = newUser();
    Answer answer =
        user.post(
            "/api/keys",
            "{\"name\":\"nightly\",\"scope\":\"read\",\"doors\":[\"backup\",\"harvest\"],"
                + "\"expires_at\":\"2999-01-01T00:00:00Z\",\"colour\":\"red\"}");
    JsonNode key = answer.expect(201).json().get("data");
    String path = "/api/keys/" + key.get("id").asString();
    String secret = key.get("key").asString();

    assertThat(answer.json().get("status").asString()).isEqualTo("success");
    assertThat(answer.json().get("message").asString()).contains("not shown again");
    assertThat(answer.header("X-Entrepot-Ignored-Fields")).hasValue("colour");
    assertThat(answer.header("Cache-Control").orElse("")).contains("no-store");
    assertThat(key.get("expires_at").asString()).isEqualTo("2999-01-01T00:00:00.000Z");
    assertThat(key.get("created_at").asString()).matches("\\S+\\.\\d{3}Z");
    assertThat(secret).startsWith(key.get("prefix").asString());

    with(key).get("/api/files").expect(200);
    Answer list = user.get("/api/keys/?limit=5").expect(200);
    assertThat(list.json().at("/data/0/last_used_address").asString()).isEqualTo("127.0.0.1");
    assertThat(list.json().at("/data/0/last_used_at").asString()).endsWith("Z");
    assertThat(list.json().at("/data/0/doors").toString()).isEqualTo("[\"harvest\",\"backup\"]");
    assertThat(list.json().at("/data/0").has("key")).isFalse();
    assertThat(list.json().at("/pagination/total").asInt()).isEqualTo(1);
    assertThat(list.json().at("/pagination/next_offset").isNull()).isTrue();
    assertThat(list.header("X-Total-Count")).hasValue("1");
    assertThat(list.text()).doesNotContain(secret);

    Answer renamed = user.patch(path, "{\"name\":\"weekly\"}").expect(200);
    assertThat(renamed.json().at("/data/name").asString()).isEqualTo("weekly");
    assertThat(user.get(path).expect(200).json().at("/data/name").asString()).isEqualTo("weekly");
    assertThat(user.delete(path).expect(204).bytes()).isEmpty();
    assertThat(user.get(path).status()).isEqualTo(404);
    assertThat(with(key).get("/api/files").status()).isEqualTo(401);
  }

  @Test
  void a_deletion_is_answered_with_an_envelope_where_the_client_wants_one() {
    TestClient user = newUser();
    String first = "/api/keys/" + made(user, "{\"name\":\"a\"}").get("id").asString();
    String second = "/api/keys/" + made(user, "{\"name\":\"b\"}").get("id").asString();
    Answer asked = user.send("DELETE", first + "?envelope=true", Optional.empty());
    Answer preferred =
        user.send(user.request(second).header("Prefer", "return=representation").DELETE().build());

    for (Answer answer : List.of(asked, preferred)) {
      assertThat(answer.expect(200).json().get("status").asString()).isEqualTo("success");
      assertThat(answer.json().get("data").isNull()).isTrue();
    }
  }

  @Test
  void a_revoked_key_is_refused_by_every_door_in_its_own_shape() {
    TestClient user = newUser();
    JsonNode key = made(user, "{\"name\":\"gone\"}");
    user.delete("/api/keys/" + key.get("id").asString()).expect(204);

    isUnauthorizedEverywhere(with(key));
  }

  @Test
  void an_expired_key_is_refused_by_every_door_in_its_own_shape() {
    try (TestServer own = TestServer.start(AdjustableClock.ahead(Duration.ZERO))) {
      AdjustableClock clock = own.part(AdjustableClock.class);
      String end = clock.instant().plus(Duration.ofMinutes(5)).toString();
      JsonNode key = made(own.admin(), "{\"name\":\"short\",\"expires_at\":\"" + end + "\"}");
      TestClient program = own.withToken(key.get("key").asString());
      program.get("/api/files").expect(200);

      clock.advance(Duration.ofMinutes(5));

      isUnauthorizedEverywhere(program);
      assertThat(own.admin().get("/api/keys").expect(200).text()).contains("\"short\"");
    }
  }

  private static void isUnauthorizedEverywhere(TestClient program) {
    for (String path : List.of("/api/files", "/api/keys", "/api/v1/sync/sources", "/api/v3/x")) {
      assertThat(program.get(path).status()).as(path).isEqualTo(401);
    }
    assertThat(program.get("/api/files").text()).isEqualTo("{\"detail\":\"Unauthorized\"}");
    assertThat(program.get("/api/keys").text())
        .isEqualTo(
            "{\"status\":\"error\",\"error\":{\"code\":\"UNAUTHORIZED\","
                + "\"message\":\"Unauthorized\",\"details\":{}}}");
    assertThat(program.get("/api/v1/sync/sources").text())
        .isEqualTo("{\"error\":\"unauthorized\",\"detail\":\"Unauthorized\"}");
    assertThat(program.get("/api/v1/workspaces").text())
        .isEqualTo("{\"error\":\"unauthorized\",\"message\":\"Unauthorized\"}");
  }

  @Test
  void a_key_for_reading_that_is_used_for_writing_is_refused_in_the_doors_own_shape() {
    TestClient program = with(made(admin, "{\"name\":\"r\",\"scope\":\"read\"}"));

    program.get("/api/groups").expect(200);
    Answer harvest = program.post("/api/groups", "{\"name\":\"no\"}");
    assertThat(harvest.status()).isEqualTo(403);
    assertThat(harvest.json().get("detail").asString()).contains("reading only");

    for (String place : List.of("/api/instruments/x", "/api/storage-locations/x")) {
      assertThat(program.get(place).status()).isEqualTo(422);
      Answer test = program.get(place + "/test");
      assertThat(test.status()).as(place).isEqualTo(403);
      assertThat(test.json().get("detail").asString()).contains("reading only");
    }
  }

  @Test
  void a_key_outside_its_scope_is_refused_in_the_doors_own_shape() {
    TestClient harvester =
        with(made(admin, "{\"name\":\"h\",\"scope\":\"admin\",\"doors\":[\"harvest\"]}"));
    TestClient keeper =
        with(made(admin, "{\"name\":\"b\",\"scope\":\"admin\",\"doors\":[\"backup\"]}"));

    harvester.get("/api/files").expect(200);
    harvester.get("/api/schedules?kind=harvest").expect(200);
    Answer backup = harvester.get("/api/keys");
    assertThat(backup.status()).isEqualTo(403);
    assertThat(backup.json().at("/error/code").asString()).isEqualTo("FORBIDDEN");
    assertThat(backup.json().at("/error/message").asString()).contains("kept to other doors");

    keeper.get("/api/keys").expect(200);
    Answer harvest = keeper.get("/api/files");
    assertThat(harvest.status()).isEqualTo(403);
    assertThat(harvest.json().propertyNames()).containsExactly("detail");
    assertThat(keeper.get("/api/schedules?kind=harvest").status()).isEqualTo(403);
    assertThat(keeper.get("/ui/").status()).isEqualTo(403);
    assertThat(keeper.get("/health").status()).isEqualTo(200);
  }

  @Test
  void a_key_to_operate_administrates_nothing_though_its_owner_may() {
    TestClient program = with(made(admin, "{\"name\":\"o\"}"));

    program.get("/api/files").expect(200);
    Answer refused = program.get("/api/groups");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.json().get("detail").asString()).isEqualTo("Admin access required");
    with(made(admin, "{\"name\":\"a\",\"scope\":\"admin\"}")).get("/api/groups").expect(200);
    Answer above = newUser().post("/api/keys", "{\"name\":\"a\",\"scope\":\"admin\"}");
    assertThat(above.status()).isEqualTo(422);
    assertThat(above.json().at("/error/details/scope/0").asString()).contains("administrator");
  }

  private static String id(JsonNode key) {
    return key.get("id").asString();
  }

  @Test
  void a_key_is_good_only_in_the_networks_that_it_was_made_for() {
    TestClient user = newUser();
    JsonNode here =
        made(user, "{\"name\":\"here\",\"networks\":[\"127.0.0.9/8\",\"2001:db8::/32\"]}");
    JsonNode elsewhere = made(user, "{\"name\":\"lab\",\"networks\":[\"192.0.2.7\"]}");

    assertThat(here.get("networks").toString())
        .isEqualTo("[\"127.0.0.0/8\",\"2001:db8:0:0:0:0:0:0/32\"]");
    with(here).get("/api/files").expect(200);
    TestClient thief = with(elsewhere);
    for (String path : List.of("/api/files", "/api/keys", "/api/v1/auth/local/session", "/ui/")) {
      Answer refused = thief.get(path);
      assertThat(refused.status()).as(path).isEqualTo(403);
      assertThat(refused.text()).as(path).contains("127.0.0.1").doesNotContain("192.0.2");
    }
    assertThat(thief.get("/api/files").json().propertyNames()).containsExactly("detail");
    assertThat(thief.get("/api/keys").json().at("/error/code").asString()).isEqualTo("FORBIDDEN");
    String shown = "/api/keys/" + elsewhere.get("id").asString();
    assertThat(user.get(shown).json().at("/data/last_used_at").isNull()).isTrue();
    assertThat(user.get("/ui" + shown.substring(4)).expect(200).text()).contains("192.0.2.7/32");
    Answer told =
        admin.get("/api/audit?action=key_refused&entity_type=api_key&entity_id=" + id(elsewhere));
    assertThat(told.json().at("/pagination/total").asInt()).as("once a minute").isOne();
    assertThat(told.json().at("/data/0/address").asString()).isEqualTo("127.0.0.1");
    assertThat(told.json().at("/data/0/credential").asString())
        .startsWith(elsewhere.get("prefix").asString());
    String many = "7,".repeat(1_000) + "7";
    assertThat(
            user.post("/api/keys", "{\"name\":\"x\",\"networks\":[" + many + "]}")
                .json()
                .at("/error/details/networks")
                .size())
        .isEqualTo(10);
    Answer bad = user.post("/api/keys", "{\"name\":\"x\",\"networks\":[\"10/8\",7]}");
    assertThat(bad.status()).isEqualTo(422);
    assertThat(bad.json().at("/error/details/networks").size()).isEqualTo(2);
  }

  @Test
  void behind_a_proxy_a_key_is_good_where_the_caller_is_and_not_where_the_proxy_is() {
    String body = "{\"name\":\"lab\",\"networks\":[\"192.0.2.0/24\"]}";
    try (TestServer behind = TestServer.start("--entrepot.proxies=127.0.0.1")) {
      TestClient program = behind.withToken(made(behind.admin(), body).get("key").asString());
      assertThat(from(program, "192.0.2.9").status()).isEqualTo(200);
      // The same key, within the second in which it is believed.
      assertThat(from(program, "198.51.100.1").status()).isEqualTo(403);
      assertThat(from(program, "192.0.2.9, 198.51.100.1").status()).as("made up").isEqualTo(403);
      assertThat(program.get("/api/files").status()).as("the proxy itself").isEqualTo(403);
    }
    TestClient direct = with(made(admin, body));
    assertThat(from(direct, "192.0.2.9").status()).as("no proxy of ours").isEqualTo(403);
  }

  private static Answer from(TestClient program, String address) {
    return program.send(
        program.request("/api/files").header("X-Forwarded-For", address).GET().build());
  }

  @Test
  void no_key_makes_renames_or_revokes_keys() {
    JsonNode key = made(admin, "{\"name\":\"all\",\"scope\":\"admin\"}");
    TestClient program = with(key);
    String path = "/api/keys/" + key.get("id").asString();

    program.get(path).expect(200);
    for (Answer answer :
        List.of(
            program.post("/api/keys", "{\"name\":\"child\"}"),
            program.post("/api/me/api-keys", "{\"name\":\"child\"}"),
            program.patch(path, "{\"name\":\"other\"}"),
            program.patch("/users/me", "{\"password\":\"quite another one\"}"),
            program.get("/api/auth/sessions"),
            program.delete(path),
            program.get("/ui/keys"))) {
      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.text()).contains("sign in first");
    }
  }

  @Test
  void no_key_changes_people_or_makes_them_what_it_is_not() {
    TestClient program = with(made(admin, "{\"name\":\"all\",\"scope\":\"admin\"}"));
    String owner = admin.get("/users/me").expect(200).json().get("id").asString();
    String other = newUser().get("/users/me").expect(200).json().get("id").asString();

    program.get("/users/" + other).expect(200);
    for (String person : List.of(owner, other)) {
      for (Answer answer :
          List.of(
              program.patch("/users/" + person, "{\"password\":\"quite another one\"}"),
              program.patch("/users/" + person, "{\"email\":\"thief@lab.example\"}"),
              program.patch("/users/" + person, "{\"role\":\"admin\"}"),
              program.patch("/users/" + person, "{\"is_active\":false}"),
              program.patch("/users/" + person, "{\"is_verified\":true}"),
              program.delete("/users/" + person),
              program.delete("/api/admin/users/" + person),
              program.post("/api/admin/users/" + person + "/restore"),
              program.get("/ui/people/" + person))) {
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text()).contains("sign in first");
      }
    }
    Answer made =
        program.post(
            "/auth/register",
            "{\"email\":\"second@lab.example\",\"password\":\"Zinnober-Blau\","
                + "\"role\":\"admin\"}");
    assertThat(made.status()).isEqualTo(403);
    assertThat(made.text()).contains("no API key can");
  }

  @Test
  void what_is_wrong_with_a_request_is_told_by_field_and_what_cannot_be_read_is_400() {
    Answer fields =
        admin.post("/api/keys", "{\"scope\":\"root\",\"doors\":[\"cellar\"],\"expires_at\":5}");
    assertThat(fields.status()).isEqualTo(422);
    assertThat(fields.json().at("/error/code").asString()).isEqualTo("VALIDATION_ERROR");
    assertThat(fields.json().at("/error/details").propertyNames())
        .containsExactlyInAnyOrder("name", "scope", "doors", "expires_at");
    assertThat(
            admin
                .post("/api/keys", "{\"name\":\"x\",\"expires_at\":\"2001-01-01T00:00:00Z\"}")
                .json()
                .at("/error/details/expires_at/0")
                .asString())
        .contains("past");

    for (String broken : List.of("{broken", "[]", "")) {
      Answer answer = admin.post("/api/keys", broken);
      assertThat(answer.status()).as(broken).isEqualTo(400);
      assertThat(answer.json().at("/error/code").asString()).isEqualTo("MALFORMED_JSON");
    }
    for (String path : List.of("/api/keys?limit=1001", "/api/keys?all=x", "/api/keys/7")) {
      Answer answer = admin.get(path);
      assertThat(answer.status()).as(path).isEqualTo(400);
      assertThat(answer.json().at("/error/code").asString()).isEqualTo("INVALID_PARAMETER");
    }
    Answer absent = admin.get("/api/keys/00000000-0000-8000-8000-000000000000");
    assertThat(absent.status()).isEqualTo(404);
    assertThat(absent.json().at("/error/message").asString()).isEqualTo("API key not found");
    assertThat(admin.put("/api/keys", "{}").json().at("/error/code").asString())
        .isEqualTo("METHOD_NOT_ALLOWED");
  }

  @Test
  void administrators_see_the_keys_of_all_and_others_do_not() {
    TestClient user = newUser();
    JsonNode key = made(user, "{\"name\":\"of a user\"}");

    assertThat(admin.get("/api/keys?all=true&limit=1000").expect(200).text())
        .contains(key.get("id").asString());
    assertThat(admin.get("/api/keys?limit=1000").text()).doesNotContain(key.get("id").asString());
    assertThat(user.get("/api/keys?all=true").status()).isEqualTo(403);
    admin.delete("/api/keys/" + key.get("id").asString()).expect(204);
    assertThat(with(key).get("/api/files").status()).isEqualTo(401);
  }

  @Test
  void an_api_takes_no_form_but_json_for_a_key() {
    Answer answer =
        admin.send(
            admin
                .request("/api/keys")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("name=x"))
                .build());

    assertThat(answer.status()).isEqualTo(415);
    assertThat(answer.json().at("/error/code").asString()).isEqualTo("UNSUPPORTED_MEDIA_TYPE");
  }
}

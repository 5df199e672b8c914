// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.server.TestClient;
import io.entrepot.server.TestClient.Answer;
import io.entrepot.server.TestServer;
import io.entrepot.server.TwoNodes;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Signing in at the backup door, where one is signed in, and how it ends. */
class SessionChecksTest {

  private static final AtomicInteger COUNTER = new AtomicInteger();
  private static final String FORM = "application/x-www-form-urlencoded";

  private final TestServer server = TestServer.shared();
  private final TestClient anonymous = server.anonymous();

  private String newEmail() {
    String email = "session" + COUNTER.incrementAndGet() + "@lab.example";
    server.newUser(email);
    return email;
  }

  private static String credentials(String email, String more) {
    return "{\"username\":\"%s\",\"password\":\"a password of %s\"%s}"
        .formatted(email, email, more);
  }

  private static Answer send(
      TestClient client, String method, String path, String cookie, String body) {
    return client.send(
        client
            .request(path)
            .header("Cookie", cookie)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build());
  }

  private static String pair(Answer signedIn) {
    return signedIn.expect(200).header("Set-Cookie").orElseThrow().split(";", 2)[0];
  }

  @Test
  void signing_in_at_the_backup_door_gives_a_cookie_that_opens_every_door_until_signing_out() {
    String email = newEmail();
    Answer in = anonymous.post("/api/auth/login", credentials(email, ",\"next\":\"/x\""));
    String cookie = in.expect(200).header("Set-Cookie").orElseThrow();

    assertThat(in.json().get("status").asString()).isEqualTo("success");
    assertThat(in.json().at("/data/user/username").asString()).isEqualTo(email);
    assertThat(in.json().at("/data/user/role").asString()).isEqualTo("standard");
    assertThat(in.json().at("/data/expires_at").asString()).endsWith("Z");
    assertThat(in.header("X-Entrepot-Ignored-Fields")).hasValue("next");
    assertThat(in.text()).doesNotContain("a password of");
    assertThat(cookie)
        .startsWith("auth_token=")
        .contains("HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=43200");
    String pair = pair(in);
    Answer me = send(anonymous, "GET", "/api/auth/me/", pair, "").expect(200);
    assertThat(me.json().at("/data/user/email").asString()).isEqualTo(email);
    assertThat(me.json().at("/data").has("expires_at")).isFalse();
    send(anonymous, "GET", "/users/me", pair, "").expect(200);

    Answer out = send(anonymous, "POST", "/api/auth/logout", pair, "").expect(200);
    assertThat(out.json().get("data").isNull()).isTrue();
    assertThat(out.response().headers().allValues("Set-Cookie"))
        .hasSize(2)
        .allSatisfy(forgotten -> assertThat(forgotten).contains("Max-Age=0"));
    assertThat(send(anonymous, "GET", "/users/me", pair, "").status()).isEqualTo(401);
    assertThat(send(anonymous, "GET", "/api/auth/me", pair, "").json().at("/error/code").asString())
        .isEqualTo("SESSION_EXPIRED");
  }

  @Test
  void signing_in_takes_a_form_too_and_may_be_remembered() {
    String email = newEmail();
    String form = "username=" + email + "&password=a+password+of+" + email + "&remember_me=true";
    Answer in =
        anonymous.send(
            anonymous
                .request("/api/auth/login")
                .header("Content-Type", FORM)
                .POST(BodyPublishers.ofString(form))
                .build());

    assertThat(in.expect(200).header("Set-Cookie").orElseThrow()).contains("Max-Age=2592000");
    Answer list = send(anonymous, "GET", "/api/auth/sessions", pair(in), "").expect(200);
    assertThat(list.json().at("/data/0/kind").asString()).isEqualTo("remember");
    assertThat(list.json().at("/data/0/current").asBoolean()).isTrue();
    assertThat(list.json().at("/data/0/address").asString()).isEqualTo("127.0.0.1");
    assertThat(list.json().at("/data/0/device").asString()).startsWith("Java-http-client");
  }

  @Test
  void what_is_wrong_with_a_sign_in_is_told_in_the_doors_shape() {
    Answer wrong =
        anonymous.post("/api/auth/login", "{\"username\":\"nobody@x\",\"password\":\"p\"}");
    assertThat(wrong.status()).isEqualTo(401);
    assertThat(wrong.json().at("/error/code").asString()).isEqualTo("UNAUTHORIZED");
    assertThat(wrong.json().at("/error/message").asString()).contains("wrong");
    assertThat(wrong.header("Set-Cookie")).isEmpty();

    Answer missing = anonymous.post("/api/auth/login", "{}");
    assertThat(missing.status()).isEqualTo(422);
    assertThat(missing.json().at("/error/details").propertyNames())
        .containsExactlyInAnyOrder("username", "password");
    assertThat(anonymous.post("/api/auth/login", "{").json().at("/error/code").asString())
        .isEqualTo("MALFORMED_JSON");
    assertThat(anonymous.get("/api/auth/login").status()).isEqualTo(405);
    assertThat(anonymous.get("/api/auth/me").status()).isEqualTo(401);
    assertThat(anonymous.post("/api/auth/logout").status()).isEqualTo(401);
  }

  private TestClient signedIn(String email) {
    return server.withToken(anonymous.signIn(email, "a password of " + email));
  }

  private static JsonNode current(TestClient client) {
    JsonNode all = client.get("/api/auth/sessions").expect(200).json().get("data");
    for (JsonNode one : all) {
      if (one.get("current").asBoolean()) {
        return one;
      }
    }
    throw new AssertionError(all.toString());
  }

  @Test
  void one_session_is_ended_or_all_others_and_both_tokens_and_cookies_are_worthless_then() {
    String email = newEmail();
    TestClient here = signedIn(email);
    TestClient there = signedIn(email);
    String cookie = pair(anonymous.post("/api/auth/login", credentials(email, "")));
    Answer list = here.get("/api/auth/sessions?limit=2").expect(200);
    assertThat(list.header("X-Total-Count")).hasValue("4");
    assertThat(list.json().at("/pagination/next_offset").asInt()).isEqualTo(2);

    here.delete("/api/auth/sessions/" + current(there).get("id").asString()).expect(204);
    assertThat(there.get("/users/me").status()).isEqualTo(401);
    send(anonymous, "GET", "/users/me", cookie, "").expect(200);

    Answer ended = here.post("/api/auth/sessions/end-others").expect(200);
    assertThat(ended.json().at("/data/ended").asInt()).isEqualTo(2);
    assertThat(send(anonymous, "GET", "/users/me", cookie, "").status()).isEqualTo(401);
    here.get("/users/me").expect(200);
    assertThat(here.get("/api/auth/sessions").json().get("data").size()).isEqualTo(1);
  }

  @Test
  void sessions_of_others_are_seen_and_ended_by_administrators_only() {
    TestClient user = signedIn(newEmail());
    TestClient other = signedIn(newEmail());
    TestClient admin = server.admin();
    String session = "/api/auth/sessions/" + current(user).get("id").asString();

    assertThat(other.get("/api/auth/sessions").text()).doesNotContain(session.substring(19));
    assertThat(other.get("/api/auth/sessions?all=true").status()).isEqualTo(403);
    assertThat(other.delete(session).status()).isEqualTo(404);
    user.get("/users/me").expect(200);
    assertThat(admin.get("/api/auth/sessions?all=true&limit=1000").text())
        .contains(current(user).get("id").asString());
    admin.delete(session).expect(204);
    assertThat(admin.delete(session).status()).isEqualTo(404);
    assertThat(user.get("/users/me").status()).isEqualTo(401);
  }

  @Test
  @Check("harvest 44")
  void signing_in_out_failing_and_ending_sessions_is_in_the_audit_log() {
    String email = newEmail();
    TestClient here = signedIn(email);
    TestClient there = signedIn(email);
    String id = here.get("/users/me").json().get("id").asString();
    String typed = "not-an-address-but-a-secret" + COUNTER.incrementAndGet();
    anonymous.post("/api/auth/login", "{\"username\":\"" + email + "\",\"password\":\"no\"}");
    anonymous.post("/api/auth/login", "{\"username\":\"" + typed + "\",\"password\":\"no\"}");
    here.post("/api/auth/sessions/end-others").expect(200);
    assertThat(there.get("/users/me").status()).isEqualTo(401);
    here.post("/auth/jwt/logout").expect(204);

    TestClient admin = server.admin();
    for (String action : List.of("login", "login_failed", "logout")) {
      assertThat(admin.get("/api/admin/audit-logs?limit=500&action=" + action).text())
          .as(action)
          .contains(id);
    }
    assertThat(admin.get("/api/admin/audit-logs?limit=500&entity_type=session").text())
        .contains(email);
    assertThat(admin.get("/api/admin/audit-logs?limit=500").text()).doesNotContain(typed);
  }

  @Test
  void tries_at_all_doors_are_counted_together_and_refused_in_each_doors_shape() {
    try (TestServer own = TestServer.start("--entrepot.sync.local-callers=true")) {
      TestClient client = own.anonymous();
      String email = "guessed@lab.example";
      String json = "{\"username\":\"" + email + "\",\"password\":\"no\"}";
      for (int i = 0; i < 10; i++) {
        assertThat(client.post("/api/auth/login", json).status()).isEqualTo(401);
        assertThat(harvest(client, email).status()).isEqualTo(400);
      }

      Answer backup = client.post("/api/auth/login", json);
      Answer harvest = harvest(client, email);
      Answer sync =
          client.put(
              "/api/v1/auth/local/session",
              "{\"user_name\":\"" + email + "\",\"password\":\"no\"}");

      for (Answer refused : List.of(backup, harvest, sync)) {
        assertThat(refused.status()).isEqualTo(429);
        assertThat(Long.parseLong(refused.header("Retry-After").orElseThrow())).isBetween(1L, 600L);
      }
      assertThat(backup.json().at("/error/code").asString()).isEqualTo("TOO_MANY_REQUESTS");
      assertThat(harvest.json().get("detail").asString()).contains("Too many tries");
      assertThat(sync.json().get("error").asString()).isEqualTo("too_many_requests");
    }
  }

  private static Answer harvest(TestClient client, String email) {
    return client.send(
        client
            .request("/auth/jwt/login")
            .header("Content-Type", FORM)
            .POST(BodyPublishers.ofString("username=" + email + "&password=no"))
            .build());
  }

  @Test
  void who_signs_out_on_one_node_is_out_there_at_once_and_on_the_other_soon(@TempDir Path folder)
      throws Exception {
    Optional<TwoNodes> nodes = TwoNodes.start(folder);
    Assumptions.assumeTrue(nodes.isPresent(), "no PostgreSQL here");
    try (TwoNodes both = nodes.get()) {
      TestServer one = both.one();
      TestServer two = both.two();
      String email = TestServer.ADMIN_EMAIL;
      String token = one.anonymous().signIn(email, TestServer.ADMIN_PASSWORD);
      String cookie =
          pair(
              one.anonymous()
                  .post(
                      "/api/auth/login",
                      "{\"username\":\"%s\",\"password\":\"%s\"}"
                          .formatted(email, TestServer.ADMIN_PASSWORD)));
      two.withToken(token).get("/users/me").expect(200);
      send(two.anonymous(), "GET", "/users/me", cookie, "").expect(200);

      one.withToken(token).post("/auth/jwt/logout").expect(204);
      send(one.anonymous(), "POST", "/api/auth/logout", cookie, "").expect(200);

      assertThat(one.withToken(token).get("/users/me").status()).isEqualTo(401);
      assertThat(send(one.anonymous(), "GET", "/users/me", cookie, "").status()).isEqualTo(401);
      // What a credential proved is believed for a second where nobody hears of its end.
      Thread.sleep(Duration.ofSeconds(1));
      assertThat(two.withToken(token).get("/users/me").status()).isEqualTo(401);
      assertThat(send(two.anonymous(), "GET", "/users/me", cookie, "").status()).isEqualTo(401);
    }
  }
}

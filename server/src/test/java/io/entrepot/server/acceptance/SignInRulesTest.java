// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.acceptance;

import static io.entrepot.server.acceptance.HarvestFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.server.AdjustableClock;
import io.entrepot.server.TestClient;
import io.entrepot.server.TestClient.Answer;
import io.entrepot.server.TestServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How long a token is good for, who may register, and what a change of oneself may not be. */
class SignInRulesTest {

  private static final String PASSWORD = "a long password";

  @Test
  @Check("harvest 7")
  void a_token_that_has_run_out_opens_nothing_and_a_new_one_does() {
    try (TestServer server = TestServer.start(AdjustableClock.ahead(Duration.ZERO))) {
      TestClient admin = server.admin();
      admin.get("/users/me").expect(200);

      server.part(AdjustableClock.class).advance(Duration.ofMinutes(61));

      for (String path : new String[] {"/users/me", "/api/files", "/api/instruments"}) {
        Answer answer = admin.get(path);
        assertThat(answer.status()).as(path).isEqualTo(401);
        assertThat(answer.json().get("detail").asString()).isEqualTo("Unauthorized");
      }
      assertThat(admin.post("/auth/jwt/logout").status()).isEqualTo(401);
      server.admin().get("/users/me").expect(200);
    }
  }

  @Test
  void where_only_administrators_register_others_are_told_whom_to_ask() {
    try (TestServer server = TestServer.start("--entrepot.registration=admin-only")) {
      String wanted = json("email", "new@lab.example", "password", PASSWORD);

      Answer refused = server.anonymous().post("/auth/register", wanted);

      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.json().get("detail").asString()).contains("administrators");
      server.admin().post("/auth/register", wanted).expect(201);
      assertThat(server.anonymous().signIn("new@lab.example", PASSWORD)).isNotEmpty();
    }
  }

  @Test
  void behind_a_proxy_of_ours_a_login_is_known_by_its_own_address_and_its_cookie_is_for_tls_only() {
    try (TestServer server = TestServer.start("--entrepot.proxies=127.0.0.1")) {
      TestClient anonymous = server.anonymous();
      String sent = "username=%s&password=%s";
      Answer answer =
          anonymous.send(
              anonymous
                  .request("/auth/cookie/login")
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .header("X-Forwarded-For", "198.51.100.1, 192.0.2.7")
                  .header("X-Forwarded-Proto", "https")
                  .POST(
                      BodyPublishers.ofString(
                          sent.formatted(
                              TestServer.ADMIN_EMAIL, TestServer.ADMIN_PASSWORD.replace(' ', '+'))))
                  .build());

      assertThat(answer.status()).isEqualTo(204);
      assertThat(answer.header("Set-Cookie"))
          .hasValueSatisfying(c -> assertThat(c).contains("Secure"));
      String sessions = server.admin().get("/api/auth/sessions").expect(200).text();
      assertThat(sessions).contains("192.0.2.7").doesNotContain("198.51.100.1");
    }
  }

  @Test
  void a_change_of_oneself_to_a_taken_address_or_a_short_password_is_refused_by_name() {
    TestServer server = TestServer.shared();
    TestClient user = server.newUser("changing@lab.example");

    Answer taken = user.patch("/users/me", json("email", TestServer.ADMIN_EMAIL));
    assertThat(taken.status()).isEqualTo(400);
    assertThat(taken.text()).isEqualTo("{\"detail\":\"UPDATE_USER_EMAIL_ALREADY_EXISTS\"}");

    Answer weak = user.patch("/users/me", json("password", "seven77"));
    assertThat(weak.status()).isEqualTo(400);
    assertThat(weak.json().at("/detail/code").asString()).isEqualTo("UPDATE_USER_INVALID_PASSWORD");
    assertThat(weak.json().at("/detail/reason").asString()).contains("8 characters");

    String path = "/users/" + user.get("/users/me").json().get("id").asString();
    assertThat(server.admin().patch(path, json("email", TestServer.ADMIN_EMAIL)).status())
        .isEqualTo(400);
    assertThat(server.admin().patch(path, json("password", "seven77")).status()).isEqualTo(400);
    user.get("/users/me").expect(200);
  }

  @Test
  void a_login_form_of_another_kind_of_grant_is_refused_by_name() {
    TestServer server = TestServer.shared();
    for (String door : new String[] {"/auth/jwt/login", "/auth/cookie/login"}) {
      TestClient anonymous = server.anonymous();
      Answer answer =
          anonymous.send(
              anonymous
                  .request(door)
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .POST(
                      BodyPublishers.ofString(
                          "grant_type=client_credentials&username=a&password=b"))
                  .build());

      assertThat(answer.status()).as(door).isEqualTo(422);
      assertThat(answer.json().at("/detail/0/loc/1").asString()).isEqualTo("grant_type");
      assertThat(answer.json().at("/detail/0/type").asString())
          .isEqualTo("string_pattern_mismatch");
    }
  }
}

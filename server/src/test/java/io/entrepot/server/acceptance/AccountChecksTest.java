// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.server.TestClient;
import io.entrepot.server.TestClient.Answer;
import io.entrepot.server.TestServer;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The harvest door's promises about accounts and signing in. */
class AccountChecksTest {

  private static final AtomicInteger COUNTER = new AtomicInteger();
  private static final String PASSWORD = "a long password";

  private final TestServer server = TestServer.shared();
  private final TestClient anonymous = server.anonymous();

  private static String newEmail() {
    return "person" + COUNTER.incrementAndGet() + "@lab.example";
  }

  private Answer register(TestClient client, String email, String more) {
    return client.post(
        "/auth/register",
        "{\"email\":\"%s\",\"password\":\"%s\"%s}".formatted(email, PASSWORD, more));
  }

  private Answer login(String email, String password) {
    String form =
        "username="
            + URLEncoder.encode(email, StandardCharsets.UTF_8)
            + "&password="
            + URLEncoder.encode(password, StandardCharsets.UTF_8);
    return anonymous.send(
        anonymous
            .request("/auth/jwt/login")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form))
            .build());
  }

  @Test
  @Check("harvest 3")
  void registering_makes_an_unverified_user_and_shows_no_password() {
    Answer answer = register(anonymous, newEmail(), ",\"is_superuser\":true,\"is_verified\":true");

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.json().propertyNames())
        .containsExactlyInAnyOrder(
            "id", "email", "is_active", "is_superuser", "is_verified", "role", "deleted_at");
    assertThat(answer.json().get("role").asString()).isEqualTo("user");
    assertThat(answer.json().get("is_active").asBoolean()).isTrue();
    assertThat(answer.json().get("is_verified").asBoolean()).isFalse();
    assertThat(answer.json().get("is_superuser").asBoolean()).isFalse();
    assertThat(answer.json().get("id").asString())
        .matches("[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    assertThat(answer.text()).doesNotContain("password").doesNotContain(PASSWORD);
  }

  @Test
  @Check("harvest 4")
  void the_same_address_in_another_case_is_taken() {
    String email = newEmail();
    register(anonymous, email, "").expect(201);

    Answer again = register(anonymous, email.toUpperCase(Locale.ROOT), "");

    assertThat(again.status()).isEqualTo(400);
    assertThat(again.text()).isEqualTo("{\"detail\":\"REGISTER_USER_ALREADY_EXISTS\"}");
  }

  @Test
  @Check("harvest 5")
  void nobody_makes_himself_an_administrator() {
    String email = newEmail();
    assertThat(register(anonymous, email, ",\"role\":\"admin\"").status()).isEqualTo(403);
    assertThat(login(email, PASSWORD).status()).isEqualTo(400);

    TestClient user = server.newUser(newEmail());
    assertThat(register(user, newEmail(), ",\"role\":\"admin\"").status()).isEqualTo(403);
    Answer changed = user.patch("/users/me", "{\"role\":\"admin\",\"is_superuser\":true}");
    assertThat(changed.expect(200).json().get("role").asString()).isEqualTo("user");
    assertThat(user.get("/users/me").json().get("role").asString()).isEqualTo("user");
    assertThat(user.get("/api/admin/users").status()).isEqualTo(403);
  }

  @Test
  void an_administrator_makes_administrators() {
    Answer made = register(server.admin(), newEmail(), ",\"role\":\"admin\"");

    assertThat(made.expect(201).json().get("role").asString()).isEqualTo("admin");
    assertThat(made.json().get("is_superuser").asBoolean()).isTrue();
  }

  @Test
  @Check("harvest 6")
  void the_form_gives_a_bearer_token_and_a_wrong_password_none() {
    String email = newEmail();
    register(anonymous, email, "").expect(201);

    Answer good = login(email, PASSWORD);
    assertThat(good.status()).isEqualTo(200);
    assertThat(good.json().propertyNames()).containsExactlyInAnyOrder("access_token", "token_type");
    assertThat(good.json().get("token_type").asString()).isEqualTo("bearer");
    String claims =
        new String(
            Base64.getUrlDecoder()
                .decode(good.json().get("access_token").asString().split("\\.", -1)[1]),
            StandardCharsets.UTF_8);
    assertThat(claims).contains("\"aud\":[\"fastapi-users:auth\"]").contains("\"exp\":");

    for (Answer bad :
        List.of(login(email, PASSWORD + "x"), login("nobody@lab.example", PASSWORD))) {
      assertThat(bad.status()).isEqualTo(400);
      assertThat(bad.text()).isEqualTo("{\"detail\":\"LOGIN_BAD_CREDENTIALS\"}");
    }
    Answer json = anonymous.post("/auth/jwt/login", "{\"username\":\"a\",\"password\":\"b\"}");
    assertThat(json.status()).isEqualTo(422);
    assertThat(json.json().at("/detail/0/type").asString()).isEqualTo("missing");
    assertThat(json.json().at("/detail/0/loc/1").asString()).isEqualTo("username");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/instruments",
        "/api/storage-locations",
        "/api/service-accounts",
        "/api/schedules?kind=harvest",
        "/api/hooks",
        "/api/files",
        "/api/transfers",
        "/api/me",
        "/api/admin/users",
        "/api/groups",
        "/users/me",
        "/api/instruments/no-uuid",
        "/api/files/no-uuid"
      })
  @Check("harvest 7")
  void without_a_good_token_every_route_is_closed(String path) {
    String stranger =
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    for (TestClient client :
        List.of(
            anonymous,
            server.withToken("garbage"),
            server.withToken(stranger),
            server.withToken("ek_garbage"))) {
      Answer answer = client.get(path);
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.json().get("detail").asString()).isEqualTo("Unauthorized");
      assertThat(answer.header("WWW-Authenticate")).isEmpty();
    }
  }

  @Test
  @Check("harvest 8")
  void a_user_is_kept_from_every_admin_door_whatever_he_sends() {
    TestClient user = server.newUser(newEmail());
    for (String path :
        List.of(
            "/api/instruments",
            "/api/storage-locations",
            "/api/service-accounts",
            "/api/schedules",
            "/api/hooks",
            "/api/groups",
            "/api/projects")) {
      for (Answer answer :
          List.of(
              user.get(path),
              user.post(path, "{broken"),
              user.get(path + "/no-uuid"),
              user.patch(path + "/no-uuid", "{}"),
              user.delete(path + "/no-uuid"))) {
        assertThat(answer.status()).as(path).isEqualTo(403);
        assertThat(answer.json().get("detail").asString()).isEqualTo("Admin access required");
      }
    }
    assertThat(user.get("/api/admin/users").status()).isEqualTo(403);
    assertThat(user.get("/users/00000000-0000-8000-8000-000000000000").text())
        .isEqualTo("{\"detail\":\"Forbidden\"}");
  }

  @Test
  @Check("harvest 9")
  void a_token_is_worthless_after_logging_out() {
    TestClient user = server.newUser(newEmail());
    user.get("/users/me").expect(200);

    user.post("/auth/jwt/logout").expect(204);

    assertThat(user.get("/users/me").status()).isEqualTo(401);
  }

  @Test
  @Check("harvest 9")
  void a_deleted_user_is_out_at_once_and_cannot_come_back() {
    String email = newEmail();
    TestClient user = server.newUser(email);
    String id = user.get("/users/me").json().get("id").asString();

    server.admin().delete("/users/" + id).expect(204);

    assertThat(user.get("/users/me").status()).isEqualTo(401);
    assertThat(login(email, "a password of " + email).status()).isEqualTo(400);
    assertThat(register(anonymous, email, "").text()).contains("REGISTER_USER_ALREADY_EXISTS");
  }

  @Test
  void a_short_password_is_refused_with_its_reason() {
    Answer answer =
        anonymous.post(
            "/auth/register", "{\"email\":\"%s\",\"password\":\"seven77\"}".formatted(newEmail()));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().at("/detail/code").asString()).isEqualTo("REGISTER_INVALID_PASSWORD");
    assertThat(answer.json().at("/detail/reason").asString()).contains("8 characters");
  }

  @Test
  void a_cookie_opens_every_door_and_is_gone_after_logging_out() {
    String email = newEmail();
    register(anonymous, email, "").expect(201);
    String form = "username=" + email + "&password=" + PASSWORD.replace(' ', '+');
    Answer login =
        anonymous.send(
            anonymous
                .request("/auth/cookie/login")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build());

    String cookie = login.expect(204).header("Set-Cookie").orElseThrow();
    assertThat(cookie)
        .startsWith("streamweave_auth=")
        .contains("HttpOnly", "SameSite=Lax", "Path=/")
        .doesNotContain("Secure");
    String pair = cookie.split(";", 2)[0];
    assertThat(withCookie(pair, "GET", "/users/me").status()).isEqualTo(200);
    withCookie(pair, "POST", "/auth/cookie/logout").expect(204);
    assertThat(withCookie(pair, "GET", "/users/me").status()).isEqualTo(401);
  }

  private Answer withCookie(String pair, String method, String path) {
    return anonymous.send(
        anonymous
            .request(path)
            .header("Cookie", pair)
            .method(method, BodyPublishers.noBody())
            .build());
  }

  @Test
  void a_new_password_ends_the_other_logins_and_keeps_this_one() {
    String email = newEmail();
    TestClient here = server.newUser(email);
    TestClient elsewhere = server.withToken(anonymous.signIn(email, "a password of " + email));

    here.patch("/users/me", "{\"password\":\"quite another one\"}").expect(200);

    assertThat(here.get("/users/me").status()).isEqualTo(200);
    assertThat(elsewhere.get("/users/me").status()).isEqualTo(401);
    assertThat(login(email, "a password of " + email).status()).isEqualTo(400);
    assertThat(login(email, "quite another one").status()).isEqualTo(200);
  }

  @Test
  void a_disabled_user_is_out_at_once_and_back_when_enabled() {
    String email = newEmail();
    TestClient user = server.newUser(email);
    String id = user.get("/users/me").json().get("id").asString();

    server.admin().patch("/users/" + id, "{\"is_active\":false}").expect(200);
    assertThat(user.get("/users/me").status()).isEqualTo(401);
    assertThat(login(email, "a password of " + email).status()).isEqualTo(400);

    server.admin().patch("/users/" + id, "{\"is_active\":true}").expect(200);
    assertThat(login(email, "a password of " + email).status()).isEqualTo(200);
  }

  @Test
  void the_admin_check_says_who_one_is() {
    assertThat(server.admin().get("/api/auth/check-admin").expect(200).text())
        .isEqualTo("{\"email\":\"" + TestServer.ADMIN_EMAIL + "\"}");
    assertThat(server.newUser(newEmail()).get("/api/auth/check-admin").status()).isEqualTo(403);
    assertThat(anonymous.get("/api/auth/check-admin").status()).isEqualTo(401);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.server.TestClient;
import io.entrepot.server.TestServer;
import io.entrepot.server.identity.Account;
import io.entrepot.server.identity.Accounts;
import io.entrepot.server.identity.Login;
import io.entrepot.server.identity.LoginKind;
import io.entrepot.server.identity.Logins;
import io.entrepot.server.identity.Origin;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The ways in which the session API's clients say who they are, at every door. */
class SessionHeadersTest {

  private static final String EMAIL = "session-headers@lab.example";
  private static final String DEVICE = "PythonAPI v2.1.3 @ linux bench(posix)";
  private static final String MYSELF = "/users/me";

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static TestServer server;
  private static String key;
  private static String otherKey;
  private static Login.Opened session;

  @BeforeAll
  static void somebody_has_both_kinds_of_key() {
    server = TestServer.shared();
    key = keyOf(EMAIL);
    otherKey = keyOf("session-headers-2@lab.example");
    session = opened(LoginKind.SESSION_KEY);
  }

  private static String keyOf(String email) {
    return server
        .newUser(email)
        .post("/api/keys", "{\"name\": \"headers\"}")
        .expect(201)
        .json()
        .at("/data/key")
        .asString();
  }

  private static Login.Opened opened(LoginKind kind) {
    Account account = server.part(Accounts.class).findByEmail(EMAIL).orElseThrow();
    Origin from = new Origin("127.0.0.1", DEVICE);
    return server.part(Logins.class).open(account, kind, Duration.ofHours(1), from);
  }

  private static int status(String path, String authorization, String device) {
    HttpRequest request =
        HttpRequest.newBuilder(server.address().resolve(path))
            .header("Authorization", authorization)
            .header("ASDevice", device)
            .build();
    try {
      return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String object(String scheme, String user, String field, String value) {
    String json = "{\"domain\":\"lab\",\"username\":\"%s\",\"%s\":\"%s\"}";
    return scheme + " " + base64(json.formatted(user, field, value));
  }

  private static String withKey() {
    return object("ASCredentials", EMAIL, "api_key", key);
  }

  private static String withSession() {
    return object("ASSession", EMAIL, "session_key", session.token());
  }

  private static String withPair() {
    return "basic " + base64(EMAIL) + ":" + base64(key);
  }

  @Test
  void each_is_somebody() {
    for (String header : List.of(withKey(), withSession(), withPair())) {
      assertThat(status(MYSELF, header, DEVICE)).as(header).isEqualTo(200);
    }
  }

  static List<String> wrong() {
    String cookie = opened(LoginKind.COOKIE).token();
    return List.of(
        object("ASSession", "somebody@else.example", "session_key", session.token()),
        object("ASSession", EMAIL, "session_key", key),
        object("ASSession", EMAIL, "session_key", cookie),
        object("ASSession", EMAIL, "session_key", ""),
        object("ASCredentials", EMAIL, "api_key", otherKey),
        object("ASCredentials", EMAIL, "api_key", session.token()),
        object("ASCredentials", EMAIL, "pwd", base64("password of a test")),
        "basic " + base64(EMAIL) + ":" + base64(otherKey),
        "basic " + base64(EMAIL + ":" + key),
        "basic " + base64(EMAIL),
        "ASSession " + base64("{\"username\":\"a\"b\"}"),
        "ASSession not-base64!",
        "ASSession",
        "Bearer " + session.token());
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void what_does_not_belong_together_opens_none(String header) {
    assertThat(status(MYSELF, header, DEVICE)).isEqualTo(401);
  }

  @Test
  void a_session_key_is_good_only_on_the_device_that_it_was_given_to() {
    assertThat(status(MYSELF, withSession(), "another device")).isEqualTo(401);
  }

  @Test
  void a_session_key_is_no_cookie() {
    TestClient anonymous = server.anonymous();
    String cookie = SessionCookie.NAME + "=" + session.token();
    anonymous
        .send(anonymous.request(MYSELF).header("Cookie", cookie).header("ASDevice", DEVICE).build())
        .expect(401);
  }

  @Test
  void a_session_key_ends_with_its_login() {
    Login.Opened ending = opened(LoginKind.SESSION_KEY);
    String header = object("ASSession", EMAIL, "session_key", ending.token());
    assertThat(status(MYSELF, header, DEVICE)).isEqualTo(200);

    Account account = server.part(Accounts.class).findByEmail(EMAIL).orElseThrow();
    server.part(Logins.class).revoke(account.actor(), ending.login().id());

    assertThat(status(MYSELF, header, DEVICE)).isEqualTo(401);
  }
}

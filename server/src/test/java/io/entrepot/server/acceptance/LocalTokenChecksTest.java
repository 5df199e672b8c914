// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.server.TestClient;
import io.entrepot.server.TestClient.Answer;
import io.entrepot.server.TestServer;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The sync door's promises about who is signed in on the machine, and about its tokens. */
class LocalTokenChecksTest {

  private static final String SESSION = "/api/v1/auth/local/session";
  private static final String TOKENS = "/api/v1/auth/local/api-tokens";
  private static final TestServer SERVER = TestServer.start("--entrepot.sync.local-callers=true");

  private final TestClient program = SERVER.anonymous();

  @AfterAll
  static void close() {
    SERVER.close();
  }

  private static String credentials(String email) {
    return "{\"user_name\":\"%s\",\"password\":\"a password of %s\"}".formatted(email, email);
  }

  private static void isNobody(Answer answer) {
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.json().get("error").asString()).isEqualTo("no_user_logged_in");
    assertThat(answer.json().propertyNames()).containsExactlyInAnyOrder("error", "detail");
  }

  @Test
  void a_program_on_the_machine_counts_as_whoever_signed_in_there() {
    SERVER.newUser("alice@lab.example");
    isNobody(program.get(SESSION));
    isNobody(program.post(TOKENS, "{\"name\":\"t\"}"));

    JsonNode user = program.put(SESSION, credentials("alice@lab.example")).expect(200).json();
    assertThat(user.get("user_name").asString()).isEqualTo("alice@lab.example");
    assertThat(user.get("server_url").asString()).isEqualTo(SERVER.address().toString());
    assertThat(program.get(SESSION).expect(200).json()).isEqualTo(user);
    assertThat(program.get("/api/v1/sync/sources").status()).isEqualTo(404);
    assertThat(program.get("/api/files").status()).isEqualTo(401);
    assertThat(program.get("/api/keys").status()).isEqualTo(401);

    for (String[] header :
        List.of(
            new String[] {"X-Forwarded-For", "203.0.113.9"},
            new String[] {"X-Forwarded-Proto", "https"},
            new String[] {"X-Real-IP", "203.0.113.9"},
            new String[] {"Via", "1.1 proxy"},
            new String[] {"Forwarded", "for=203.0.113.9"})) {
      Answer proxied =
          program.send(program.request(SESSION).header(header[0], header[1]).GET().build());
      isNobody(proxied);
    }

    program.delete(SESSION).expect(204);
    isNobody(program.get(SESSION));
  }

  @Test
  void another_name_for_the_machine_is_no_way_in_for_a_page_elsewhere() throws Exception {
    SERVER.newUser("rebound@lab.example");
    program.put(SESSION, credentials("rebound@lab.example")).expect(200);
    try (var socket = new Socket("127.0.0.1", SERVER.port())) {
      socket
          .getOutputStream()
          .write(
              ("GET " + SESSION + " HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 401").contains("no_user_logged_in");
    }
    program.delete(SESSION).expect(204);
  }

  @Test
  void a_token_is_shown_once_checked_and_deleted() {
    TestClient bob = SERVER.newUser("bob@lab.example");
    JsonNode made = bob.post(TOKENS, "{\"name\":\"t\"}").expect(201).json();
    String uid = made.get("api_key_uid").asString();
    TestClient agent = SERVER.withToken(made.get("api_token").asString());

    assertThat(made.propertyNames())
        .contains("api_key_name", "user_name", "user_sub", "server_url", "created_at");
    Answer again = bob.post(TOKENS, "{\"name\":\"u\"}");
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.json().get("error").asString()).isEqualTo("user_already_has_token");
    JsonNode list = bob.get(TOKENS).expect(200).json();
    assertThat(list.isArray()).isTrue();
    assertThat(list.get(0).get("api_key_uid").asString()).isEqualTo(uid);
    assertThat(list.get(0).has("api_token")).isFalse();
    assertThat(agent.get(SESSION).expect(200).json().get("user_name").asString())
        .isEqualTo("bob@lab.example");
    agent.get("/api/files").expect(200);
    assertThat(agent.post("/api/keys", "{\"name\":\"more\"}").status()).isEqualTo(403);
    Answer good = bob.get(TOKENS + "/" + uid + "/check").expect(200);
    assertThat(good.json().get("valid").asBoolean()).isTrue();
    assertThat(good.json().get("checked_at").asString()).endsWith("Z");

    bob.delete("/api/keys/" + uid).expect(204);
    assertThat(bob.get(TOKENS + "/" + uid + "/check").json().get("valid").asBoolean()).isFalse();
    Answer refused = agent.get(SESSION);
    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.json().get("error").asString()).isEqualTo("unauthorized");
    bob.delete(TOKENS + "/" + uid).expect(204);
    isUnknown(bob.get(TOKENS + "/" + uid + "/check"));
    isUnknown(bob.delete(TOKENS + "/" + uid));
    isUnknown(bob.delete(TOKENS + "/nonsense"));
    bob.post(TOKENS, "{\"name\":\"next\"}").expect(201);
  }

  private static void isUnknown(Answer answer) {
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.json().get("error").asString()).isEqualTo("token_not_found");
  }

  @Test
  void where_nobody_has_signed_in_a_program_lists_and_checks_the_tokens_of_the_machine() {
    program.delete(SESSION);
    String made =
        SERVER
            .newUser("absent@lab.example")
            .post(TOKENS, "{\"name\":\"of somebody away\"}")
            .expect(201)
            .json()
            .get("api_key_uid")
            .asString();

    isNobody(program.get(SESSION));
    Answer all = program.get(TOKENS).expect(200);
    assertThat(all.text()).contains(made, "absent@lab.example").doesNotContain("api_token\"");
    assertThat(
            program.get(TOKENS + "/" + made + "/check").expect(200).json().get("valid").asBoolean())
        .isTrue();
    isNobody(program.delete(TOKENS + "/" + made));
    isNobody(program.send(program.request(TOKENS).header("Via", "1.1 proxy").GET().build()));
    isNobody(TestServer.shared().anonymous().get(TOKENS));
  }

  @Test
  void a_token_ends_itself_and_no_key_ends_it() {
    TestClient erin = SERVER.newUser("erin@lab.example");
    JsonNode token = erin.post(TOKENS, "{\"name\":\"t\"}").expect(201).json();
    String path = TOKENS + "/" + token.get("api_key_uid").asString();
    JsonNode key = erin.post("/api/keys", "{\"name\":\"k\"}").expect(201).json();

    Answer refused = SERVER.withToken(key.at("/data/key").asString()).delete(path);
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.text()).contains("sign in first");
    TestClient agent = SERVER.withToken(token.get("api_token").asString());
    agent.delete(path).expect(204);
    assertThat(agent.get(SESSION).status()).isEqualTo(401);
  }

  @Test
  void tokens_of_others_are_not_seen_and_a_bad_request_is_a_validation_error() {
    TestClient carol = SERVER.newUser("carol@lab.example");
    TestClient dave = SERVER.newUser("dave@lab.example");
    String uid =
        carol.post(TOKENS, "{\"name\":\"c\"}").expect(201).json().get("api_key_uid").asString();

    assertThat(dave.get(TOKENS).expect(200).json().size()).isZero();
    isUnknown(dave.delete(TOKENS + "/" + uid));
    assertThat(SERVER.admin().get(TOKENS).expect(200).text()).contains(uid);
    for (String body : List.of("{}", "{\"name\":7}", "{\"name\":\"\"}", "{broken")) {
      Answer answer = dave.post(TOKENS, body);
      assertThat(answer.status()).as(body).isEqualTo(422);
      assertThat(answer.json().get("error").asString()).isEqualTo("validation_error");
      assertThat(answer.json().get("detail").isString()).isTrue();
    }
  }

  @Test
  void where_it_is_not_allowed_nobody_signs_in_on_the_machine() {
    TestServer other = TestServer.shared();
    Answer refused =
        other
            .anonymous()
            .send(
                "PUT",
                SESSION,
                Optional.of(
                    "{\"user_name\":\"%s\",\"password\":\"%s\"}"
                        .formatted(TestServer.ADMIN_EMAIL, TestServer.ADMIN_PASSWORD)));

    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.json().get("error").asString()).isEqualTo("forbidden");
    assertThat(refused.json().get("detail").asString()).contains("local-callers");
    isNobody(other.anonymous().get(SESSION));
  }
}

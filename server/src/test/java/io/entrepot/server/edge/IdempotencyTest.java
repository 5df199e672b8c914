// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.base.Id;
import io.entrepot.server.TestClient;
import io.entrepot.server.TestClient.Answer;
import io.entrepot.server.TestServer;
import io.entrepot.server.database.Database;
import io.entrepot.server.edge.answers.Answers;
import io.entrepot.server.edge.answers.Asked;
import io.entrepot.server.edge.answers.Claim;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** A request that is sent again has no second effect. */
class IdempotencyTest {

  private static final String KEYS = "/api/keys";
  private static final String CHANNELS = "/api/notification-configs";
  private static final AtomicInteger COUNTER = new AtomicInteger();

  private final TestServer server = TestServer.shared();

  private TestClient newUser() {
    return server.newUser("again" + COUNTER.incrementAndGet() + "@lab.example");
  }

  private static Answer post(TestClient client, String path, String body, String... keys) {
    HttpRequest.Builder request = client.request(path).header("Content-Type", "application/json");
    List.of(keys).forEach(key -> request.header("Idempotency-Key", key));
    return client.send(request.POST(BodyPublishers.ofString(body)).build());
  }

  private static String named(String name) {
    return "{\"name\":\"" + name + "\",\"colour\":\"red\"}";
  }

  private static int count(TestClient client, String path) {
    return client.get(path).expect(200).json().at("/pagination/total").asInt();
  }

  private static boolean isReplayed(Answer answer) {
    return answer.header("Idempotent-Replayed").isPresent();
  }

  private static void refused(Answer answer, int status, String code) {
    assertThat(answer.expect(status).json().at("/error/code").asString()).isEqualTo(code);
    assertThat(isReplayed(answer)).isFalse();
  }

  @Test
  void what_is_sent_again_gets_the_first_answer_and_changes_nothing() {
    TestClient user = newUser();
    Answer first = post(user, KEYS, named("nightly"), "retry-1").expect(201);
    Answer again = post(user, KEYS + "/", named("nightly"), "retry-1").expect(201);

    assertThat(isReplayed(first)).isFalse();
    assertThat(again.header("Idempotent-Replayed")).hasValue("true");
    assertThat(again.text()).isEqualTo(first.text()).contains("\"key\":\"ek_");
    for (String header : List.of("Content-Type", "X-Entrepot-Ignored-Fields", "Cache-Control")) {
      assertThat(again.header(header)).as(header).isPresent().isEqualTo(first.header(header));
    }
    assertThat(count(user, KEYS)).isEqualTo(1);

    assertThat(isReplayed(post(user, KEYS, named("nightly"), "retry-2").expect(201))).isFalse();
    post(user, KEYS, named("nightly")).expect(201);
    assertThat(count(user, KEYS)).isEqualTo(3);
  }

  @Test
  void a_key_is_its_accounts_own_and_good_for_one_place() {
    TestClient user = newUser();
    post(user, KEYS, named("mine"), "same").expect(201);

    Answer other = post(newUser(), KEYS, named("theirs"), "same").expect(201);
    assertThat(isReplayed(other)).isFalse();
    Answer elsewhere = post(user, "/api/auth/sessions/end-others", "", "same").expect(200);
    assertThat(isReplayed(elsewhere)).isFalse();
  }

  @Test
  void another_request_under_the_same_key_is_refused() {
    TestClient user = newUser();
    post(user, KEYS, named("a"), "k").expect(201);

    refused(post(user, KEYS, named("b"), "k"), 422, "IDEMPOTENCY_KEY_REUSED");
    refused(post(user, KEYS + "?x=1", named("a"), "k"), 422, "IDEMPOTENCY_KEY_REUSED");
    assertThat(count(user, KEYS)).isEqualTo(1);
  }

  @Test
  void what_was_refused_is_refused_again_without_another_look() {
    TestClient user = newUser();
    Answer first = post(user, KEYS, "{}", "k").expect(422);
    Answer again = post(user, KEYS, "{}", "k").expect(422);

    assertThat(again.text()).isEqualTo(first.text());
    assertThat(isReplayed(again)).isTrue();
  }

  @Test
  void of_many_at_once_one_has_an_effect() throws Exception {
    TestClient user = newUser();
    List<Future<Answer>> sent = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 8; i++) {
        sent.add(threads.submit(() -> post(user, KEYS, named("rush"), "rush")));
      }
    }
    int carriedOut = 0;
    for (Future<Answer> one : sent) {
      Answer answer = one.get();
      assertThat(answer.status()).as(answer.text()).isIn(201, 409);
      carriedOut += answer.status() == 201 && !isReplayed(answer) ? 1 : 0;
    }

    assertThat(carriedOut).isEqualTo(1);
    assertThat(count(user, KEYS)).isEqualTo(1);
  }

  @Test
  void while_the_first_is_being_carried_out_the_next_is_asked_to_wait() {
    TestClient user = newUser();
    JsonNode me = user.get("/users/me").expect(200).json();
    Id account = Id.fromUuid(UUID.fromString(me.get("id").asString()));
    Claim first =
        server
            .part(Answers.class)
            .claim(Asked.of(account, "POST " + KEYS, "slow", "", named("slow").getBytes(UTF_8)));
    assertThat(first).isInstanceOf(Claim.Yours.class);

    Answer next = post(user, KEYS, named("slow"), "slow");

    refused(next, 409, "IDEMPOTENCY_KEY_IN_USE");
    assertThat(next.header("Retry-After")).isPresent();
    assertThat(count(user, KEYS)).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "tab\there"})
  void a_malformed_key_is_refused(String key) {
    refused(post(newUser(), KEYS, named("x"), key), 400, "BAD_REQUEST");
  }

  @Test
  void a_key_too_long_and_two_keys_are_refused() {
    TestClient user = newUser();
    post(user, KEYS, named("x"), "k".repeat(255)).expect(201);

    refused(post(user, KEYS, named("x"), "k".repeat(256)), 400, "BAD_REQUEST");
    refused(post(user, KEYS, named("x"), "a", "b"), 400, "BAD_REQUEST");
  }

  @Test
  void after_a_fault_of_the_server_the_same_request_is_carried_out() {
    Database database = server.part(Database.class);
    TestClient admin = server.admin();
    String body =
        """
        {"name": "after a fault", "provider": "ntfy", "provider_config": {"url": "https://ntfy.sh/x"}}""";
    rename(database, "notice_channel", "notice_channel_away");
    try {
      post(admin, CHANNELS, body, "fault").expect(500);
    } finally {
      rename(database, "notice_channel_away", "notice_channel");
    }

    Answer made = post(admin, CHANNELS, body, "fault").expect(201);
    assertThat(isReplayed(made)).isFalse();
    admin.delete(CHANNELS + "/" + made.json().at("/data/id").asString()).expect(204);
  }

  private static void rename(Database database, String from, String to) {
    database.write(() -> database.sql("alter table " + from + " rename to " + to).update());
  }

  @Test
  void where_nobody_need_be_signed_in_and_at_other_doors_a_key_means_nothing() {
    TestClient admin = server.admin();
    String login =
        """
        {"username": "%s", "password": "%s"}"""
            .formatted(TestServer.ADMIN_EMAIL, TestServer.ADMIN_PASSWORD);
    Answer first = post(admin, "/api/auth/login", login, "k").expect(200);
    Answer again = post(admin, "/api/auth/login", login, "k").expect(200);
    assertThat(again.header("Set-Cookie")).isPresent().isNotEqualTo(first.header("Set-Cookie"));

    post(admin, "/api/groups", "{\"name\":\"one key\"}", "g").expect(201);
    assertThat(isReplayed(post(admin, "/api/groups", "{\"name\":\"one key 2\"}", "g"))).isFalse();
  }

  @Test
  void the_doors_of_backup_and_workspaces_take_keys_and_the_description_says_where() {
    assertThat(
            Endpoint.of(Access.SIGNED_IN, "GET POST", "/api/v1/workspaces")
                .takesIdempotencyKey("POST"))
        .isTrue();
    JsonNode paths = server.anonymous().get("/openapi.json").expect(200).json().get("paths");
    paths.forEachEntry(
        (path, item) ->
            item.forEachEntry(
                (method, operation) -> {
                  String name = method.toUpperCase(Locale.ROOT);
                  String plain = path.replace("{", "").replace("}", "");
                  boolean taken =
                      Endpoints.find(name, plain)
                          .filter(row -> row.takesIdempotencyKey(name))
                          .isPresent();
                  assertThat(operation.path("parameters").toString().contains("Idempotency-Key"))
                      .as(name + " " + path)
                      .isEqualTo(taken);
                }));
    assertThat(paths.at("/~1api~1keys/post/parameters/0/schema/type").asString())
        .isEqualTo("string");
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.server.TestClient;
import io.entrepot.server.TestClient.Answer;
import io.entrepot.server.TestServer;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What the description says of each operation is held against the server that runs. */
class OperationsTest {

  private static final String JSON = "application/json";
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final Set<String> WRITES = Set.of("post", "put", "patch");
  private static final String NOBODY = "00000000-0000-8000-8000-000000000000";
  private static final JsonMapper MAPPER = new JsonMapper();

  /** What others refer to is made first. */
  private static final List<String> FIRST =
      List.of(
          "/auth/register",
          "/api/service-accounts",
          "/api/storage-locations",
          "/api/instruments",
          "/api/schedules");

  private static final AtomicInteger LEAVERS = new AtomicInteger();

  private static TestServer server;
  private static TestClient admin;
  private static JsonNode paths;

  @BeforeAll
  static void start() {
    server = TestServer.start("--entrepot.sync.local-callers=true");
    admin = server.admin();
    paths = server.anonymous().get("/openapi.json").expect(200).json().get("paths");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private record Write(String method, String path, JsonNode operation) {

    String name() {
      return method + " " + path;
    }

    boolean takesBody() {
      return operation.has("requestBody");
    }

    boolean isForm() {
      return !operation.at("/requestBody/content").has(JSON);
    }

    JsonNode media() {
      return operation.at("/requestBody/content").get(isForm() ? FORM : JSON);
    }

    ObjectNode example() {
      return (ObjectNode) media().get("example");
    }

    JsonNode properties() {
      return media().get("schema").get("properties");
    }
  }

  private static List<Write> writes() {
    List<Write> writes = new ArrayList<>();
    paths.forEachEntry(
        (path, item) ->
            item.forEachEntry(
                (method, operation) -> {
                  if (WRITES.contains(method)) {
                    writes.add(new Write(method, path, operation));
                  }
                }));
    writes.sort(
        Comparator.comparingInt(OperationsTest::turn)
            .thenComparing(Write::path)
            .thenComparing(Write::method));
    return writes;
  }

  private static int turn(Write write) {
    int first = FIRST.indexOf(write.path());
    return first >= 0 ? first : write.path().contains("{") ? 100 : 50;
  }

  @Test
  void every_operation_says_in_words_what_it_is_for() {
    Set<String> described = new HashSet<>();
    paths.forEachEntry(
        (path, item) ->
            item.forEachEntry(
                (method, operation) -> {
                  String name = method.toUpperCase(Locale.ROOT) + " " + path;
                  described.add(OperationTexts.nameless(name));
                  assertThat(operation.path("summary").asString("")).as(name).hasSizeGreaterThan(5);
                }));

    assertThat(described).containsAll(OperationTexts.read().rows());
  }

  @Test
  void no_query_is_one_key_that_stands_for_all() {
    Set<String> names = new HashSet<>();
    paths.forEach(
        item ->
            item.forEach(
                operation ->
                    operation
                        .path("parameters")
                        .forEach(
                            parameter -> {
                              assertThat(parameter.at("/schema/type").asString(""))
                                  .as(parameter.toString())
                                  .isIn("string", "integer", "boolean");
                              names.add(parameter.get("name").asString());
                            })));

    assertThat(names)
        .contains("skip", "limit", "include_deleted", "instrument_id", "cursor", "since")
        .doesNotContain("keys", "query", "parameters");
  }

  /** Broken JSON is refused by whoever reads a body, and by nobody else. */
  @Test
  void an_operation_has_a_described_body_exactly_where_the_server_reads_one() {
    for (Write write : writes()) {
      Answer answer = send(write, filled(write.path(), Map.of()), "{");

      if (write.takesBody()) {
        assertThat(write.properties().size()).as(write.name()).isPositive();
        assertThat(answer.status()).as(write.name()).isIn(400, 404, 422);
      } else {
        assertThat(answer.status()).as(write.name() + answer.text()).isNotIn(400, 422);
      }
    }
  }

  @Test
  void every_example_is_taken_and_every_field_is_one_that_the_server_reads() {
    Map<String, String> made = new HashMap<>();
    int taken = 0;
    for (Write write : writes()) {
      if (!write.takesBody()) {
        continue;
      }
      String path = filled(write.path(), made);
      ObjectNode example = write.example().deepCopy();
      refer(example, made);
      Answer answer = send(write, path, text(write, example));
      assertThat(answer.status()).as(write.name() + example + answer.text()).isLessThan(500);
      assertThat(answer.status()).as(write.name() + example + answer.text()).isNotEqualTo(422);
      if (answer.status() < 300) {
        assertThat(write.operation().get("responses").propertyNames())
            .as(write.name())
            .contains(Integer.toString(answer.status()));
      }
      keep(write, answer, made);
      if (answer.status() != 404) {
        everyFieldIsRead(write, filled(write.path(), made), example);
        taken++;
      }
    }
    assertThat(taken).isGreaterThan(30);
  }

  private static void everyFieldIsRead(Write write, String path, ObjectNode example) {
    write
        .media()
        .get("schema")
        .path("required")
        .forEach(
            name -> {
              ObjectNode without = example.deepCopy();
              without.remove(name.asString());
              refused(write, send(write, path, text(write, without)), name.asString());
            });
    if (write.isForm()) {
      return;
    }
    write
        .properties()
        .forEachEntry(
            (name, schema) -> {
              ObjectNode wrong = example.deepCopy();
              boolean object = schema.get("type").toString().contains("object");
              wrong.set(name, object ? MAPPER.createArrayNode() : MAPPER.createObjectNode());
              Answer answer = send(write, path, wrong.toString());
              refused(write, answer, name);
              if (answer.text().contains("\"enum\"")) {
                schema
                    .path("enum")
                    .forEach(word -> assertThat(answer.text()).contains(word.asString()));
              }
            });
  }

  private static void refused(Write write, Answer answer, String field) {
    assertThat(answer.status()).as(write.name() + " " + field + answer.text()).isEqualTo(422);
    assertThat(answer.text()).as(write.name()).contains(field);
  }

  /** What ends sessions ends those of somebody who comes for nothing else. */
  private static Answer send(Write write, String path, String body) {
    boolean ends = path.endsWith("/logout") || path.endsWith("/end-others");
    TestClient client =
        ends ? server.newUser("leaver" + LEAVERS.incrementAndGet() + "@lab.example") : admin;
    boolean form = write.takesBody() && write.isForm();
    HttpRequest request =
        client
            .request(path)
            .header("Content-Type", form && !body.equals("{") ? FORM : JSON)
            .method(write.method().toUpperCase(Locale.ROOT), BodyPublishers.ofString(body))
            .build();
    return client.send(request);
  }

  private static String text(Write write, ObjectNode body) {
    if (!write.isForm()) {
      return body.toString();
    }
    List<String> pairs = new ArrayList<>();
    body.forEachEntry(
        (name, value) ->
            pairs.add(name + "=" + URLEncoder.encode(value.asString(), StandardCharsets.UTF_8)));
    return String.join("&", pairs);
  }

  private static String filled(String path, Map<String, String> made) {
    int brace = path.indexOf("/{");
    if (brace < 0) {
      return path;
    }
    String nobody = path.contains("notification-configs") ? "999999" : NOBODY;
    String id = made.getOrDefault(path.substring(0, brace), nobody);
    return path.replaceFirst("\\{[^}]*}", id).replaceAll("\\{[^}]*}", NOBODY);
  }

  private static void keep(Write write, Answer answer, Map<String, String> made) {
    if (answer.status() != 201) {
      return;
    }
    JsonNode thing = answer.json().has("data") ? answer.json().get("data") : answer.json();
    if (thing.has("id")) {
      String collection = write.path().equals("/auth/register") ? "/users" : write.path();
      made.putIfAbsent(collection, thing.get("id").asString());
    }
  }

  /** An example cannot know what was made here. */
  private static void refer(ObjectNode example, Map<String, String> made) {
    Map<String, String> targets =
        Map.of(
            "instrument_id", "/api/instruments",
            "default_storage_location_id", "/api/storage-locations",
            "user_id", "/users",
            "member_id", "/users",
            "grantee_id", "/users");
    targets.forEach(
        (field, collection) -> {
          if (example.has(field)) {
            example.put(field, made.get(collection));
          }
        });
  }
}

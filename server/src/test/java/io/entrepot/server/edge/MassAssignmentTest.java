// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.server.DrillSize;
import io.entrepot.server.TestClient;
import io.entrepot.server.TestClient.Answer;
import io.entrepot.server.TestServer;
import io.entrepot.server.database.Database;
import io.entrepot.server.database.Micros;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every body that makes or changes something, sent once as it is meant and once with fields that
 * are not the sender's to set: whose it is, what role it has, its id, its times. The second makes
 * what the first made.
 */
class MassAssignmentTest {

  private static final String ID = "0aaaaaaa-aaaa-8aaa-8aaa-aaaa00000000";
  private static final String TIME = "1999-09-09T09:09:09Z";
  private static final int NUMBER = 42_424_243;
  private static final String TEXT = "canary-of-an-alien-field";

  /** Whether everything is sent, on a server of its own; or what anybody may send. */
  private static final boolean OWN = DrillSize.of(0, 1, 1) > 0;

  private static final Set<String> WRITES = Set.of("post", "put", "patch");
  private static final JsonMapper MAPPER = new JsonMapper();

  /** What others refer to is made first. */
  private static final List<String> FIRST =
      List.of(
          "/auth/register",
          "/api/service-accounts",
          "/api/storage-locations",
          "/api/instruments",
          "/api/schedules");

  /** Fields by which somebody would help himself, with values that nothing has by itself. */
  private static final Map<String, Object> ALIEN = alien();

  private static TestServer server;
  private static TestClient admin;
  private static TestClient user;
  private static JsonNode paths;

  private final Map<String, String> made = new HashMap<>();
  private final List<String> wrong = new ArrayList<>();
  private int sent;

  private static Map<String, Object> alien() {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (String name :
        List.of(
            "id",
            "uid",
            "api_key_uid",
            "owner_id",
            "ownerId",
            "owner",
            "account_id",
            "account",
            "user_id",
            "user_sub",
            "requester_id",
            "created_by",
            "tenant_id",
            "group_id")) {
      fields.put(name, ID);
    }
    for (String name :
        List.of("created_at", "createdAt", "updated_at", "last_used_at", "deleted_at")) {
      fields.put(name, TIME);
    }
    for (String name : List.of("quota", "quota_bytes", "version", "failures", "last_status_code")) {
      fields.put(name, NUMBER);
    }
    for (String name :
        List.of("prefix", "key", "token_hash", "hashed_password", "admin_notes", "persistent_id")) {
      fields.put(name, TEXT);
    }
    fields.put("role", "admin");
    fields.put("roles", List.of("admin"));
    fields.put("is_superuser", true);
    fields.put("isSuperuser", true);
    fields.put("is_admin", true);
    fields.put("is_verified", true);
    fields.put("verified", true);
    fields.put("is_active", false);
    fields.put("active", false);
    fields.put("status", "approved");
    fields.put("scope", "admin");
    fields.put("__proto__", Map.of("is_superuser", true));
    return fields;
  }

  @BeforeAll
  static void start() {
    server = OWN ? TestServer.start() : TestServer.shared();
    admin = server.admin();
    user = server.newUser("taker@lab.example");
    paths = server.anonymous().get("/openapi.json").expect(200).json().get("paths");
  }

  @AfterAll
  static void stop() {
    if (OWN) {
      server.close();
    }
  }

  private record Write(String method, String path, JsonNode media) {

    String call() {
      return method.toUpperCase(Locale.ROOT) + " " + path;
    }

    ObjectNode example() {
      return (ObjectNode) media.get("example").deepCopy();
    }

    /** Those that are no fields of this body. */
    Map<String, Object> alien() {
      return ALIEN.entrySet().stream()
          .filter(field -> !media.get("schema").get("properties").has(field.getKey()))
          .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private int turn() {
      int first = FIRST.indexOf(path);
      return first >= 0 ? first : path.contains("{") ? 100 : 50;
    }
  }

  private static List<Write> writes() {
    List<Write> writes = new ArrayList<>();
    paths.forEachEntry(
        (path, item) ->
            item.forEachEntry(
                (method, operation) -> {
                  JsonNode media = operation.at("/requestBody/content/application~1json");
                  if (WRITES.contains(method) && media.has("example")) {
                    writes.add(new Write(method, path, media));
                  }
                }));
    writes.sort(
        Comparator.comparingInt(Write::turn)
            .thenComparing(Write::path)
            .thenComparing(Write::method));
    return writes;
  }

  @Test
  void no_body_sets_what_is_not_its_senders_to_set() {
    for (Write write : writes().stream().filter(MassAssignmentTest::isSent).toList()) {
      Answer plain = send(write, body(write, Map.of()), "");
      keep(write, plain);
      compare(write, plain, send(write, body(write, write.alien()), ""), "in its body");
      compare(write, plain, send(write, body(write, Map.of()), query(write)), "in its query");
    }
    List<String> stored = stored();
    assertThat(wrong).isEmpty();
    assertThat(stored).as("rows with a value that nobody could set").isEmpty();
    assertThat(sent).isGreaterThan(DrillSize.of(15, 60, 60));
    DrillSize.tell("%d bodies with %d alien fields each set none", sent, ALIEN.size());
  }

  private static TestClient sender(Write write) {
    return switch (access(write)) {
      case PUBLIC -> server.anonymous();
      case SIGNED_IN, SIGNED_IN_OR_LOCAL, LOGIN -> user;
      case ADMIN, ADMIN_LOGIN, SUPERUSER, SUPERUSER_LOGIN, MONITOR -> admin;
    };
  }

  private static Access access(Write write) {
    String path = write.path().replaceAll("\\{[^}]*}", "x");
    return Endpoints.find(write.method().toUpperCase(Locale.ROOT), path).orElseThrow().access();
  }

  private static boolean isSent(Write write) {
    return OWN
        || write.path().equals("/auth/register")
        || Set.of(Access.SIGNED_IN, Access.LOGIN).contains(access(write));
  }

  private ObjectNode body(Write write, Map<String, Object> more) {
    ObjectNode body = write.example();
    sent++;
    for (String field : List.of("user_id", "member_id", "grantee_id")) {
      refer(body, field, "/auth/register");
    }
    refer(body, "instrument_id", "/api/instruments");
    refer(body, "default_storage_location_id", "/api/storage-locations");
    if (body.has("email")) {
      body.put("email", "alien" + sent + "@lab.example");
    }
    if (write.path().endsWith("/api-tokens")) {
      endTokens();
    }
    more.forEach((name, value) -> body.set(name, MAPPER.valueToTree(value)));
    return body;
  }

  /** Nobody has two at once. */
  private static void endTokens() {
    String tokens = "/api/v1/auth/local/api-tokens";
    for (JsonNode earlier : user.get(tokens).expect(200).json()) {
      user.delete(tokens + "/" + earlier.get("api_key_uid").asString());
    }
  }

  private void refer(ObjectNode body, String field, String collection) {
    if (body.has(field) && made.containsKey(collection)) {
      body.put(field, made.get(collection));
    }
  }

  private Answer send(Write write, ObjectNode body, String query) {
    return sender(write)
        .send(
            write.method().toUpperCase(Locale.ROOT),
            filled(write.path()) + query,
            Optional.of(body.toString()));
  }

  private static String query(Write write) {
    return write.alien().entrySet().stream()
        .map(
            field ->
                field.getKey()
                    + "="
                    + URLEncoder.encode(field.getValue().toString(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&", "?", ""));
  }

  private String filled(String path) {
    int brace = path.indexOf("/{");
    if (brace < 0) {
      return path;
    }
    String collection = path.startsWith("/users/") ? "/auth/register" : path.substring(0, brace);
    String id = made.getOrDefault(collection, ID);
    return path.replaceFirst("\\{[^}]*}", id);
  }

  private void keep(Write write, Answer answer) {
    if (answer.status() == 201) {
      JsonNode thing = thing(answer);
      if (thing.has("id")) {
        made.putIfAbsent(write.path(), thing.get("id").asString());
      }
    }
  }

  private static JsonNode thing(Answer answer) {
    JsonNode json = answer.json();
    return json.has("data") ? json.get("data") : json;
  }

  /** Refused or taken, but never another thing than without these fields. */
  private void compare(Write write, Answer plain, Answer more, String where) {
    if (more.status() >= 500) {
      wrong.add(write.call() + " with them " + where + " gave " + more.status());
    }
    if (more.status() >= 300 || plain.status() >= 300 || more.bytes().length == 0) {
      return;
    }
    JsonNode with = thing(more);
    JsonNode without = thing(plain);
    write
        .alien()
        .forEach(
            (name, value) -> {
              boolean is = with.has(name) && with.get(name).equals(MAPPER.valueToTree(value));
              boolean was = without.has(name) && without.get(name).equals(with.get(name));
              if (is && !was) {
                wrong.add(write.call() + " took " + name + " " + where + ": " + more.text());
              }
            });
  }

  /** Rows that hold one of the values, and accounts that got to be more than they are. */
  private static List<String> stored() {
    Database database = server.part(Database.class);
    List<String> found = new ArrayList<>();
    Set<String> marks =
        Set.of(
            ID,
            ID.replace("-", "").substring(0, 24),
            TEXT,
            Integer.toString(NUMBER),
            Long.toString(Micros.of(Instant.parse(TIME))));
    for (String table : Tables.all(database)) {
      for (Map<String, Object> row : database.sql("select * from " + table).query().listOfRows()) {
        String text = Tables.text(row);
        if (marks.stream().anyMatch(text::contains)) {
          found.add(table + " " + text);
        }
      }
    }
    return found;
  }
}

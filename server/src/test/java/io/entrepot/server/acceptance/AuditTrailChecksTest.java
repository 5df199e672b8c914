// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.server.TestClient;
import io.entrepot.server.TestClient.Answer;
import io.entrepot.server.TestServer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the audit log says of where a change came from, and how it is asked and taken away. */
class AuditTrailChecksTest {

  private static final AtomicInteger COUNTER = new AtomicInteger();
  private static final JsonMapper MAPPER = new JsonMapper();

  private final TestServer server = TestServer.shared();
  private final TestClient admin = server.admin();

  private String group(TestClient by) {
    String body = "{\"name\":\"audited " + COUNTER.incrementAndGet() + "\"}";
    return by.post("/api/groups", body).expect(201).json().get("id").asString();
  }

  private JsonNode newest(String query) {
    return admin.get("/api/audit?" + query).expect(200).json().at("/data/0");
  }

  @Test
  void a_change_says_from_where_and_with_which_credential_it_came() {
    JsonNode key =
        admin
            .post("/api/keys", "{\"name\":\"=nightly\",\"scope\":\"admin\"}")
            .expect(201)
            .json()
            .get("data");
    String byKey = group(server.withToken(key.get("key").asString()));
    String byLogin = group(admin);

    JsonNode told = newest("entity_type=group&entity_id=" + byKey);
    assertThat(told.get("action").asString()).isEqualTo("create");
    assertThat(told.get("actor").asString()).isEqualTo(TestServer.ADMIN_EMAIL);
    assertThat(told.get("address").asString()).isEqualTo("127.0.0.1");
    assertThat(told.get("credential_kind").asString()).isEqualTo("api_key");
    assertThat(told.get("credential_id").asString()).isEqualTo(key.get("id").asString());
    assertThat(told.get("credential").asString())
        .isEqualTo(key.get("prefix").asString() + " =nightly");
    JsonNode login = newest("entity_type=group&entity_id=" + byLogin);
    assertThat(login.get("credential_kind").asString()).isEqualTo("session");
    assertThat(login.get("credential").asString()).isEqualTo("jwt");
    String session = login.get("credential_id").asString();
    assertThat(admin.get("/api/auth/sessions?limit=1000").expect(200).text()).contains(session);

    Answer page = admin.get("/ui/audit?thing=group").expect(200);
    assertThat(page.text()).contains("API key · " + key.get("prefix").asString());
    assertThat(page.text()).contains("/api/audit/export?entity_type=group&amp;format=csv");
    assertThat(admin.get("/api/audit?limit=1000").text()).doesNotContain(key.get("key").asString());
  }

  @Test
  void what_the_list_holds_is_had_as_a_file_too_in_lines_and_in_cells() {
    String id = group(admin);
    String query = "entity_type=group&entity_id=" + id;
    admin.patch("/api/groups/" + id, "{\"description\":\"says \\\"so\\\",\\n twice\"}").expect(200);
    JsonNode list = admin.get("/api/audit?" + query).expect(200).json();
    assertThat(list.at("/pagination/total").asInt()).isEqualTo(2);

    Answer lines = admin.get("/api/audit/export?format=jsonl&" + query).expect(200);
    assertThat(lines.header("Content-Type").orElse("")).startsWith("application/jsonl");
    assertThat(lines.header("Content-Disposition").orElse("")).contains("audit.jsonl");
    List<JsonNode> records = new ArrayList<>();
    lines.text().lines().forEach(line -> records.add(MAPPER.readTree(line)));
    assertThat(records).hasSize(2);
    assertThat(records.getFirst().get("id")).isEqualTo(list.at("/data/0/id"));
    assertThat(records.getFirst().get("changes")).isEqualTo(list.at("/data/0/changes"));
    assertThat(records.getFirst().get("address")).isEqualTo(list.at("/data/0/address"));

    Answer cells = admin.get("/api/audit/export?" + query).expect(200);
    assertThat(cells.header("Content-Type").orElse("")).startsWith("text/csv");
    String[] rows = cells.text().split("\r\n", -1);
    assertThat(rows).hasSize(4);
    assertThat(rows[0])
        .as("the fields of the list")
        .isEqualTo("\"" + String.join("\",\"", list.at("/data/0").propertyNames()) + "\"");
    assertThat(rows[1]).contains("\"update\",\"group\",\"" + id + "\"").contains("\"127.0.0.1\"");
    assertThat(rows[1]).contains("says \\\"\"so\\\"\"");
    assertThat(rows[2]).contains("\"create\"");
  }

  /** What begins as a formula would be reckoned by the program that opens the file. */
  @Test
  void no_cell_of_the_file_begins_as_a_formula() {
    String email = "=1+" + COUNTER.incrementAndGet() + "@lab.example";
    server.newUser(email).post("/api/keys", "{\"name\":\"mine\"}").expect(201);

    String query = "?actor=" + URLEncoder.encode(email, StandardCharsets.UTF_8);
    Answer cells = admin.get("/api/audit/export" + query).expect(200);

    assertThat(cells.text()).contains("\"'" + email + "\"").doesNotContain(",\"" + email + "\"");
  }

  @Test
  void a_file_longer_than_what_is_read_at_once_has_each_record_once() {
    String key = admin.post("/api/keys", "{\"name\":\"0\"}").json().at("/data/id").asString();
    for (int i = 1; i <= 505; i++) {
      admin.patch("/api/keys/" + key, "{\"name\":\"" + i + "\"}").expect(200);
    }

    Answer lines =
        admin
            .get("/api/audit/export?format=jsonl&entity_type=api_key&entity_id=" + key)
            .expect(200);
    assertThat(lines.text().lines().toList()).hasSize(506).doesNotHaveDuplicates();
  }

  @Test
  void records_are_asked_for_by_who_what_and_when() {
    String email = "asked" + COUNTER.incrementAndGet() + "@lab.example";
    TestClient user = server.newUser(email);
    String me = user.get("/users/me").expect(200).json().get("id").asString();
    user.post("/api/keys", "{\"name\":\"mine\"}").expect(201);

    String who = "actor=" + email;
    assertThat(newest(who + "&action=create").get("entity_type").asString()).isEqualTo("api_key");
    assertThat(newest("actor_id=" + me).get("actor").asString()).isEqualTo(email);
    String today = newest(who).get("time").asString().substring(0, 10);
    assertThat(newest(who + "&since=" + today + "&until=" + today).isMissingNode()).isFalse();
    assertThat(newest(who + "&until=2001-01-01").isMissingNode()).isTrue();
    assertThat(newest(who + "&since=" + today + "T00:00:00Z").isMissingNode()).isFalse();
    assertThat(newest("actor=nobody@lab.example").isMissingNode()).isTrue();
    admin.delete("/users/" + me).expect(204);
    assertThat(newest(who).isMissingNode()).as("of somebody deleted").isFalse();
    String page = admin.get("/ui/audit?who=" + email + "&since=" + today).expect(200).text();
    assertThat(page.replaceAll("<[^>]*>", "")).contains("added API key");

    for (String bad :
        List.of(
            "actor_id=x",
            "actor=" + email + "&actor_id=" + me,
            "entity_id=" + me,
            "since=yesterday",
            "since=-999999999-01-01",
            "since=%2B300000-01-01T00:00:00Z",
            "until=2026-13-01")) {
      for (String path : List.of("/api/audit?", "/api/audit/export?")) {
        Answer refused = admin.get(path + bad);
        assertThat(refused.status()).as(bad).isEqualTo(400);
        assertThat(refused.json().at("/error/code").asString()).isEqualTo("INVALID_PARAMETER");
      }
    }
    assertThat(admin.get("/api/audit/export?format=pdf").status()).isEqualTo(400);
    assertThat(admin.get("/ui/audit?since=x&thing=%3Cb%3E&page=x").status()).isEqualTo(200);
    TestClient other = server.newUser("curious-" + email);
    assertThat(other.get("/api/audit").status()).isEqualTo(403);
    assertThat(other.get("/api/audit/export").status()).isEqualTo(403);
  }
}

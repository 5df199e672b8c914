// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.server.TestClient;
import io.entrepot.server.TestClient.Answer;
import io.entrepot.server.TestServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The harvest door's promises about groups, projects, API keys and the audit log. */
class PeopleChecksTest {

  private static final AtomicInteger COUNTER = new AtomicInteger();

  private final TestServer server = TestServer.shared();
  private final TestClient admin = server.admin();

  private static String newEmail() {
    return "member" + COUNTER.incrementAndGet() + "@lab.example";
  }

  private static String idOf(TestClient client) {
    return client.get("/users/me").expect(200).json().get("id").asString();
  }

  @Test
  void groups_are_made_changed_deleted_and_restored() {
    String name = "group " + COUNTER.incrementAndGet();
    Answer made = admin.post("/api/groups", "{\"name\":\"" + name + "\",\"other\":1}").expect(201);
    String path = "/api/groups/" + made.json().get("id").asString();

    assertThat(made.json().get("created_at").asString()).endsWith("Z");
    assertThat(admin.post("/api/groups", "{\"name\":\"" + name + "\"}").status()).isEqualTo(409);
    assertThat(admin.post("/api/groups", "{}").status()).isEqualTo(422);
    assertThat(admin.patch(path, "{\"name\":null}").status()).isEqualTo(422);
    Answer changed = admin.patch(path, "{\"description\":\"d\"}").expect(200);
    assertThat(changed.json().get("name").asString()).isEqualTo(name);
    assertThat(changed.json().get("description").asString()).isEqualTo("d");
    admin.delete(path).expect(204);
    assertThat(admin.get(path).text()).isEqualTo("{\"detail\":\"Group not found\"}");
    assertThat(admin.get("/api/groups?limit=500").text()).doesNotContain(name);
    assertThat(admin.get("/api/groups?limit=500&include_deleted=true").text()).contains(name);
    admin.post(path + "/restore").expect(200);
    assertThat(admin.post(path + "/restore").text())
        .isEqualTo("{\"detail\":\"Deleted group not found\"}");
    assertThat(admin.get("/api/groups?limit=501").status()).isEqualTo(422);
    assertThat(admin.get("/api/groups/no-uuid").json().at("/detail/0/loc/0").asString())
        .isEqualTo("path");
  }

  @Test
  void members_see_their_groups_and_projects() {
    TestClient user = server.newUser(newEmail());
    String id = idOf(user);
    String group = made("groups");
    String project = made("projects");
    String members = "/api/groups/" + group + "/members";

    admin.post(members, "{\"user_id\":\"" + id + "\"}").expect(201);
    assertThat(admin.post(members, "{\"user_id\":\"" + id + "\"}").status()).isEqualTo(409);
    assertThat(admin.post(members, "{\"user_id\":\"" + group + "\"}").status()).isEqualTo(422);
    admin
        .post(
            "/api/projects/" + project + "/members",
            "{\"member_type\":\"group\",\"member_id\":\"" + group + "\"}")
        .expect(201);

    Answer me = user.get("/api/me").expect(200);
    assertThat(me.json().get("id").asString()).isEqualTo(id);
    assertThat(me.json().at("/groups/0/id").asString()).isEqualTo(group);
    assertThat(me.json().at("/projects/0/id").asString()).isEqualTo(project);
    assertThat(admin.get("/api/admin/users/" + id + "/projects").text()).contains(project);
    assertThat(admin.get(members).json().size()).isEqualTo(1);
    admin.delete(members + "/" + id).expect(204);
    assertThat(admin.delete(members + "/" + id).status()).isEqualTo(404);
    assertThat(user.get("/api/me").json().get("projects").size()).isZero();
  }

  private String made(String kind) {
    String name = kind + " " + COUNTER.incrementAndGet();
    Answer answer = admin.post("/api/" + kind, "{\"name\":\"" + name + "\"}");
    return answer.expect(201).json().get("id").asString();
  }

  @Test
  void an_administrator_lists_deletes_and_restores_people_but_not_himself() {
    TestClient user = server.newUser(newEmail());
    String path = "/api/admin/users/" + idOf(user);

    assertThat(admin.get("/api/admin/users?limit=500").text()).contains(idOf(user));
    admin.delete(path).expect(204);
    assertThat(admin.delete(path).status()).isEqualTo(404);
    admin.post(path + "/restore").expect(200);
    assertThat(admin.delete("/api/admin/users/" + idOf(admin)).status()).isEqualTo(400);
  }

  @Test
  void an_api_key_for_reading_reads_and_changes_nothing() {
    Answer made =
        admin.post("/api/me/api-keys", "{\"name\":\"monitor\",\"scope\":\"read\"}").expect(201);
    TestClient key = server.withToken(made.json().get("key").asString());

    key.get("/api/groups").expect(200);
    assertThat(key.post("/api/groups", "{\"name\":\"no\"}").status()).isEqualTo(403);
    String newAdmin =
        "{\"email\":\"%s\",\"password\":\"long enough\",\"role\":\"admin\"}".formatted(newEmail());
    assertThat(key.post("/auth/register", newAdmin).status()).isEqualTo(403);
    assertThat(admin.get("/api/me/api-keys").text())
        .contains(made.json().get("prefix").asString())
        .doesNotContain(made.json().get("key").asString());
    admin.delete("/api/me/api-keys/" + made.json().get("id").asString()).expect(204);
    assertThat(key.get("/api/groups").status()).isEqualTo(401);
  }

  @Test
  @Check("harvest 44")
  void the_audit_log_knows_who_did_what_and_no_secret() {
    String email = newEmail();
    TestClient user = server.newUser(email);
    String id = idOf(user);
    admin.delete("/users/" + id).expect(204);
    admin.post("/api/admin/users/" + id + "/restore").expect(200);
    admin.patch("/users/" + id, "{\"password\":\"a canary password\"}").expect(200);

    Answer log = admin.get("/api/admin/audit-logs?entity_type=user&limit=500").expect(200);
    assertThat(log.json().propertyNames())
        .containsExactlyInAnyOrder("items", "total", "skip", "limit");
    for (String action : new String[] {"create", "login", "delete", "restore", "update"}) {
      Answer found = admin.get("/api/admin/audit-logs?limit=500&action=" + action).expect(200);
      assertThat(found.text()).as(action).contains(id);
    }
    assertThat(log.text()).doesNotContain("canary", "a password of");
    assertThat(user.get("/api/admin/audit-logs").status()).isEqualTo(401);
    assertThat(admin.get("/api/admin/audit-logs?since=2999-01-01").json().get("total").asInt())
        .isZero();
    assertThat(admin.get("/api/admin/audit-logs?until=soon").status()).isEqualTo(422);
  }

  @Test
  void forgotten_passwords_and_bad_links_are_answered_as_promised() {
    TestClient anonymous = server.anonymous();
    String nobody = "{\"email\":\"nobody@lab.example\"}";
    assertThat(anonymous.post("/auth/forgot-password", nobody).status()).isEqualTo(202);
    assertThat(anonymous.post("/auth/request-verify-token", nobody).status()).isEqualTo(202);
    assertThat(
            anonymous
                .post("/auth/reset-password", "{\"token\":\"x\",\"password\":\"long enough\"}")
                .text())
        .isEqualTo("{\"detail\":\"RESET_PASSWORD_BAD_TOKEN\"}");
    assertThat(anonymous.post("/auth/verify", "{\"token\":\"x\"}").text())
        .isEqualTo("{\"detail\":\"VERIFY_USER_BAD_TOKEN\"}");
  }

  @Test
  void links_are_asked_for_a_few_times_and_then_refused_whether_there_is_an_account_or_not() {
    TestClient anonymous = server.anonymous();
    server.newUser("forgets-often@lab.example");
    for (String email : List.of("forgets-often@lab.example", "never-seen@lab.example")) {
      String body = "{\"email\":\"%s\"}".formatted(email);
      for (int i = 0; i < 5; i++) {
        String path = i % 2 == 0 ? "/auth/forgot-password" : "/auth/request-verify-token";
        assertThat(anonymous.post(path, body).status()).as("%s %d", email, i).isEqualTo(202);
      }
      Answer refused = anonymous.post("/auth/forgot-password", body);
      assertThat(refused.status()).as(email).isEqualTo(429);
      assertThat(refused.header("Retry-After")).as(email).isPresent();
      assertThat(refused.text()).doesNotContain(email);
    }
  }

  @Test
  void guessing_is_slowed_down_whatever_address_the_header_claims() {
    TestClient anonymous = server.anonymous();
    String form = "username=guessed" + COUNTER.incrementAndGet() + "@lab.example&password=wrong";
    int refused = 0;
    for (int i = 0; i < 25; i++) {
      Answer answer =
          anonymous.send(
              anonymous
                  .request(i % 2 == 0 ? "/auth/jwt/login" : "/auth/cookie/login")
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .header("X-Forwarded-For", "203.0.113." + i)
                  .POST(BodyPublishers.ofString(form))
                  .build());
      if (answer.status() == 429) {
        refused++;
        assertThat(Long.parseLong(answer.header("Retry-After").orElseThrow())).isBetween(1L, 600L);
      }
    }

    assertThat(refused).isEqualTo(5);
  }
}

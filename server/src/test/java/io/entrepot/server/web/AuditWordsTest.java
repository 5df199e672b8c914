// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.server.TestClient;
import io.entrepot.server.TestServer;
import io.entrepot.server.identity.Actor;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The audit log as its page tells it: who it was about is never lost. */
class AuditWordsTest {

  private static final AtomicInteger COUNTER = new AtomicInteger();

  private final TestServer server = TestServer.shared();
  private final TestClient admin = server.admin();

  private static String unique(String word) {
    return word + COUNTER.incrementAndGet();
  }

  private String page(String query) {
    return admin.get("/ui/audit?" + query).expect(200).text().replaceAll("<[^>]*>", "");
  }

  private String made(String collection, String body) {
    return admin.post(collection, body).expect(201).json().get("id").asString();
  }

  private static String idOf(TestClient user) {
    return user.get("/users/me").expect(200).json().get("id").asString();
  }

  /** A project with somebody and a group in it. */
  private void letIn(String person, String group) {
    String members = "/api/projects/" + made("/api/projects", named(unique("into "))) + "/members";
    admin.post(members, "{\"member_type\":\"user\",\"member_id\":\"" + person + "\"}").expect(201);
    admin.post(members, "{\"member_type\":\"group\",\"member_id\":\"" + group + "\"}").expect(201);
  }

  private static String named(String name) {
    return "{\"name\":\"" + name + "\"}";
  }

  @Test
  void somebody_who_was_let_in_is_named_after_they_were_deleted_too() {
    String email = unique("left") + "@lab.example";
    String person = idOf(server.newUser(email));
    String name = unique("night shift ");
    String group = made("/api/groups", named(name));
    letIn(person, group);
    assertThat(page("thing=project")).contains(email, name).doesNotContain(email + " (deleted)");

    admin.delete("/api/admin/users/" + person).expect(204);
    admin.delete("/api/groups/" + group).expect(204);

    assertThat(page("thing=project"))
        .contains(email + " (deleted)", name + " (deleted)")
        .doesNotContain("one that was deleted");
  }

  @Test
  void whoever_nobody_knows_by_name_is_told_by_the_id_and_the_house_by_its_name() {
    AuditWords words = server.part(AuditWords.class);
    String stranger = "0123456789abcdef01234567";

    assertThat(words.changes(change("member", stranger), words.names()))
        .first()
        .extracting(line -> line.after().text())
        .isEqualTo(stranger);
    assertThat(words.changes(change("account", Actor.HOUSE.account().hex()), words.names()))
        .first()
        .extracting(line -> line.after().text())
        .isEqualTo("entrepot");
  }

  private static String change(String field, String after) {
    return "{\"" + field + "\":{\"before\":null,\"after\":\"" + after + "\"}}";
  }

  @Test
  void who_failed_to_sign_in_or_asked_for_a_link_is_told_in_a_sentence() {
    String email = unique("forgets") + "@lab.example";
    server.newUser(email);
    for (String address : new String[] {email, unique("nobody") + "@lab.example"}) {
      server
          .anonymous()
          .post("/api/auth/login", "{\"username\":\"" + address + "\",\"password\":\"wrong one\"}");
      server
          .anonymous()
          .post("/auth/forgot-password", "{\"email\":\"" + address + "\"}")
          .expect(202);
    }

    assertThat(page("action=login_failed"))
        .contains("failed to sign in as " + email, "failed to sign in as an unknown address");
    assertThat(page("action=link_asked"))
        .contains(
            "asked for a recovery link for " + email,
            "asked for a recovery link for an unknown address");
  }
}

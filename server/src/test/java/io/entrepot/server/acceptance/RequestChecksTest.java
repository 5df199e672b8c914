// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.server.TestClient;
import io.entrepot.server.TestClient.Answer;
import io.entrepot.server.TestServer;
import org.junit.jupiter.api.Test;

/** The harvest door's promises about asking for an instrument and being told the answer. */
class RequestChecksTest {

  private static final String WISH =
      "{\"name\":\"NMR 4\",\"location\":\"B12\",\"harvest_frequency\":\"daily\","
          + "\"justification\":\"our group measures on it\"}";

  private final TestServer server = TestServer.shared();

  @Test
  void a_request_reaches_the_administrators_and_the_decision_its_author() {
    TestClient admin = server.admin();
    TestClient user = server.newUser("asker@lab.example");
    TestClient other = server.newUser("bystander@lab.example");
    long before = unread(admin);

    Answer made = user.post("/api/instrument-requests", WISH).expect(201);
    String path = "/api/instrument-requests/" + made.json().get("id").asString();
    assertThat(made.json().get("status").asString()).isEqualTo("pending");
    assertThat(unread(admin)).isEqualTo(before + 1);
    assertThat(other.get(path).text()).isEqualTo("{\"detail\":\"Request not found\"}");
    assertThat(other.get("/api/instrument-requests").json().get("total").asInt()).isZero();
    assertThat(user.patch(path, "{\"status\":\"approved\"}").status()).isEqualTo(403);
    assertThat(user.post("/api/instrument-requests", "{}").json().get("detail").size())
        .isEqualTo(4);

    admin.patch(path, "{\"status\":\"approved\",\"admin_notes\":\"next week\"}").expect(200);
    assertThat(admin.patch(path, "{\"status\":\"maybe\"}").status()).isEqualTo(422);
    Answer told = user.get("/api/notifications").expect(200);
    assertThat(told.json().size()).isEqualTo(1);
    assertThat(told.json().at("/0/message").asString()).contains("approved", "next week");
    assertThat(told.json().at("/0/read").asBoolean()).isFalse();
    String notice = "/api/notifications/" + told.json().at("/0/id").asString();
    assertThat(other.post(notice + "/read").status()).isEqualTo(404);
    user.post(notice + "/read").expect(200);
    assertThat(unread(user)).isZero();
    user.post(notice + "/dismiss").expect(204);
    assertThat(user.get("/api/notifications").text()).isEqualTo("[]");
    admin.post("/api/notifications/read-all").expect(204);
    assertThat(unread(admin)).isZero();
  }

  private static long unread(TestClient client) {
    Answer answer = client.get("/api/notifications/unread-count").expect(200);
    return answer.json().get("count").asLong();
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.acceptance;

import static io.entrepot.server.acceptance.HarvestFixture.json;
import static io.entrepot.server.acceptance.HarvestFixture.list;
import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.server.TestClient;
import io.entrepot.server.TestServer;
import io.entrepot.server.acceptance.HarvestFixture.Line;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server on which access to an instrument is not access to its files, and whose administrators
 * may see passwords.
 */
class AccessPolicyTest {

  private static TestServer server;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    server =
        TestServer.start(
            "--entrepot.harvest.instrument_access=harvest-only",
            "--entrepot.harvest.show-passwords=true");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void a_password_is_shown_to_administrators_where_that_is_set_and_the_audit_log_says_so() {
    TestClient admin = server.admin();
    String account =
        admin
            .post(
                "/api/service-accounts",
                json("name", "nmr", "username", "u", "password", "canary-password"))
            .expect(201)
            .json()
            .get("id")
            .asString();
    String path = "/api/service-accounts/" + account + "/password";

    assertThat(admin.get(path).expect(200).text()).isEqualTo("{\"password\":\"canary-password\"}");
    server.newUser("curious@lab.example").get(path).expect(403);

    String log = admin.get("/api/admin/audit-logs?entity_id=" + account).expect(200).text();
    assertThat(log).contains("\"action\":\"reveal\"").doesNotContain("canary");
  }

  @Test
  void with_harvest_only_access_to_an_instrument_shows_its_name_and_nothing_of_its_files() {
    TestClient admin = server.admin();
    HarvestFixture fixture = new HarvestFixture(server, folder);
    Line line = fixture.line();
    line.put("a.dat", "a");
    String run = fixture.harvest(line).get("id").asString();
    String file = fixture.file(line, "a.dat").get("id").asString();
    TestClient user = server.newUser("u@lab.example");
    String id = user.get("/users/me").json().get("id").asString();
    admin
        .post("/api/instruments/" + line.instrument() + "/access", json("user_id", id))
        .expect(201);

    assertThat(list(user, "/api/me/instruments"))
        .extracting(instrument -> instrument.get("name").asString())
        .containsExactly(line.name());
    for (String path : List.of("/api/files", "/api/transfers", "/api/runs")) {
      assertThat(list(user, path)).as(path).isEmpty();
    }
    user.get("/api/files/" + file).expect(404);
    user.get("/api/files/" + file + "/content").expect(404);
    user.get("/api/runs/" + run).expect(404);

    assertThat(admin.get("/ui/instruments/" + line.instrument() + "/access").expect(200).text())
        .contains("sees that it is there")
        .doesNotContain("sees all its files");
    assertThat(admin.get("/ui/files/" + file + "/access").expect(200).text())
        .doesNotContain("those who may see its instrument");

    admin
        .post("/api/files/" + file + "/access", json("grantee_type", "user", "grantee_id", id))
        .expect(201);
    user.get("/api/files/" + file + "/content").expect(200);
    assertThat(list(user, "/api/transfers")).hasSize(1);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.acceptance;

import static io.entrepot.server.acceptance.HarvestFixture.id;
import static io.entrepot.server.acceptance.HarvestFixture.json;
import static io.entrepot.server.acceptance.HarvestFixture.map;
import static io.entrepot.server.acceptance.HarvestFixture.unique;
import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.server.TestClient;
import io.entrepot.server.TestClient.Answer;
import io.entrepot.server.TestServer;
import io.entrepot.server.acceptance.HarvestFixture.Line;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What the audit log says of a change: which secret was replaced, and what was pointed to. */
class AuditChecksTest {

  private static final String MASKED = "{\"before\":\"***\",\"after\":\"***\"}";

  @TempDir Path folder;

  private final TestServer server = TestServer.shared();
  private final TestClient admin = server.admin();
  private HarvestFixture fixture;

  @BeforeEach
  void prepare() {
    fixture = new HarvestFixture(server, folder);
  }

  /** The changes of the newest entry about a thing. */
  private JsonNode changes(String thing, String action) {
    Answer log = admin.get("/api/admin/audit-logs?limit=500&action=" + action).expect(200);
    for (JsonNode entry : log.json().get("items")) {
      if (entry.get("entity_id").asString().equals(thing)) {
        return entry.get("changes");
      }
    }
    throw new AssertionError("no entry " + action + " about " + thing);
  }

  @Test
  void a_password_that_was_replaced_is_told_without_it() {
    String account =
        id(
            admin.post(
                "/api/service-accounts",
                json("name", unique("account"), "username", "u", "password", "Umbra-Canary-1")));
    String path = "/api/service-accounts/" + account;

    admin.patch(path, json("password", "Umbra-Canary-2")).expect(200);

    assertThat(changes(account, "update").propertyNames()).containsExactly("password");
    assertThat(changes(account, "update").get("password").toString()).isEqualTo(MASKED);
    admin.patch(path, json("private_key", "Umbra-Canary-3")).expect(200);
    assertThat(changes(account, "update").toString())
        .isEqualTo("{\"private_key\":{\"before\":null,\"after\":\"***\"}}");
    admin.patch(path, json("password", "Umbra-Canary-2")).expect(200);
    assertThat(changes(account, "update")).as("the same once more").isEmpty();
    assertThat(admin.get("/api/admin/audit-logs?limit=500").text()).doesNotContain("Canary");
  }

  @Test
  void a_secret_of_a_store_that_was_replaced_is_told_without_it() {
    String share =
        fixture.storage(
            "cifs", "/x", "host", "h", "share", "s", "username", "u", "password", "Siena-Canary-1");
    String path = "/api/storage-locations/" + share;

    admin.patch(path, json("connection_config", map("password", "Siena-Canary-2"))).expect(200);

    JsonNode changes = changes(share, "update");
    assertThat(changes.propertyNames()).containsExactly("connection_config.password");
    assertThat(changes.get("connection_config.password").toString()).isEqualTo(MASKED);
    admin.patch(path, json("connection_config", map("password", "****"))).expect(200);
    assertThat(changes(share, "update")).as("kept").isEmpty();
  }

  @Test
  void what_is_pointed_to_is_told_by_the_id_that_its_own_door_knows() {
    Line line = fixture.line();
    String hook = fixture.fileFilter(line, "min_size_bytes", 0);
    line.put("a.dat", "a");
    String run = fixture.trigger(line.schedule());
    fixture.ended(run);

    JsonNode schedule = changes(line.schedule(), "create");
    assertThat(schedule.at("/instrument_id/after").asString()).isEqualTo(line.instrument());
    assertThat(schedule.at("/default_storage_location_id/after").asString())
        .isEqualTo(line.storage());
    assertThat(changes(hook, "create").at("/instrument_id/after").asString())
        .isEqualTo(line.instrument());
    assertThat(changes(line.schedule(), "trigger").at("/run/after").asString()).isEqualTo(run);
    String account =
        id(
            admin.post(
                "/api/service-accounts",
                json("name", unique("account"), "username", "u", "password", "p")));
    admin
        .patch("/api/instruments/" + line.instrument(), json("service_account_id", account))
        .expect(200);
    assertThat(changes(line.instrument(), "update").at("/service_account_id/after").asString())
        .isEqualTo(account);
    assertThat(
            admin.post("/api/runs/" + run + "/retry").expect(409).json().get("detail").asString())
        .contains(run);
  }
}

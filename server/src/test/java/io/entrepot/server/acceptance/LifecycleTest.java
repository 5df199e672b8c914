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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Whatever administrators set up is made, changed, deleted and brought back, all on record. */
class LifecycleTest {

  private static final String NOBODY = "00000000-0000-8000-8000-000000000000";

  @TempDir Path folder;

  private final TestServer server = TestServer.shared();
  private final TestClient admin = server.admin();
  private HarvestFixture fixture;

  @BeforeEach
  void prepare() {
    fixture = new HarvestFixture(server, folder);
  }

  /** One of each kind: its path, what a refusal calls it, and a change that can be made to it. */
  private record Thing(String collection, String called, String id, Map<String, Object> change) {

    String path() {
      return collection + "/" + id;
    }

    String changed() {
      return change.keySet().iterator().next();
    }
  }

  private List<Thing> things() {
    Line line = fixture.line();
    String account =
        id(
            admin.post(
                "/api/service-accounts",
                json("name", unique("account"), "username", "u", "password", "Purpur-und-Siena")));
    String hook = fixture.fileFilter(line, "exclude_patterns", List.of("*.tmp"));
    String unused = fixture.storage(fixture.newFolder("store"));
    return List.of(
        new Thing("/api/schedules", "schedule", line.schedule(), map("enabled", false)),
        new Thing("/api/hooks", "hook", hook, map("priority", 7)),
        new Thing("/api/storage-locations", "storage location", unused, map("name", unique("s"))),
        new Thing("/api/service-accounts", "service account", account, map("username", "other")),
        new Thing("/api/instruments", "instrument", line.instrument(), map("location", "room 4")));
  }

  private List<String> ids(String list) {
    List<String> ids = new ArrayList<>();
    JsonNode answer = admin.get(list).expect(200).json();
    JsonNode items = answer.isArray() ? answer : answer.get("items");
    items.forEach(item -> ids.add(item.get("id").asString()));
    return ids;
  }

  private static String change(Thing thing) {
    return json(thing.changed(), thing.change().get(thing.changed()));
  }

  @Test
  void each_of_them_is_changed_deleted_hidden_shown_on_demand_and_brought_back() {
    for (Thing thing : things()) {
      JsonNode changed = admin.patch(thing.path(), change(thing)).expect(200).json();
      assertThat(changed.get(thing.changed()).asString())
          .isEqualTo(String.valueOf(thing.change().get(thing.changed())));

      assertThat(admin.delete(thing.path()).expect(204).bytes()).isEmpty();
      for (Answer gone :
          List.of(
              admin.get(thing.path()),
              admin.patch(thing.path(), "{}"),
              admin.delete(thing.path()))) {
        assertThat(gone.status()).as(thing.called()).isEqualTo(404);
        assertThat(gone.json().get("detail").asString())
            .isEqualToIgnoringCase(thing.called() + " not found");
      }
      assertThat(ids(thing.collection() + "?limit=500")).doesNotContain(thing.id());
      assertThat(ids(thing.collection() + "?limit=500&include_deleted=true")).contains(thing.id());

      JsonNode back = admin.post(thing.path() + "/restore").expect(200).json();
      assertThat(back.get("deleted_at").isNull()).isTrue();
      assertThat(ids(thing.collection() + "?limit=500")).contains(thing.id());
      assertThat(admin.post(thing.path() + "/restore").expect(404).json().get("detail").asString())
          .isEqualTo("Deleted " + thing.called() + " not found");
    }
  }

  @Test
  @Check("harvest 44")
  void each_step_of_each_of_them_is_audited_with_who_did_it() {
    for (Thing thing : things()) {
      admin.patch(thing.path(), change(thing)).expect(200);
      admin.delete(thing.path()).expect(204);
      admin.post(thing.path() + "/restore").expect(200);

      Map<String, JsonNode> entries = audited(thing.id());
      assertThat(entries.keySet())
          .as(thing.called())
          .contains("create", "update", "delete", "restore");
      assertThat(entries.get("update").get("changes").toString()).contains(thing.changed());
      assertThat(entries.values())
          .allSatisfy(e -> assertThat(e.toString()).contains(TestServer.ADMIN_EMAIL));
    }
  }

  /** The entries about one thing, by action. */
  private Map<String, JsonNode> audited(String thing) {
    Map<String, JsonNode> entries = new HashMap<>();
    for (JsonNode entry : admin.get("/api/admin/audit-logs?limit=500").json().get("items")) {
      if (entry.get("entity_id").asString().equals(thing)) {
        entries.put(entry.get("action").asString(), entry);
      }
    }
    return entries;
  }

  @Test
  @Check("harvest 44")
  void who_triggers_and_who_grants_and_revokes_is_audited() {
    Line line = fixture.line();
    line.put("a.dat", "a");
    fixture.harvest(line);
    assertThat(audited(line.schedule())).containsKey("trigger");

    TestClient user = server.newUser(unique("grantee").replace(' ', '-') + "@lab.example");
    String person = user.get("/users/me").json().get("id").asString();
    String file = fixture.file(line, "a.dat").get("id").asString();
    String access = "/api/files/" + file + "/access";
    String grant = id(admin.post(access, json("grantee_type", "user", "grantee_id", person)));
    admin.delete(access + "/" + grant).expect(204);
    assertThat(audited(file)).containsKeys("grant", "revoke");

    String instrument = "/api/instruments/" + line.instrument() + "/access";
    admin.post(instrument, json("user_id", person)).expect(201);
    admin.delete(instrument + "/" + person).expect(204);
    assertThat(audited(line.instrument())).containsKeys("grant", "revoke");
  }

  @Test
  @Check("harvest 44")
  void no_secret_of_a_store_or_an_account_is_in_the_audit_log() {
    String bucket =
        fixture.storage(
            "s3",
            "/x",
            "bucket",
            "b",
            "region",
            "r",
            "access_key_id",
            "k",
            "secret_access_key",
            "Karmin-Canary-1");
    String share =
        fixture.storage(
            "cifs",
            "/x",
            "host",
            "h",
            "share",
            "s",
            "username",
            "u",
            "password",
            "Karmin-Canary-2");
    String account =
        id(
            admin.post(
                "/api/service-accounts",
                json("name", unique("account"), "username", "u", "password", "Karmin-Canary-3")));
    String changed = "Karmin-Canary-4";
    admin.patch("/api/service-accounts/" + account, json("password", changed)).expect(200);

    for (String thing : List.of(bucket, share, account)) {
      assertThat(audited(thing)).containsKey("create");
      assertThat(audited(thing).toString()).doesNotContain("Karmin-Canary");
    }
    assertThat(audited(account)).containsKey("update");
  }

  @Test
  void a_reference_of_a_schedule_or_a_hook_is_changed_to_what_there_is_and_to_nothing_else() {
    Line line = fixture.line();
    Line other = fixture.line();
    String schedule = "/api/schedules/" + line.schedule();
    String hook = "/api/hooks/" + fixture.fileFilter(line, "exclude_patterns", List.of("*.tmp"));

    for (String[] reference :
        new String[][] {
          {schedule, "default_storage_location_id", other.storage()},
          {schedule, "instrument_id", other.instrument()},
          {hook, "instrument_id", other.instrument()},
        }) {
      JsonNode changed =
          admin.patch(reference[0], json(reference[1], reference[2])).expect(200).json();
      assertThat(changed.get(reference[1]).asString()).isEqualTo(reference[2]);
      assertThat(admin.get(reference[0]).json()).isEqualTo(changed);

      Answer unknown = admin.patch(reference[0], json(reference[1], NOBODY)).expect(422);
      assertThat(unknown.json().at("/detail/0/type").asString()).isEqualTo("reference_not_found");
      assertThat(unknown.json().at("/detail/0/loc/1").asString()).isEqualTo(reference[1]);
    }
  }
}

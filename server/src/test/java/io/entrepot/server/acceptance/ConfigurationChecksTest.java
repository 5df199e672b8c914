// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.acceptance;

import static io.entrepot.server.acceptance.HarvestFixture.id;
import static io.entrepot.server.acceptance.HarvestFixture.json;
import static io.entrepot.server.acceptance.HarvestFixture.unique;
import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.server.TestClient;
import io.entrepot.server.TestClient.Answer;
import io.entrepot.server.TestServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The harvest door's promises about what administrators set up. */
class ConfigurationChecksTest {

  private static final String NOBODY = "00000000-0000-8000-8000-000000000000";
  private static final String PASSWORD = "Zinnober-und-Ultramarin";

  @TempDir Path folder;

  private final TestServer server = TestServer.shared();
  private final TestClient admin = server.admin();
  private HarvestFixture fixture;

  @BeforeEach
  void prepare() {
    fixture = new HarvestFixture(server, folder);
  }

  private static JsonNode problem(Answer answer, int number) {
    return answer.expect(422).json().get("detail").get(number);
  }

  private static List<String> places(Answer answer) {
    List<String> places = new ArrayList<>();
    for (JsonNode problem : answer.expect(422).json().get("detail")) {
      List<String> steps = new ArrayList<>();
      problem.get("loc").forEach(step -> steps.add(step.asString()));
      places.add(problem.get("type").asString() + " " + String.join(".", steps));
    }
    return places;
  }

  private String account() {
    return id(
        admin.post(
            "/api/service-accounts",
            json("name", unique("account"), "username", "devuser", "password", PASSWORD)));
  }

  private String instrument(String name) {
    return id(
        admin.post(
            "/api/instruments", json("name", name, "cifs_host", "nmr.lab", "cifs_share", "data")));
  }

  @Test
  @Check("harvest 1")
  void health_is_told_to_anybody() {
    Answer answer = server.anonymous().get("/health");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo("{\"status\":\"ok\"}");
  }

  @Test
  @Check("harvest 2")
  void the_documentation_names_its_description_and_nothing_foreign() {
    Answer page = server.anonymous().get("/docs").expect(200);

    assertThat(page.header("Content-Type").orElseThrow()).startsWith("text/html");
    assertThat(page.text()).contains("/openapi.json");
    assertThat(page.text()).doesNotContain("http://", "https://");
    Set<String> paths =
        new HashSet<>(
            server
                .anonymous()
                .get("/openapi.json")
                .expect(200)
                .json()
                .get("paths")
                .propertyNames());
    assertThat(paths)
        .contains(
            "/health",
            "/auth/register",
            "/auth/jwt/login",
            "/api/instruments",
            "/api/instruments/{id}",
            "/api/storage-locations",
            "/api/storage-locations/{id}",
            "/api/service-accounts",
            "/api/service-accounts/{id}",
            "/api/schedules",
            "/api/schedules/{id}",
            "/api/schedules/{id}/trigger",
            "/api/hooks",
            "/api/hooks/{id}",
            "/api/files",
            "/api/files/{id}",
            "/api/transfers",
            "/api/transfers/{id}");
  }

  @Test
  @Check("harvest 10")
  void an_instrument_without_an_address_is_refused_naming_both_fields() {
    Answer answer = admin.post("/api/instruments", json("name", "spectrometer"));

    assertThat(places(answer)).containsExactly("missing body.cifs_host", "missing body.cifs_share");
    assertThat(problem(answer, 0).get("msg").asString()).isEqualTo("Field required");
    assertThat(problem(answer, 0).get("input").get("name").asString()).isEqualTo("spectrometer");
  }

  @Test
  @Check("harvest 11")
  void an_instrument_lives_is_deleted_and_comes_back_switched_off() {
    String name = unique("spectrometer");
    JsonNode made =
        admin
            .post(
                "/api/instruments",
                json("name", name, "cifs_host", "h", "cifs_share", "s", "colour", "red"))
            .expect(201)
            .json();
    assertThat(made.propertyNames())
        .contains(
            "id",
            "name",
            "description",
            "location",
            "pid",
            "cifs_host",
            "cifs_share",
            "cifs_base_path",
            "service_account_id",
            "transfer_adapter",
            "transfer_config",
            "enabled",
            "last_harvested_at",
            "created_at",
            "updated_at",
            "deleted_at")
        .doesNotContain("colour");
    assertThat(made.get("transfer_adapter").asString()).isEqualTo("rclone");
    assertThat(made.get("created_at").asString()).endsWith("Z");

    String path = "/api/instruments/" + made.get("id").asString();
    assertThat(admin.get(path).expect(200).json()).isEqualTo(made);
    JsonNode moved = admin.patch(path, json("location", "room 4")).expect(200).json();
    assertThat(moved.get("location").asString()).isEqualTo("room 4");
    assertThat(moved.get("name").asString()).isEqualTo(name);
    JsonNode cleared = admin.patch(path, "{\"location\":null}").expect(200).json();
    assertThat(cleared.get("location").isNull()).isTrue();

    Answer deleted = admin.delete(path).expect(204);
    assertThat(deleted.bytes()).isEmpty();
    for (Answer gone : List.of(admin.get(path), admin.patch(path, "{}"), admin.delete(path))) {
      assertThat(gone.status()).isEqualTo(404);
      assertThat(gone.text()).isEqualTo("{\"detail\":\"Instrument not found\"}");
    }
    assertThat(admin.get("/api/instruments?limit=500").text()).doesNotContain(name + "\"");
    assertThat(admin.get("/api/instruments?limit=500&include_deleted=true").text())
        .contains(name + "\"");
    JsonNode back = admin.post(path + "/restore").expect(200).json();
    assertThat(back.get("enabled").asBoolean()).isFalse();
    assertThat(back.get("deleted_at").isNull()).isTrue();
    assertThat(admin.post(path + "/restore").expect(404).text())
        .isEqualTo("{\"detail\":\"Deleted instrument not found\"}");
  }

  @Test
  @Check("harvest 12")
  void a_reference_is_checked_and_a_name_cannot_be_cleared() {
    String path = "/api/instruments/" + instrument(unique("spectrometer"));
    String account = account();

    JsonNode changed = admin.patch(path, json("service_account_id", account)).expect(200).json();
    assertThat(changed.get("service_account_id").asString()).isEqualTo(account);
    assertThat(places(admin.patch(path, json("service_account_id", NOBODY))))
        .containsExactly("reference_not_found body.service_account_id");
    assertThat(places(admin.patch(path, json("service_account_id", "no uuid"))))
        .containsExactly("uuid_parsing body.service_account_id");
    for (String field : List.of("name", "cifs_host", "cifs_share", "enabled", "transfer_adapter")) {
      assertThat(admin.patch(path, "{\"" + field + "\":null}").status()).as(field).isEqualTo(422);
    }
    assertThat(admin.patch(path, json("name", "x".repeat(256))).status()).isEqualTo(422);
    assertThat(admin.patch(path, json("name", "")).status()).isEqualTo(422);
    assertThat(admin.patch(path, "{\"service_account_id\":null}").expect(200).text())
        .contains("\"service_account_id\":null");
  }

  @Test
  @Check("harvest 13")
  void lists_come_in_pages_that_do_not_overlap() {
    try (TestServer own = TestServer.start()) {
      TestClient root = own.admin();
      for (int i = 0; i < 30; i++) {
        root.post(
                "/api/instruments",
                json("name", "instrument " + i, "cifs_host", "h", "cifs_share", "s"))
            .expect(201);
      }
      JsonNode first = root.get("/api/instruments").expect(200).json();
      assertThat(first.get("items").size()).isEqualTo(25);
      assertThat(first.get("total").asInt()).isEqualTo(30);
      assertThat(first.get("skip").asInt()).isZero();
      assertThat(first.get("limit").asInt()).isEqualTo(25);
      JsonNode second = root.get("/api/instruments?skip=25").expect(200).json();
      Set<String> ids = new HashSet<>();
      first.get("items").forEach(item -> ids.add(item.get("id").asString()));
      second.get("items").forEach(item -> ids.add(item.get("id").asString()));
      assertThat(second.get("items").size()).isEqualTo(5);
      assertThat(ids).hasSize(30);

      assertThat(places(root.get("/api/instruments?limit=501")))
          .containsExactly("less_than_equal query.limit");
      assertThat(places(root.get("/api/instruments?limit=0")))
          .containsExactly("greater_than_equal query.limit");
      assertThat(places(root.get("/api/instruments?skip=-1")))
          .containsExactly("greater_than_equal query.skip");
      assertThat(places(root.get("/api/instruments?limit=many")))
          .containsExactly("int_parsing query.limit");
      Answer bare =
          root.send(
              root.request("/api/instruments")
                  .header("Accept", "application/vnd.entrepot.list+json")
                  .GET()
                  .build());
      assertThat(bare.expect(200).json().isArray()).isTrue();
    }
  }

  @Test
  @Check("harvest 17")
  void a_schedule_needs_a_readable_cron_expression_and_live_things() {
    String instrument = instrument(unique("spectrometer"));
    String storage = fixture.storage(fixture.newFolder("store"));

    for (String cron :
        List.of("garbage", "* * * *", "61 * * * *", "0 0 31 2 *", "", "* * * * * *")) {
      Answer bad =
          admin.post("/api/schedules", HarvestFixture.scheduleBody(instrument, storage, cron));
      assertThat(places(bad))
          .as(cron)
          .hasSize(1)
          .first()
          .asString()
          .endsWith("body.cron_expression");
    }
    assertThat(
            places(
                admin.post(
                    "/api/schedules", HarvestFixture.scheduleBody(NOBODY, storage, "@hourly"))))
        .containsExactly("reference_not_found body.instrument_id");
    assertThat(
            places(
                admin.post(
                    "/api/schedules", HarvestFixture.scheduleBody(instrument, NOBODY, "@hourly"))))
        .containsExactly("reference_not_found body.default_storage_location_id");

    JsonNode one =
        admin
            .post(
                "/api/schedules",
                HarvestFixture.scheduleBody(instrument, storage, "*/15 8-17 * * mon-fri"))
            .expect(201)
            .json();
    JsonNode other =
        admin
            .post("/api/schedules", HarvestFixture.scheduleBody(instrument, storage, "@daily"))
            .expect(201)
            .json();
    assertThat(one.propertyNames())
        .contains(
            "id",
            "instrument_id",
            "default_storage_location_id",
            "cron_expression",
            "prefect_deployment_id",
            "enabled",
            "created_at",
            "updated_at",
            "deleted_at");
    assertThat(one.get("cron_expression").asString()).isEqualTo("*/15 8-17 * * mon-fri");
    assertThat(one.get("prefect_deployment_id").asString())
        .hasSize(36)
        .isNotEqualTo(other.get("prefect_deployment_id").asString());
    String path = "/api/schedules/" + one.get("id").asString();
    assertThat(places(admin.patch(path, json("cron_expression", "garbage"))))
        .first()
        .asString()
        .endsWith("body.cron_expression");
    admin.patch(path, json("enabled", false)).expect(200);
    admin.delete(path).expect(204);
    assertThat(admin.get(path).expect(404).json().get("detail").asString())
        .isEqualTo("Schedule not found");
    assertThat(admin.post(path + "/restore").expect(200).json().get("enabled").asBoolean())
        .isFalse();
  }

  @Test
  void a_schedule_for_something_switched_off_is_refused() {
    String instrument = instrument(unique("spectrometer"));
    String storage = fixture.storage(fixture.newFolder("store"));
    admin.patch("/api/instruments/" + instrument, json("enabled", false)).expect(200);

    Answer refused =
        admin.post("/api/schedules", HarvestFixture.scheduleBody(instrument, storage, "@daily"));

    assertThat(places(refused)).containsExactly("value_error body.instrument_id");
  }

  @Test
  void a_hook_that_cannot_work_is_refused_when_it_is_made() {
    String base = "{\"name\":\"h\",\"trigger\":\"post_transfer\",\"implementation\":";
    for (String rest :
        List.of(
            "\"builtin\",\"builtin_name\":\"no_such_thing\"}",
            "\"builtin\"}",
            "\"python_script\"}",
            "\"http_webhook\"}",
            "\"builtin\",\"builtin_name\":\"metadata_enrichment\","
                + "\"config\":{\"rules\":[{\"pattern\":\"(?P<a\"}]}}",
            "\"builtin\",\"builtin_name\":\"metadata_enrichment\",\"config\":{\"rules\":7}}",
            "\"builtin\",\"builtin_name\":\"access_assignment\","
                + "\"config\":{\"grants\":[{\"grantee_type\":\"cat\",\"match_field\":\"x\"}]}}",
            "\"builtin\",\"builtin_name\":\"metadata_enrichment\",\"instrument_id\":\""
                + NOBODY
                + "\"}",
            "\"else\"}")) {
      assertThat(admin.post("/api/hooks", base + rest).status()).as(rest).isEqualTo(422);
    }
    Answer made =
        admin.post(
            "/api/hooks",
            base
                + "\"builtin\",\"builtin_name\":\"metadata_enrichment\",\"config\":null,"
                + "\"enabled\":false}");
    assertThat(made.expect(201).json().propertyNames())
        .doesNotContain("created_at", "updated_at")
        .contains("priority", "instrument_id", "webhook_url", "script_path", "deleted_at");
    assertThat(admin.get("/api/hooks/builtins").expect(200).json().size()).isEqualTo(3);
    admin.delete("/api/hooks/" + id(made)).expect(204);
  }

  @Test
  @Check("harvest 40")
  void filters_and_ids_must_be_uuids() {
    for (String path : List.of("/api/files?instrument_id=x", "/api/transfers?file_id=x")) {
      assertThat(places(admin.get(path)).getFirst()).startsWith("uuid_parsing query.");
    }
    assertThat(places(admin.get("/api/files/x"))).containsExactly("uuid_parsing path.file_id");
    assertThat(admin.get("/api/files/" + NOBODY).text())
        .isEqualTo("{\"detail\":\"File not found\"}");
    assertThat(admin.get("/api/files/11111111-2222-4333-8444-555555555555").status())
        .isEqualTo(404);
    assertThat(admin.get("/api/files?instrument_id=" + NOBODY).expect(200).text()).isEqualTo("[]");
    assertThat(admin.get("/api/transfers?file_id=" + NOBODY).expect(200).text()).isEqualTo("[]");
  }
}

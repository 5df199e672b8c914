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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What administrators change: field by field, at the same time, and while things are off. */
class ChangesTest {

  private static final String NOBODY = "00000000-0000-8000-8000-000000000000";

  @TempDir Path folder;

  private final TestServer server = TestServer.shared();
  private final TestClient admin = server.admin();
  private HarvestFixture fixture;

  @BeforeEach
  void prepare() {
    fixture = new HarvestFixture(server, folder);
  }

  /** One of each, by its address, with two fields that can be changed. */
  private Map<String, List<String>> oneOfEach() {
    Line line = fixture.line();
    Map<String, List<String>> all = new LinkedHashMap<>();
    all.put("/api/instruments/" + line.instrument(), List.of("description", "location"));
    all.put("/api/hooks/" + fixture.fileFilter(line), List.of("description", "name"));
    all.put(
        "/api/service-accounts/"
            + id(
                admin.post(
                    "/api/service-accounts",
                    json("name", unique("account"), "username", "u", "password", "p"))),
        List.of("username", "domain"));
    for (String path : List.of("/api/groups", "/api/projects")) {
      String team = id(admin.post(path, json("name", unique("team"))));
      all.put(path + "/" + team, List.of("name", "description"));
    }
    return all;
  }

  @Test
  void two_people_who_change_different_fields_at_the_same_time_both_have_their_way()
      throws Exception {
    try (ExecutorService people = Executors.newFixedThreadPool(2)) {
      for (var entry : oneOfEach().entrySet()) {
        for (int round = 0; round < 10; round++) {
          String value = unique("value");
          List<Future<Answer>> answers =
              entry.getValue().stream()
                  .map(field -> json(field, value))
                  .map(body -> people.submit(() -> admin.patch(entry.getKey(), body)))
                  .toList();
          for (Future<Answer> answer : answers) {
            answer.get().expect(200);
          }
          JsonNode now = admin.get(entry.getKey()).expect(200).json();
          for (String field : entry.getValue()) {
            assertThat(now.get(field).asString()).as(entry.getKey() + " " + field).isEqualTo(value);
          }
        }
      }
    }
  }

  @Test
  void what_is_wrong_with_a_change_is_told_before_that_there_is_nothing_to_change() {
    for (String path :
        List.of(
            "/api/instruments",
            "/api/storage-locations",
            "/api/service-accounts",
            "/api/hooks",
            "/api/groups",
            "/api/projects")) {
      admin.patch(path + "/" + NOBODY, "{\"name\":7}").expect(422);
      admin.patch(path + "/" + NOBODY, "{}").expect(404);
    }
    admin.patch("/api/schedules/" + NOBODY, "{\"timezone\":7}").expect(422);
    admin.patch("/api/schedules/" + NOBODY, "{}").expect(404);
  }

  @Test
  void a_schedule_points_elsewhere_when_it_is_sent_an_id_that_exists() {
    Line line = fixture.line();
    Line other = fixture.line();
    String address = "/api/schedules/" + line.schedule();

    JsonNode changed =
        admin.patch(address, json("instrument_id", other.instrument())).expect(200).json();

    assertThat(changed.get("instrument_id").asString()).isEqualTo(other.instrument());
    assertThat(changed.get("default_storage_location_id").asString()).isEqualTo(line.storage());
    String hook = "/api/hooks/" + fixture.fileFilter(line);
    assertThat(
            admin
                .patch(hook, json("instrument_id", other.instrument()))
                .expect(200)
                .json()
                .get("instrument_id")
                .asString())
        .isEqualTo(other.instrument());
    admin.patch(address, json("instrument_id", NOBODY)).expect(422);
    admin.patch(hook, json("instrument_id", NOBODY)).expect(422);
  }

  @Test
  void a_schedule_says_what_becomes_of_the_runs_it_missed() {
    Line line = fixture.line();
    String address = "/api/schedules/" + line.schedule();
    assertThat(admin.get(address).expect(200).json().get("misfire").asString())
        .isEqualTo("coalesce");

    JsonNode changed = admin.patch(address, json("misfire", "skip")).expect(200).json();
    assertThat(changed.get("misfire").asString()).isEqualTo("skip");
    assertThat(
            admin
                .patch(address, json("timezone", "Asia/Tokyo"))
                .expect(200)
                .json()
                .get("misfire")
                .asString())
        .isEqualTo("skip");
    JsonNode problem =
        admin.patch(address, json("misfire", "never")).expect(422).json().get("detail").get(0);
    assertThat(problem.at("/loc/1").asString()).isEqualTo("misfire");
  }

  @Test
  void a_deleted_schedule_is_off_and_comes_back_off() {
    Line line = fixture.line();
    String address = "/api/schedules/" + line.schedule();
    admin.delete(address).expect(204);

    JsonNode deleted =
        items("/api/schedules?include_deleted=true&limit=500").stream()
            .filter(one -> one.get("id").asString().equals(line.schedule()))
            .findFirst()
            .orElseThrow();
    assertThat(deleted.get("enabled").asBoolean()).isFalse();
    assertThat(deleted.get("deleted_at").isNull()).isFalse();
    assertThat(admin.post(address + "/restore").expect(200).json().get("enabled").asBoolean())
        .isFalse();
  }

  @Test
  void a_schedule_whose_instrument_is_off_can_be_paused_but_not_switched_on_again() {
    Line line = fixture.line();
    String address = "/api/schedules/" + line.schedule();
    admin.patch("/api/instruments/" + line.instrument(), "{\"enabled\":false}").expect(200);

    assertThat(
            admin
                .patch(address, "{\"enabled\":false}")
                .expect(200)
                .json()
                .get("enabled")
                .asBoolean())
        .isFalse();
    admin.patch(address, json("timezone", "Europe/Berlin")).expect(200);
    JsonNode problem =
        admin.patch(address, "{\"enabled\":true}").expect(422).json().get("detail").get(0);
    assertThat(problem.at("/loc/1").asString()).isEqualTo("instrument_id");
  }

  @Test
  void of_an_instrument_with_one_store_that_is_off_the_others_are_filled_and_it_is_named() {
    Line line = fixture.line();
    String off = fixture.storage(fixture.newFolder("off"));
    String second = fixture.schedule(line.instrument(), off);
    admin.patch("/api/storage-locations/" + off, "{\"enabled\":false}").expect(200);

    JsonNode answer =
        admin.post("/api/instruments/" + line.instrument() + "/harvest").expect(200).json();

    assertThat(answer.get("triggered")).hasSize(1);
    assertThat(answer.at("/triggered/0/schedule_id").asString()).isEqualTo(line.schedule());
    fixture.completed(answer.at("/triggered/0/flow_run_id").asString());
    assertThat(answer.get("errors")).hasSize(1);
    assertThat(answer.at("/errors/0/schedule_id").asString()).isEqualTo(second);
    assertThat(answer.at("/errors/0/error").asString()).contains("storage location");

    admin.patch("/api/storage-locations/" + line.storage(), "{\"enabled\":false}").expect(200);
    admin.post("/api/instruments/" + line.instrument() + "/harvest").expect(409);
  }

  @Test
  void a_hook_can_be_tried_on_a_file_that_is_not_there() {
    Line line = fixture.line();
    String filter =
        fixture.fileFilter(
            line,
            "exclude_patterns",
            List.of("*.tmp"),
            "redirect_rules",
            List.of(map("pattern", "*.raw", "destination", "raw")));
    JsonNode skipped = trial(filter, json("path", "a/b.tmp"));
    assertThat(skipped.get("action").asString()).isEqualTo("skip");
    assertThat(skipped.get("reason").asString()).isNotEmpty();
    assertThat(trial(filter, json("path", "a/b.txt")).get("action").asString())
        .isEqualTo("proceed");
    assertThat(trial(filter, json("path", "a.raw")).get("destination").asString()).isEqualTo("raw");

    String naming =
        fixture.hook(
            line,
            "post_transfer",
            "metadata_enrichment",
            0,
            map("rules", List.of(map("source", "filename", "pattern", "(?P<sample>\\w+)_.*"))));
    assertThat(
            trial(naming, json("path", "x/water_1.dx", "size", 7))
                .at("/metadata/sample")
                .asString())
        .isEqualTo("water");
    JsonNode refusal =
        admin.post("/api/hooks/" + filter + "/test", "{}").expect(422).json().get("detail");
    assertThat(refusal.at("/0/loc/1").asString()).isEqualTo("path");
    admin.post("/api/hooks/" + NOBODY + "/test", json("path", "a")).expect(404);
  }

  private JsonNode trial(String hook, String body) {
    return admin.post("/api/hooks/" + hook + "/test", body).expect(200).json();
  }

  @Test
  void access_to_an_instrument_is_taken_back_by_the_query_as_well() {
    Line line = fixture.line();
    String access = "/api/instruments/" + line.instrument() + "/access";
    String user = admin.get("/users/me").expect(200).json().get("id").asString();
    admin.post(access, json("user_id", user)).expect(201);

    admin.delete(access).expect(422);
    admin.delete(access + "?user_id=" + user).expect(204);

    assertThat(admin.get(access).expect(200).json()).isEmpty();
  }

  @Test
  void who_cancels_retries_or_decides_is_in_the_audit_log() {
    Line line = fixture.line();
    line.put("a.txt", "a");
    boolean cancelled = false;
    for (int i = 0; i < 20 && !cancelled; i++) {
      String run = fixture.trigger(line.schedule());
      admin.post("/api/runs/" + run + "/cancel").expect(200);
      cancelled = fixture.ended(run).get("type").asString().equals("CANCELLED");
      assertThat(actions("run", run)).isEqualTo(cancelled ? List.of("cancel") : List.of());
      // It has ended, so nothing is cancelled any more.
      admin.post("/api/runs/" + run + "/cancel").expect(200);
      assertThat(actions("run", run)).isEqualTo(cancelled ? List.of("cancel") : List.of());
    }
    assertThat(cancelled).isTrue();

    String wish =
        id(
            admin.post(
                "/api/instrument-requests",
                json(
                    "name",
                    "balance",
                    "location",
                    "here",
                    "harvest_frequency",
                    "daily",
                    "justification",
                    "needed")));
    admin.patch("/api/instrument-requests/" + wish, json("status", "approved")).expect(200);
    assertThat(actions("instrument_request", wish)).containsExactlyInAnyOrder("create", "update");
  }

  private List<String> actions(String kind, String id) {
    return items("/api/admin/audit-logs?limit=100&entity_type=" + kind).stream()
        .filter(entry -> entry.get("entity_id").asString().equals(id))
        .map(entry -> entry.get("action").asString())
        .toList();
  }

  private List<JsonNode> items(String path) {
    List<JsonNode> all = new ArrayList<>();
    admin.get(path).expect(200).json().get("items").forEach(all::add);
    return all;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.acceptance;

import static io.entrepot.server.acceptance.HarvestFixture.json;
import static io.entrepot.server.acceptance.HarvestFixture.map;
import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.server.TestClient;
import io.entrepot.server.TestClient.Answer;
import io.entrepot.server.TestServer;
import io.entrepot.server.acceptance.HarvestFixture.Line;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What people and programs get wrong, and what they are told. */
class BadInputTest {

  private static final String NOBODY = "00000000-0000-8000-8000-000000000000";
  private static final List<String> COLLECTIONS =
      List.of(
          "/api/instruments",
          "/api/storage-locations",
          "/api/service-accounts",
          "/api/schedules",
          "/api/hooks",
          "/api/groups",
          "/api/projects");

  @TempDir Path folder;

  private final TestServer server = TestServer.shared();
  private final TestClient admin = server.admin();
  private HarvestFixture fixture;

  @BeforeEach
  void prepare() {
    fixture = new HarvestFixture(server, folder);
  }

  /** A refusal in the door's own shape, without a trace of what is inside. */
  private static void refused(Answer answer, int status, String what) {
    assertThat(answer.status()).as(what + " gave " + answer.text()).isEqualTo(status);
    assertThat(answer.json().has("detail")).isTrue();
    assertThat(answer.text())
        .doesNotContain("\tat ", "Exception", "io.entrepot", "java.", "org.spring", "sqlite");
  }

  @Test
  void a_body_that_is_no_json_object_is_refused_by_every_collection() {
    for (String path : COLLECTIONS) {
      for (String body :
          List.of(
              "{broken",
              "",
              "[]",
              "null",
              "7",
              "\"text\"",
              "{\"name\":\"a\"}}",
              "{\"name\":\"\\ud800\"",
              "[".repeat(100_000),
              "{\"name\": 1e999999999}")) {
        String what = path + " with " + body.substring(0, Math.min(40, body.length()));
        refused(admin.post(path, body), 422, what);
      }
    }
    JsonNode problem =
        admin.post("/api/instruments", "{\"name\": broken}").json().get("detail").get(0);
    assertThat(problem.get("type").asString()).isEqualTo("json_invalid");
    assertThat(problem.at("/loc/0").asString()).isEqualTo("body");
    assertThat(problem.at("/loc/1").isNumber()).isTrue();
  }

  @Test
  void values_of_the_wrong_type_are_named() {
    Line line = fixture.line();
    String instrument = "/api/instruments/" + line.instrument();
    String storage = "/api/storage-locations/" + line.storage();
    String schedule = "/api/schedules/" + line.schedule();
    for (String[] bad :
        new String[][] {
          {instrument, "name", "{}"},
          {instrument, "name", "[\"a\"]"},
          {instrument, "name", "7"},
          {instrument, "enabled", "\"perhaps\""},
          {instrument, "transfer_adapter", "\"telepathy\""},
          {instrument, "transfer_config", "\"fast\""},
          {instrument, "transfer_config", "[]"},
          {instrument, "description", "{}"},
          {storage, "type", "\"cloud\""},
          {storage, "base_path", "7"},
          {storage, "base_path", "\"\""},
          {storage, "base_path", "\"relative/path\""},
          {storage, "connection_config", "\"x\""},
          {schedule, "instrument_id", "\"x\""},
          {schedule, "instrument_id", "7"},
          {schedule, "instrument_id", "null"},
          {schedule, "cron_expression", "7"},
          {schedule, "timezone", "\"Mars/Olympus\""},
        }) {
      Answer answer = admin.patch(bad[0], "{\"" + bad[1] + "\":" + bad[2] + "}");
      refused(answer, 422, bad[1] + "=" + bad[2]);
      assertThat(answer.json().at("/detail/0/loc/1").asString()).isEqualTo(bad[1]);
    }
  }

  @Test
  void harvest_rules_that_cannot_be_used_are_named() {
    for (var bad :
        List.of(
            map("stability_seconds", -1),
            map("stability_seconds", 0.5),
            map("stabilty_seconds", 5),
            map("bandwidth_bps", 0),
            map("bandwidth_bps", 999),
            map("bandwidth_bps", 1500.5),
            map("bandwidth_bps", "10M"),
            map("stability_seconds", "soon"),
            map("max_parallel", 0),
            map("port", 70_000),
            map("include", "*.dat"),
            map("exclude", List.of(7)),
            map("exclude", List.of("*.dat", "[z-a]")),
            map("on_change", "panic"),
            map("transport", "pigeon"),
            map("delete_source", "yes"))) {
      Answer answer =
          admin.post(
              "/api/instruments",
              json("name", "n", "cifs_host", "h", "cifs_share", "s", "transfer_config", bad));
      refused(answer, 422, bad.toString());
      assertThat(answer.json().at("/detail/0/loc/1").asString()).isEqualTo("transfer_config");
      assertThat(answer.json().at("/detail/0/loc/2").asString())
          .isEqualTo(bad.keySet().iterator().next());
    }
  }

  @Test
  void unknown_things_are_told_by_name() {
    String[][] doors = {
      {"/api/instruments/", "Instrument"},
      {"/api/storage-locations/", "Storage location"},
      {"/api/service-accounts/", "Service account"},
      {"/api/schedules/", "Schedule"},
      {"/api/hooks/", "Hook"},
      {"/api/files/", "File"},
      {"/api/transfers/", "Transfer"},
      {"/api/groups/", "Group"},
      {"/api/projects/", "Project"},
      {"/api/runs/", "Run"},
    };
    for (String[] door : doors) {
      Answer answer = admin.get(door[0] + NOBODY);
      refused(answer, 404, door[0]);
      assertThat(answer.json().get("detail").asString()).isEqualTo(door[1] + " not found");
      refused(admin.get(door[0] + "not-a-uuid"), 422, door[0]);
    }
    refused(admin.get("/api/instruments/" + NOBODY + "/test"), 404, "test");
    refused(admin.get("/api/instruments/" + NOBODY + "/access"), 404, "access");
    refused(admin.post("/api/instruments/" + NOBODY + "/harvest"), 404, "harvest");
    refused(admin.get("/api/storage-locations/" + NOBODY + "/test"), 404, "test");
    refused(admin.get("/api/files/" + NOBODY + "/content"), 404, "content");
    refused(admin.post("/api/files/" + NOBODY + "/retry"), 404, "retry");
    refused(admin.get("/api/files/" + NOBODY + "/versions/x/content"), 422, "version");
    refused(admin.post("/api/runs/" + NOBODY + "/cancel"), 404, "cancel");
    refused(admin.get("/api/nothing/here"), 404, "no such route");
    refused(admin.delete("/api/instruments"), 405, "method");
  }

  @Test
  void access_for_nobody_in_particular_is_refused() {
    Line line = fixture.line();
    line.put("a.dat", "a");
    fixture.harvest(line);
    String access = "/api/files/" + fixture.file(line, "a.dat").get("id").asString() + "/access";

    refused(admin.post(access, "{}"), 422, "no grantee");
    refused(admin.post(access, json("grantee_type", "cat", "grantee_id", NOBODY)), 422, "a cat");
    refused(admin.post(access, json("grantee_type", "user", "grantee_id", "x")), 422, "no uuid");
    String user = admin.get("/users/me").json().get("id").asString();
    for (String type : List.of("user", "group", "project")) {
      String nobody = type.equals("user") ? NOBODY : user;
      Answer answer = admin.post(access, json("grantee_type", type, "grantee_id", nobody));
      refused(answer, 422, "an unknown " + type);
      assertThat(answer.json().at("/detail/0/type").asString()).isEqualTo("reference_not_found");
      assertThat(answer.json().at("/detail/0/loc/1").asString()).isEqualTo("grantee_id");
    }
    assertThat(admin.get(access).text()).isEqualTo("[]");
    String instrument = "/api/instruments/" + line.instrument() + "/access";
    refused(admin.post(instrument, "{}"), 422, "no user");
    refused(admin.post(instrument, json("user_id", NOBODY)), 422, "an unknown user");
  }

  @Test
  void an_instrument_without_an_active_schedule_cannot_be_harvested_now() {
    Line line = fixture.line();
    admin.delete("/api/schedules/" + line.schedule()).expect(204);

    Answer answer = admin.post("/api/instruments/" + line.instrument() + "/harvest");

    refused(answer, 400, "no schedule");
    assertThat(answer.json().get("detail").asString()).contains("schedule");
  }

  @Test
  void a_source_folder_that_is_missing_fails_the_run_and_loses_nothing() throws IOException {
    Line line = fixture.line();
    line.put("a.dat", "a");
    fixture.harvest(line);
    Files.delete(line.source().resolve("a.dat"));
    Files.delete(line.source());

    assertThat(fixture.failure(line)).contains(line.source().toString()).doesNotContain("\tat ");
    assertThat(fixture.content(line, "a.dat").expect(200).text()).isEqualTo("a");
    JsonNode test = admin.get("/api/instruments/" + line.instrument() + "/test").json();
    assertThat(test.get("status").asString()).isEqualTo("failed");
  }

  @Test
  void a_storage_folder_that_is_missing_fails_the_run_and_is_not_made() throws IOException {
    Line line = fixture.line();
    line.put("a.dat", "a");
    Files.delete(line.target());

    assertThat(fixture.failure(line)).contains(line.target().toString());
    assertThat(line.target()).doesNotExist();
    Files.createDirectory(line.target());
    fixture.harvest(line);
    assertThat(fixture.statusOf(line, "a.dat")).isEqualTo("completed");
  }

  @Test
  void a_copy_that_disappeared_is_told_and_not_answered_with_nothing() throws IOException {
    Line line = fixture.line();
    line.put("a.dat", "a");
    fixture.harvest(line);
    Files.delete(line.copyOf("a.dat"));

    Answer answer = fixture.content(line, "a.dat");

    assertThat(answer.status()).isBetween(404, 503).isNotEqualTo(500);
    assertThat(answer.json().get("detail").asString()).isNotBlank();
  }

  @Test
  void a_copy_that_was_changed_on_disk_is_not_handed_out_as_good() throws IOException {
    Line line = fixture.line();
    line.put("a.dat", "content");
    fixture.harvest(line);
    Files.writeString(line.copyOf("a.dat"), "CONTENT");

    boolean complete;
    try {
      complete = fixture.content(line, "a.dat").status() == 200;
    } catch (java.io.UncheckedIOException cut) {
      complete = false;
    }

    assertThat(complete).isFalse();
  }

  @Test
  void a_control_character_in_a_name_is_refused_and_told() throws IOException {
    Line line = fixture.line();
    line.put("good.dat", "good");
    Files.writeString(line.source().resolve("bad\nname.dat"), "bad");

    JsonNode run = fixture.harvest(line);

    assertThat(fixture.files(line)).hasSize(1);
    assertThat(run.at("/counters/refused").asLong()).isEqualTo(1);
    assertThat(admin.get("/api/runs/" + run.get("id").asString() + "/log").text())
        .contains("control character");
  }

  @Test
  void a_body_beyond_all_measure_is_refused() {
    refused(admin.post("/api/groups", json("name", "x".repeat(20 << 20))), 413, "a body of 20 MiB");
  }

  @Test
  void a_body_beyond_all_measure_that_did_not_say_its_length_is_refused() {
    byte[] body = json("name", "x".repeat(20 << 20)).getBytes(StandardCharsets.UTF_8);
    HttpRequest request =
        admin
            .request("/api/groups")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
            .build();

    refused(admin.send(request), 413, "20 MiB in chunks");
  }
}

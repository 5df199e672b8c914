// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.acceptance;

import static io.entrepot.server.acceptance.HarvestFixture.filesBelow;
import static io.entrepot.server.acceptance.HarvestFixture.json;
import static io.entrepot.server.acceptance.HarvestFixture.list;
import static io.entrepot.server.acceptance.HarvestFixture.unique;
import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.server.TestClient;
import io.entrepot.server.TestServer;
import io.entrepot.server.acceptance.HarvestFixture.Line;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The harvest door's promises about hooks: what they keep back, send elsewhere and find out. */
class HookChecksTest {

  @TempDir Path folder;

  private final TestServer server = TestServer.shared();
  private final TestClient admin = server.admin();
  private HarvestFixture fixture;

  @BeforeEach
  void prepare() {
    fixture = new HarvestFixture(server, folder);
  }

  @Test
  @Check({"harvest 27", "harvest 28"})
  void filtered_files_are_on_record_and_come_when_the_filter_is_relaxed() {
    Line line = fixture.line();
    List<String> unwanted = List.of("x.tmp", "deep/y.lock", "~z", "empty.dat");
    unwanted.forEach(name -> line.put(name, name.equals("empty.dat") ? "" : "content"));
    line.put("good.dat", "content");
    String hook =
        fixture.fileFilter(
            line, "exclude_patterns", List.of("*.tmp", "*.lock", "~*"), "min_size_bytes", 1);

    JsonNode run = fixture.harvest(line);

    assertThat(run.at("/counters/skipped").asLong()).isEqualTo(4);
    for (String name : unwanted) {
      JsonNode transfer = fixture.transfer(line, name);
      assertThat(transfer.get("status").asString()).isEqualTo("skipped");
      assertThat(transfer.get("error_message").asString()).isNotBlank();
      assertThat(transfer.get("destination_path").isNull()).isTrue();
      assertThat(fixture.file(line, name).get("xxhash").isNull()).isTrue();
      assertThat(fixture.content(line, name).status()).isEqualTo(404);
    }
    assertThat(fixture.statusOf(line, "good.dat")).isEqualTo("completed");
    String ark = fixture.file(line, "x.tmp").get("persistent_id").asString();

    fixture.harvest(line);
    assertThat(fixture.transfers(line, "x.tmp")).hasSize(1);

    admin.patch("/api/hooks/" + hook, json("config", Map.of("min_size_bytes", 0))).expect(200);
    fixture.harvest(line);
    unwanted.forEach(name -> assertThat(fixture.statusOf(line, name)).isEqualTo("completed"));
    assertThat(fixture.file(line, "x.tmp").get("persistent_id").asString()).isEqualTo(ark);
    assertThat(fixture.transfers(line, "good.dat")).hasSize(1);
  }

  @Test
  @Check("harvest 29")
  void a_redirection_stays_in_the_store() {
    Line line = fixture.line();
    line.put("in.dat", "in");
    line.put("out.dat", "out");
    line.put("root.dat", "root");
    Path alternative = line.target().resolve("alt");
    fixture.fileFilter(
        line,
        "redirect_rules",
        List.of(
            Map.of("pattern", "in.dat", "destination", alternative.toString()),
            Map.of("pattern", "out.dat", "destination", "../../etc"),
            Map.of("pattern", "root.dat", "destination", "/etc")));

    JsonNode run = fixture.harvest(line);

    Path copy = alternative.resolve(line.name()).resolve("in.dat");
    assertThat(fixture.transfer(line, "in.dat").get("destination_path").asString())
        .isEqualTo(copy.toString());
    assertThat(copy).hasContent("in");
    assertThat(fixture.content(line, "in.dat").expect(200).text()).isEqualTo("in");
    assertThat(run.at("/counters/failed").asLong()).isEqualTo(2);
    for (String name : List.of("out.dat", "root.dat")) {
      assertThat(fixture.statusOf(line, name)).isEqualTo("failed");
      assertThat(fixture.transfer(line, name).get("error_message").asString())
          .contains("etc", "storage location");
    }
    assertThat(filesBelow(folder)).noneMatch(path -> path.contains("etc/"));
    assertThat(filesBelow(line.target())).hasSize(1);
  }

  @Test
  @Check("harvest 30")
  void metadata_is_read_from_names() {
    Line line = fixture.line();
    line.put("20260114_aspirin_13C/pdata/fid", "f");
    line.put("elsewhere/fid", "f");
    fixture.hook(
        line,
        "post_transfer",
        "metadata_enrichment",
        0,
        Map.of(
            "rules",
            List.of(
                Map.of("pattern", "^(?P<date>\\d{8})_(?P<compound>[^_/]+)_(?P<nucleus>[^/]+)/"),
                Map.of("pattern", "^(?P<sample_id>[a-z]+)$", "source", "filename"))));

    fixture.harvest(line);

    JsonNode found = fixture.file(line, "20260114_aspirin_13C/pdata/fid").get("metadata_");
    assertThat(found.get("date").asString()).isEqualTo("20260114");
    assertThat(found.get("compound").asString()).isEqualTo("aspirin");
    assertThat(found.get("nucleus").asString()).isEqualTo("13C");
    assertThat(found.get("sample_id").asString()).isEqualTo("fid");
    assertThat(fixture.file(line, "elsewhere/fid").get("metadata_").propertyNames())
        .containsExactly("sample_id");
  }

  @Test
  @Check("harvest 31")
  void members_of_the_project_that_a_path_names_see_the_file() {
    Line line = fixture.line();
    String project = unique("project").replace(' ', '_');
    line.put(project + "/seen.dat", "s");
    line.put("other/unseen.dat", "u");
    TestClient member = server.newUser(project + "@lab.example");
    String id = HarvestFixture.id(admin.post("/api/projects", json("name", project)));
    admin
        .post(
            "/api/projects/" + id + "/members",
            json(
                "member_type",
                "user",
                "member_id",
                member.get("/users/me").json().get("id").asString()))
        .expect(201);
    fixture.hook(
        line,
        "post_transfer",
        "access_assignment",
        20,
        Map.of("grants", List.of(Map.of("grantee_type", "project", "match_field", "project"))));
    fixture.hook(
        line,
        "post_transfer",
        "metadata_enrichment",
        10,
        Map.of("rules", List.of(Map.of("pattern", "^(?P<project>[^/]+)/"))));

    fixture.harvest(line);

    List<JsonNode> seen = list(member, "/api/files");
    assertThat(seen)
        .extracting(file -> file.get("source_path").asString())
        .containsExactly(project + "/seen.dat");
    assertThat(
            member
                .get("/api/files/" + seen.getFirst().get("id").asString() + "/content")
                .expect(200)
                .text())
        .isEqualTo("s");
  }

  @Test
  void a_user_and_a_project_that_are_named_by_their_ids_see_the_file() {
    Line line = fixture.line();
    TestClient user = server.newUser(unique("named").replace(' ', '_') + "@lab.example");
    TestClient member = server.newUser(unique("member").replace(' ', '_') + "@lab.example");
    String project = HarvestFixture.id(admin.post("/api/projects", json("name", unique("p"))));
    admin
        .post(
            "/api/projects/" + project + "/members",
            json("member_type", "user", "member_id", own(member)))
        .expect(201);
    line.put(project + "/seen.dat", "s");
    fixture.hook(
        line,
        "post_transfer",
        "metadata_enrichment",
        10,
        Map.of("rules", List.of(Map.of("pattern", "^(?P<project>[^/]+)/"))));
    fixture.hook(
        line,
        "post_transfer",
        "access_assignment",
        20,
        Map.of(
            "grants",
            List.of(
                Map.of("grantee_type", "project", "match_field", "project"),
                Map.of("grantee_type", "user", "match_field", own(user), "source", "literal"))));

    fixture.harvest(line);

    assertThat(list(user, "/api/files")).hasSize(1);
    assertThat(list(member, "/api/files")).hasSize(1);
  }

  private static String own(TestClient client) {
    return client.get("/users/me").json().get("id").asString();
  }

  @Test
  void a_project_that_is_made_later_sees_the_file_after_the_next_run_without_a_new_copy() {
    Line line = fixture.line();
    TestClient member = server.newUser(unique("late").replace(' ', '_') + "@lab.example");
    String name = unique("later");
    line.put("seen.dat", "s");
    String both =
        fixture.hook(
            line,
            "post_transfer",
            "access_assignment",
            20,
            Map.of(
                "grants",
                List.of(
                    Map.of("grantee_type", "user", "match_field", own(member), "source", "literal"),
                    Map.of("grantee_type", "project", "match_field", name, "source", "literal"))));
    fixture.harvest(line);
    String file = "/api/files/" + fixture.file(line, "seen.dat").get("id").asString();

    JsonNode failure = admin.get(file).expect(200).json().at("/hook_failures/0");
    assertThat(failure.get("error").asString()).contains(name);
    assertThat(failure.get("hook").asString())
        .isEqualTo(admin.get("/api/hooks/" + both).json().get("name").asString());
    String grant = admin.get(file + "/access").expect(200).json().at("/0/id").asString();
    admin.delete(file + "/access/" + grant).expect(204);

    fixture.harvest(line);
    assertThat(admin.get(file).json().at("/hook_failures/0/since")).isEqualTo(failure.get("since"));

    String project = HarvestFixture.id(admin.post("/api/projects", json("name", name)));
    fixture.harvest(line);

    assertThat(admin.get(file).json().get("hook_failures")).isEmpty();
    assertThat(admin.get(file + "/access").json().valueStream().toList())
        .as("what a person took back meanwhile stays taken back")
        .singleElement()
        .extracting(one -> one.get("grantee_id").asString())
        .isEqualTo(project);
    assertThat(fixture.transfers(line, "seen.dat")).hasSize(1);
  }

  @Test
  void a_hook_that_cannot_run_stands_with_the_file_until_it_is_taken_away() {
    Line line = fixture.line();
    line.put("seen.dat", "s");
    String hook =
        HarvestFixture.id(
            admin.post(
                "/api/hooks",
                json(
                    "name",
                    unique("hook"),
                    "trigger",
                    "post_transfer",
                    "implementation",
                    "http_webhook",
                    "webhook_url",
                    "http://127.0.0.1:9/",
                    "instrument_id",
                    line.instrument())));
    fixture.harvest(line);
    String file = "/api/files/" + fixture.file(line, "seen.dat").get("id").asString();
    assertThat(fixture.statusOf(line, "seen.dat")).isEqualTo("completed");
    assertThat(admin.get(file).json().at("/hook_failures/0/error").asString())
        .contains("cannot run");

    admin.delete("/api/hooks/" + hook).expect(204);
    fixture.harvest(line);

    assertThat(admin.get(file).json().get("hook_failures")).isEmpty();
  }
}

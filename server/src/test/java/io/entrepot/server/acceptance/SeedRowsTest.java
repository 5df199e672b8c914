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
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Smaller promises of the harvest door, each on its own. */
class SeedRowsTest {

  @TempDir Path folder;

  private final TestServer server = TestServer.shared();
  private final TestClient admin = server.admin();
  private HarvestFixture fixture;

  @BeforeEach
  void prepare() {
    fixture = new HarvestFixture(server, folder);
  }

  private static List<String> places(Answer answer) {
    List<String> places = new ArrayList<>();
    for (JsonNode problem : answer.expect(422).json().get("detail")) {
      places.add(problem.get("type").asString() + " " + problem.at("/loc/1").asString());
    }
    return places;
  }

  @Test
  void an_address_of_the_house_can_register_and_one_that_is_none_cannot() {
    for (String bad : List.of("nobody", "@lab.example", "a@", "a b@lab.example", "")) {
      Answer answer =
          server
              .anonymous()
              .post("/auth/register", json("email", bad, "password", "Zinnober-Blau"));
      assertThat(answer.expect(422).json().at("/detail/0/loc/1").asString())
          .as(bad)
          .isEqualTo("email");
    }
    String local = unique("x").replace(' ', '.') + "@spectrometer.local";
    assertThat(
            server
                .anonymous()
                .post("/auth/register", json("email", local, "password", "Zinnober-Blau"))
                .expect(201)
                .json()
                .get("email")
                .asString())
        .isEqualTo(local);
  }

  @Test
  void lists_of_configuration_come_in_envelopes_of_25_and_within_bounds() {
    try (TestServer own = TestServer.start()) {
      TestClient root = own.admin();
      HarvestFixture there = new HarvestFixture(own, folder);
      Line line = there.line();
      for (int i = 0; i < 26; i++) {
        String storage = there.storage(folder);
        there.schedule(line.instrument(), storage);
        there.fileFilter(line, "min_size_bytes", i);
      }
      for (String path : List.of("/api/storage-locations", "/api/schedules", "/api/hooks")) {
        JsonNode first = root.get(path).expect(200).json();
        assertThat(first.propertyNames())
            .as(path)
            .containsExactlyInAnyOrder("items", "total", "skip", "limit");
        int total = path.endsWith("hooks") ? 26 : 27;
        assertThat(first.get("items").size()).as(path).isEqualTo(25);
        assertThat(first.get("total").asInt()).as(path).isEqualTo(total);
        assertThat(first.get("skip").asInt()).isZero();
        assertThat(first.get("limit").asInt()).isEqualTo(25);
        Set<String> ids = new HashSet<>();
        first.get("items").forEach(item -> ids.add(item.get("id").asString()));
        JsonNode rest = root.get(path + "?skip=25&limit=500").expect(200).json();
        rest.get("items").forEach(item -> ids.add(item.get("id").asString()));
        assertThat(ids).as(path).hasSize(total);
        for (String bad : List.of("limit=501", "limit=0", "limit=-1", "skip=-1", "skip=x")) {
          Answer refused = root.get(path + "?" + bad).expect(422);
          assertThat(refused.json().at("/detail/0/loc/0").asString()).isEqualTo("query");
          assertThat(refused.json().at("/detail/0/loc/1").asString())
              .isEqualTo(bad.substring(0, bad.indexOf('=')));
        }
      }
    }
  }

  @Test
  void the_settings_that_a_share_or_an_export_lacks_are_named() {
    for (Object[] type :
        new Object[][] {
          {"cifs", List.of("host", "share", "username", "password")},
          {"nfs", List.of("host", "export_path")},
        }) {
      Answer answer =
          admin.post(
              "/api/storage-locations", json("name", "s", "type", type[0], "base_path", "/x"));
      assertThat(places(answer))
          .containsExactlyInAnyOrderElementsOf(
              ((List<?>) type[1]).stream().map(field -> "missing " + field).toList());
    }
  }

  @Test
  void settings_of_a_connection_that_are_sent_as_null_stay_as_they_are() {
    String share =
        fixture.storage("cifs", "/x", "host", "h", "share", "s", "username", "u", "password", "p");
    String path = "/api/storage-locations/" + share;
    JsonNode before = admin.get(path).json().get("connection_config");

    JsonNode after =
        admin.patch(path, "{\"connection_config\":null,\"name\":\"new\"}").expect(200).json();

    assertThat(after.get("name").asString()).isEqualTo("new");
    assertThat(after.get("connection_config")).isEqualTo(before);
  }

  @Test
  void a_hook_of_no_instrument_is_asked_about_the_files_of_all() {
    String hook =
        id(
            admin.post(
                "/api/hooks",
                json(
                    "name",
                    unique("everywhere"),
                    "trigger",
                    "pre_transfer",
                    "implementation",
                    "builtin",
                    "builtin_name",
                    "file_filter",
                    "config",
                    map("exclude_patterns", List.of("*.unwanted-everywhere")))));
    try {
      for (Line line : List.of(fixture.line(), fixture.line())) {
        line.put("a.unwanted-everywhere", "a");
        line.put("b.dat", "b");
        fixture.harvest(line);
        assertThat(fixture.statusOf(line, "a.unwanted-everywhere")).isEqualTo("skipped");
        assertThat(fixture.statusOf(line, "b.dat")).isEqualTo("completed");
      }
      assertThat(admin.get("/api/hooks/" + hook).json().get("instrument_id").isNull()).isTrue();
    } finally {
      admin.delete("/api/hooks/" + hook).expect(204);
    }
  }

  @Test
  void a_filter_that_names_what_to_include_leaves_out_the_rest() {
    Line line = fixture.line();
    line.put("a.raw", "a");
    line.put("deep/b.raw", "b");
    line.put("c.RAW", "c");
    line.put("d.txt", "d");
    line.put("e.raw.tmp", "e");
    fixture.fileFilter(
        line, "include_patterns", List.of("*.raw"), "exclude_patterns", List.of("deep/*"));

    fixture.harvest(line);

    assertThat(fixture.statusOf(line, "a.raw")).isEqualTo("completed");
    for (String left : List.of("deep/b.raw", "c.RAW", "d.txt", "e.raw.tmp")) {
      assertThat(fixture.statusOf(line, left)).as(left).isEqualTo("skipped");
    }
  }

  @Test
  void a_route_that_is_not_there_is_told_to_whoever_is_signed_in() {
    for (TestClient who :
        List.of(admin, server.newUser(unique("u").replace(' ', '.') + "@lab.example"))) {
      Answer answer = who.get("/api/no-such-door");
      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.text()).isEqualTo("{\"detail\":\"Not Found\"}");
    }
  }
}

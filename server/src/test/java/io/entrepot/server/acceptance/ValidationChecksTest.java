// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.acceptance;

import static io.entrepot.server.acceptance.HarvestFixture.json;
import static io.entrepot.server.acceptance.HarvestFixture.map;
import static io.entrepot.server.acceptance.HarvestFixture.unique;
import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.server.TestClient;
import io.entrepot.server.TestClient.Answer;
import io.entrepot.server.TestServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** In which order a request is judged, and how what is missing or too long is told. */
class ValidationChecksTest {

  private static final String NOBODY = "00000000-0000-8000-8000-000000000000";

  private static final JsonMapper JSON = new JsonMapper();

  private final TestServer server = TestServer.shared();
  private final TestClient admin = server.admin();

  private static List<String> places(Answer answer) {
    List<String> places = new ArrayList<>();
    for (JsonNode problem : answer.expect(422).json().get("detail")) {
      List<String> steps = new ArrayList<>();
      problem.get("loc").forEach(step -> steps.add(step.asString()));
      places.add(problem.get("type").asString() + " " + String.join(".", steps));
    }
    return places;
  }

  @Test
  void a_bad_value_is_told_before_that_there_is_no_such_thing() {
    Object[][] bad = {
      {"/api/schedules/", map("cron_expression", "garbage"), "body.cron_expression"},
      {"/api/schedules/", map("timezone", "Mars/Olympus"), "body.timezone"},
      {
        "/api/hooks/",
        map("builtin_name", "metadata_enrichment", "config", rule("(")),
        "body.config.rules.0.pattern"
      },
      {"/api/hooks/", map("config", rule("(")), "body.config.rules.0.pattern"},
      {"/api/hooks/", map("config", Map.of("exclude_patterns", 5)), "body.config.exclude_patterns"},
      {
        "/api/instruments/",
        map("transfer_config", Map.of("max_parallel", 0)),
        "body.transfer_config.max_parallel"
      },
      {
        "/api/instruments/",
        map("transfer_config", Map.of("colour", "red")),
        "body.transfer_config.colour"
      },
      {
        "/api/instruments/",
        map("transfer_config", Map.of("transport", "posix"), "cifs_base_path", "relative"),
        "body.cifs_base_path"
      },
      {"/api/storage-locations/", map("base_path", "relative"), "body.base_path"},
    };
    for (Object[] one : bad) {
      String what = one[0] + " " + one[1];
      Answer answer = admin.patch(one[0] + NOBODY, JSON.writeValueAsString(one[1]));
      assertThat(answer.status()).as(what + ": " + answer.text()).isEqualTo(422);
      assertThat(places(answer)).as(what).first().asString().endsWith(" " + one[2]);
    }
    for (String path :
        List.of("/api/schedules/", "/api/hooks/", "/api/instruments/", "/api/storage-locations/")) {
      assertThat(admin.patch(path + NOBODY, json("name", "n", "enabled", false)).status())
          .as(path)
          .isEqualTo(404);
    }
    assertThat(admin.patch("/api/hooks/" + NOBODY, json("trigger", "post_transfer")).status())
        .isEqualTo(404);
    assertThat(
            admin
                .patch(
                    "/api/storage-locations/" + NOBODY, json("type", "s3", "base_path", "relative"))
                .status())
        .isEqualTo(404);
  }

  private static Map<String, Object> rule(String pattern) {
    return Map.of("rules", List.of(Map.of("pattern", pattern)));
  }

  @Test
  void what_a_field_is_missing_in_is_shown_without_its_secrets() {
    String name = unique("thing");
    Object[][] lacking = {
      {
        "/api/storage-locations",
        json("name", name, "type", "cifs", "base_path", "/x", "connection_config", share()),
        "host"
      },
      {
        "/api/hooks",
        json("name", name, "trigger", "pre_transfer", "implementation", "python_script"),
        "script_path"
      },
      {
        "/api/hooks",
        json("name", name, "trigger", "pre_transfer", "implementation", "http_webhook"),
        "webhook_url"
      },
      {
        "/api/instruments",
        json("name", name, "transfer_config", map("transport", "posix")),
        "cifs_base_path"
      },
    };
    for (Object[] one : lacking) {
      Answer answer = admin.post((String) one[0], (String) one[1]);
      assertThat(places(answer)).as(answer.text()).containsExactly("missing body." + one[2]);
      assertThat(answer.json().at("/detail/0/msg").asString()).isEqualTo("Field required");
      assertThat(answer.json().at("/detail/0/input/name").asString())
          .as(answer.text())
          .isEqualTo(name);
      assertThat(answer.text()).doesNotContain("Canary");
    }
    Answer login =
        admin.send(
            server
                .anonymous()
                .request("/auth/jwt/login")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("password=Indigo-Canary"))
                .build());
    assertThat(places(login)).containsExactly("missing body.username");
    assertThat(login.json().at("/detail/0/input").propertyNames()).containsExactly("password");
    assertThat(login.text()).doesNotContain("Canary");
  }

  private static Map<String, Object> share() {
    return map("share", "s", "username", "u", "password", "Indigo-Canary");
  }

  @Test
  void a_setting_that_is_too_long_is_told_as_such() {
    Map<String, Object> share = share();
    share.put("host", "h".repeat(4097));

    Answer answer =
        admin.post(
            "/api/storage-locations",
            json("name", "s", "type", "cifs", "base_path", "/x", "connection_config", share));

    assertThat(places(answer)).containsExactly("string_too_long body.host");
    assertThat(answer.json().at("/detail/0/ctx/max_length").asInt()).isEqualTo(4096);
  }

  @Test
  void what_was_never_there_cannot_be_brought_back() {
    String[][] doors = {
      {"/api/instruments/", "instrument"},
      {"/api/storage-locations/", "storage location"},
      {"/api/service-accounts/", "service account"},
      {"/api/schedules/", "schedule"},
      {"/api/hooks/", "hook"},
      {"/api/groups/", "group"},
      {"/api/projects/", "project"},
    };
    for (String[] door : doors) {
      for (String id : List.of(NOBODY, UUID.randomUUID().toString())) {
        assertThat(admin.post(door[0] + id + "/restore").expect(404).text())
            .isEqualTo("{\"detail\":\"Deleted " + door[1] + " not found\"}");
      }
    }
  }
}

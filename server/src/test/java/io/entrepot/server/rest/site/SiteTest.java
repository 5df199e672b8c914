// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.server.TestClient;
import io.entrepot.server.TestClient.Answer;
import io.entrepot.server.TestServer;
import io.entrepot.server.edge.Endpoint;
import io.entrepot.server.edge.Endpoints;
import io.entrepot.server.edge.Family;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class SiteTest {

  private static final Set<Family> DESCRIBED =
      Set.of(Family.HARVEST, Family.SCHEDULES, Family.BACKUP, Family.SYNC);

  private static final Pattern LINK = Pattern.compile("(?:src|href)=\"([^\"]+)\"");

  private final TestClient anonymous = TestServer.shared().anonymous();

  @Test
  void health_is_exactly_ok_under_all_its_names() {
    for (String path : new String[] {"/health", "/livez", "/healthz"}) {
      Answer answer = anonymous.get(path);
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.text()).isEqualTo("{\"status\":\"ok\"}");
    }
  }

  @Test
  void a_probe_of_events_is_open_to_anybody_and_not_as_often_as_anybody_likes() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Answer>> asked = new ArrayList<>();
      for (int i = 0; i < 2 * EventProbeController.MOST; i++) {
        asked.add(threads.submit(() -> anonymous.get("/health/events")));
      }
      List<Integer> statuses = new ArrayList<>();
      for (Future<Answer> one : asked) {
        statuses.add(one.get().status());
      }
      assertThat(statuses).contains(200, 429).allMatch(status -> status == 200 || status == 429);
    }
    Answer later = anonymous.get("/health/events");
    assertThat(later.header("X-Accel-Buffering")).hasValue("no");
    assertThat(later.status()).isEqualTo(200);
    assertThat(later.text()).contains("first", "last");
  }

  @Test
  void readiness_names_each_part() {
    for (String path : new String[] {"/health/ready", "/readyz"}) {
      JsonNode answer = anonymous.get(path).expect(200).json();
      assertThat(answer.get("status").asString()).isEqualTo("ok");
      assertThat(answer.get("parts").get("database").asString()).isEqualTo("ok");
      assertThat(answer.get("parts").get("disk").asString()).isEqualTo("ok");
      assertThat(answer.get("parts").get("jobs").asString()).isEqualTo("ok");
    }
  }

  @Test
  void what_pages_are_drawn_with_is_asked_for_once_a_minute_and_a_page_each_time() {
    assertThat(anonymous.get("/ui/assets/tokens.css").header("Cache-Control"))
        .contains("max-age=60");
    assertThat(anonymous.get("/ui/login").header("Cache-Control")).contains("no-store");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/docs", "/swagger", "/redoc"})
  void a_viewer_page_names_the_description_and_loads_everything_from_here(String path) {
    Answer page = anonymous.get(path).expect(200);

    assertThat(page.header("Content-Type").orElse("")).startsWith("text/html");
    assertThat(page.text()).contains("/openapi.json").doesNotContain("://");
    assertThat(page.text()).doesNotContainPattern("<script(?![^>]*src=)");
    Matcher links = LINK.matcher(page.text());
    while (links.find()) {
      // The way back asks to sign in.
      int expected = links.group(1).equals("/ui/") ? 303 : 200;
      assertThat(anonymous.get(links.group(1)).status()).as(links.group(1)).isEqualTo(expected);
    }
  }

  @Test
  void the_description_says_who_may_call_and_what_can_go_wrong() {
    JsonNode api = anonymous.get("/openapi.json").expect(200).json();

    assertThat(api.get("openapi").asString()).startsWith("3.1");
    assertThat(api.get("components").get("securitySchemes").propertyNames())
        .contains("bearer", "cookie");
    assertThat(api.get("paths").propertyNames()).contains("/health", "/health/ready");
    assertThat(api.get("paths").get("/health").get("get").get("responses").propertyNames())
        .contains("200", "500");
  }

  @Test
  void every_endpoint_of_an_api_that_stands_in_the_table_is_described() {
    JsonNode paths = anonymous.get("/openapi.json").expect(200).json().get("paths");
    Map<String, Set<String>> described = new HashMap<>();
    for (String path : paths.propertyNames()) {
      described
          .computeIfAbsent(nameless(path), _ -> new HashSet<>())
          .addAll(paths.get(path).propertyNames());
    }

    for (Endpoint row : Endpoints.all()) {
      String path = row.path().getPatternString();
      if (DESCRIBED.contains(row.family())) {
        for (String method : row.methods()) {
          assertThat(described.getOrDefault(nameless(path), Set.of()))
              .as(method + " " + path)
              .contains(method.toLowerCase(Locale.ROOT));
        }
      }
    }
  }

  /** Two spellings of a variable's name are one path. */
  private static String nameless(String path) {
    return path.replaceAll("\\{[^}]+}", "{}");
  }
}

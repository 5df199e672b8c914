// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.acceptance;

import static io.entrepot.server.acceptance.HarvestFixture.filesBelow;
import static io.entrepot.server.acceptance.HarvestFixture.json;
import static io.entrepot.server.acceptance.HarvestFixture.map;
import static io.entrepot.server.acceptance.HarvestFixture.unique;
import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.server.TestClient;
import io.entrepot.server.TestClient.Answer;
import io.entrepot.server.TestServer;
import io.entrepot.server.acceptance.HarvestFixture.Line;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What a run can be asked to leave out or let pass, and how it is repeated and watched. */
class RunOptionsTest {

  @TempDir Path folder;

  private final TestServer server = TestServer.shared();
  private final TestClient admin = server.admin();
  private HarvestFixture fixture;

  @BeforeEach
  void prepare() {
    fixture = new HarvestFixture(server, folder);
  }

  @Test
  void a_run_for_a_part_of_the_tree_takes_that_part_and_the_next_run_the_rest() {
    Line line = fixture.line();
    line.put("2026/may/a.dat", "a");
    line.put("2026/june/b.dat", "b");
    line.put("2025/c.dat", "c");

    fixture.completed(fixture.trigger(line.schedule(), json("path_prefix", "2026/may")));
    assertThat(filesBelow(line.target())).containsExactly(line.name() + "/2026/may/a.dat");
    assertThat(fixture.files(line)).hasSize(1);

    JsonNode rest = fixture.harvest(line);
    assertThat(rest.at("/counters/missing").asLong()).isZero();
    assertThat(fixture.files(line)).hasSize(3);
  }

  @Test
  void a_hook_that_fails_lets_files_pass_where_it_was_told_to() {
    Line line = fixture.line();
    line.put("a.dat", "content");
    admin
        .post(
            "/api/hooks",
            json(
                "name",
                unique("bell"),
                "trigger",
                "pre_transfer",
                "implementation",
                "http_webhook",
                "webhook_url",
                "http://127.0.0.1:1/",
                "instrument_id",
                line.instrument(),
                "config",
                map("on_error", "proceed")))
        .expect(201);

    JsonNode run = fixture.harvest(line);

    assertThat(run.at("/counters/failed").asLong(0)).isZero();
    assertThat(fixture.statusOf(line, "a.dat")).isEqualTo("completed");
    assertThat(line.copyOf("a.dat")).hasContent("content");
  }

  @Test
  void a_failed_run_is_repeated_on_demand_and_a_completed_one_is_not() throws IOException {
    Line line = fixture.line();
    line.put("a.dat", "content");
    Files.delete(line.target());
    String failed = fixture.trigger(line.schedule());
    assertThat(fixture.ended(failed).get("type").asString()).isEqualTo("FAILED");
    Files.createDirectory(line.target());

    JsonNode again = admin.post("/api/runs/" + failed + "/retry").expect(200).json();

    String repeated = again.get("id").asString();
    assertThat(repeated).isNotEqualTo(failed);
    assertThat(again.get("trigger").asString()).isEqualTo("retry");
    fixture.completed(repeated);
    assertThat(line.copyOf("a.dat")).hasContent("content");
    assertThat(fixture.stateOf(failed)).isEqualTo("FAILED");

    Answer refused = admin.post("/api/runs/" + repeated + "/retry");
    assertThat(refused.status()).as(refused.text()).isEqualTo(409);
    assertThat(refused.json().get("detail").asString()).isNotBlank();
  }

  @Test
  void a_run_is_watched_to_its_end_over_one_connection_and_missed_news_are_asked_for()
      throws Exception {
    Line line = fixture.line("stability_seconds", 1); // so that it lasts
    line.put("a.dat", "content");
    String run = fixture.trigger(line.schedule());
    String path = "/api/runs/" + run + "/events";

    List<String> news = read(path, "");

    assertThat(news).anyMatch(text -> text.contains("\"completed\""));
    assertThat(news).anyMatch(text -> text.equals("event:run"));
    assertThat(news).filteredOn(text -> text.startsWith("data:")).anyMatch(e -> e.contains(run));
    List<Long> numbers = numbers(news);
    assertThat(numbers).hasSizeGreaterThan(1).isSorted().doesNotHaveDuplicates();
    assertThat(numbers(read(path, numbers.getFirst().toString())))
        .isEqualTo(numbers.subList(1, numbers.size()));
    Answer told =
        admin.send(
            admin
                .request(path)
                .header("Accept", "text/event-stream")
                .header("Last-Event-ID", numbers.getLast().toString())
                .GET()
                .build());
    assertThat(told.status()).isEqualTo(204);
    List<String> gap = read(path, "17");
    assertThat(gap).contains("event:gap", "data:{}");
    assertThat(gap).anyMatch(text -> text.contains("\"completed\""));
    Answer stranger = server.anonymous().get(path);
    assertThat(stranger.status()).isEqualTo(401);
    TestClient user = server.newUser(unique("watcher").replace(' ', '-') + "@lab.example");
    assertThat(user.get(path).status()).isEqualTo(404);
  }

  private static List<Long> numbers(List<String> news) {
    return news.stream()
        .filter(text -> text.startsWith("id:"))
        .map(text -> Long.valueOf(text.substring(3).strip()))
        .toList();
  }

  /** All lines of the stream, which ends by itself. */
  private List<String> read(String path, String after) throws Exception {
    var request = admin.request(path).header("Accept", "text/event-stream");
    if (!after.isEmpty()) {
      request.header("Last-Event-ID", after);
    }
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<InputStream> answer =
          client.send(request.GET().build(), HttpResponse.BodyHandlers.ofInputStream());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Content-Type").orElse(""))
          .startsWith("text/event-stream");
      try (var lines =
          new java.io.BufferedReader(
              new java.io.InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
        return lines.lines().toList();
      }
    }
  }
}

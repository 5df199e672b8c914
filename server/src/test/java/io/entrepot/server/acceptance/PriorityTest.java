// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.acceptance;

import static io.entrepot.server.acceptance.HarvestFixture.json;
import static io.entrepot.server.acceptance.HarvestFixture.unique;
import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.server.TestClient;
import io.entrepot.server.TestClient.Answer;
import io.entrepot.server.TestServer;
import io.entrepot.server.acceptance.HarvestFixture.Line;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Which of the runs that wait goes first. */
class PriorityTest {

  @TempDir Path folder;

  private final TestServer server = TestServer.shared();
  private final TestClient admin = server.admin();
  private HarvestFixture fixture;

  @BeforeEach
  void prepare() {
    fixture = new HarvestFixture(server, folder);
  }

  private int priorityOf(String path) {
    return admin.get(path).expect(200).json().get("priority").asInt();
  }

  private String firstProblem(JsonNode answer) {
    return answer.at("/detail/0/loc/1").asString() + " " + answer.at("/detail/0/type").asString();
  }

  @Test
  void a_schedule_hands_its_priority_to_its_runs_and_one_by_hand_may_have_another() {
    Line line = fixture.line();
    String schedule = "/api/schedules/" + line.schedule();
    assertThat(priorityOf(schedule)).isZero();

    admin.patch(schedule, json("priority", 40)).expect(200);
    admin.patch(schedule, json("timezone", "Asia/Tokyo")).expect(200);

    assertThat(priorityOf(schedule)).isEqualTo(40);
    String usual = fixture.trigger(line.schedule());
    String later = fixture.trigger(line.schedule(), json("priority", -40));
    assertThat(priorityOf("/api/runs/" + usual)).isEqualTo(40);
    assertThat(priorityOf("/api/runs/" + later)).isEqualTo(-40);
    fixture.ended(later);
  }

  @Test
  void of_the_runs_that_wait_the_one_that_was_put_forward_begins_first() {
    Line line = fixture.line("stability_seconds", 3_600);
    line.put("a.dat", "content");
    String first = fixture.trigger(line.schedule());
    HarvestFixture.await("the start", () -> fixture.stateOf(first).equals("RUNNING"));
    String second = fixture.trigger(line.schedule());
    String third = fixture.trigger(line.schedule());

    JsonNode changed = admin.patch("/api/runs/" + third, json("priority", 5)).expect(200).json();

    assertThat(changed.get("priority").asInt()).isEqualTo(5);
    // One after the other, as each waits for its file to settle until it is cancelled.
    List.of(first, third, second).forEach(this::cancelAndAwait);
    assertThat(startOf(third)).isBefore(startOf(second));
    assertThat(admin.patch("/api/runs/" + third, json("priority", 1)).status()).isEqualTo(409);
    JsonNode entry =
        admin
            .get("/api/admin/audit-logs?entity_type=run&limit=100")
            .expect(200)
            .json()
            .get("items")
            .valueStream()
            .filter(item -> item.get("entity_id").asString().equals(third))
            .filter(item -> item.get("action").asString().equals("update"))
            .findFirst()
            .orElseThrow();
    assertThat(entry.at("/changes/priority/after").asInt()).isEqualTo(5);
  }

  private void cancelAndAwait(String run) {
    HarvestFixture.await("the start of " + run, () -> fixture.stateOf(run).equals("RUNNING"));
    admin.post("/api/runs/" + run + "/cancel").expect(200);
    fixture.ended(run);
  }

  private Instant startOf(String run) {
    JsonNode started = admin.get("/api/runs/" + run).expect(200).json().get("started_at");
    return Instant.parse(started.asString());
  }

  @Test
  void a_priority_that_is_no_number_or_out_of_range_is_refused() {
    Line line = fixture.line();
    String run = fixture.trigger(line.schedule());
    String schedule = "/api/schedules/" + line.schedule();
    for (String path : List.of(schedule, "/api/runs/" + run)) {
      assertThat(firstProblem(admin.patch(path, json("priority", 101)).expect(422).json()))
          .isEqualTo("priority less_than_equal");
      assertThat(firstProblem(admin.patch(path, json("priority", -101)).expect(422).json()))
          .isEqualTo("priority greater_than_equal");
      admin.patch(path, json("priority", "high")).expect(422);
      admin.patch(path, "{\"priority\": null}").expect(422);
    }
    admin.post(schedule + "/trigger", json("priority", 101)).expect(422);
    assertThat(priorityOf(schedule)).isZero();
    TestClient user = server.newUser(unique("waits").replace(' ', '-') + "@lab.example");
    assertThat(user.patch("/api/runs/" + run, json("priority", 1)).status()).isEqualTo(403);
    fixture.ended(run);
  }

  /** Sends a form as a browser does that was shown the page. */
  private Answer submit(String path, String form) {
    Answer page = admin.get("/ui/schedules/new").expect(200);
    Matcher token = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"").matcher(page.text());
    assertThat(token.find()).isTrue();
    String cookies =
        page.response().headers().allValues("Set-Cookie").stream()
            .map(cookie -> cookie.split(";", 2)[0])
            .collect(Collectors.joining("; "));
    return admin.send(
        admin
            .request(path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Cookie", cookies)
            .POST(HttpRequest.BodyPublishers.ofString(form + "&_csrf=" + token.group(1)))
            .build());
  }

  @Test
  void the_pages_set_what_the_interface_sets() {
    Line line = fixture.line("stability_seconds", 3_600);
    line.put("a.dat", "content");
    String first = fixture.trigger(line.schedule());
    HarvestFixture.await("the start", () -> fixture.stateOf(first).equals("RUNNING"));
    String second = fixture.trigger(line.schedule());
    String page = "/ui/jobs/" + second;

    assertThat(admin.get(page).expect(200).text()).contains("id=\"prioritize\"");
    assertThat(submit(page + "/priority", "priority=high").expect(422).text())
        .contains("This is a whole number from -100 to 100.", "value=\"high\"");
    submit(page + "/priority", "priority=7").expect(302);
    assertThat(priorityOf("/api/runs/" + second)).isEqualTo(7);

    String fields =
        "instrument_id=%s&default_storage_location_id=%s&cron_expression=@daily&timezone=UTC"
            .formatted(line.instrument(), line.storage());
    String schedule = "/ui/schedules/" + line.schedule();
    assertThat(submit(schedule, fields + "&priority=101").expect(422).text())
        .contains("This is a whole number from -100 to 100.");
    submit(schedule, fields + "&priority=-9").expect(302);
    assertThat(priorityOf("/api/schedules/" + line.schedule())).isEqualTo(-9);
    assertThat(admin.get(schedule).expect(200).text()).contains("value=\"-9\"");
    cancelAndAwait(first);
    cancelAndAwait(second);
    assertThat(admin.get(page).expect(200).text()).doesNotContain("id=\"prioritize\"");
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.acceptance;

import static io.entrepot.server.acceptance.HarvestFixture.await;
import static io.entrepot.server.acceptance.HarvestFixture.json;
import static io.entrepot.server.acceptance.HarvestFixture.list;
import static io.entrepot.server.acceptance.HarvestFixture.pause;
import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.server.AdjustableClock;
import io.entrepot.server.TestServer;
import io.entrepot.server.acceptance.HarvestFixture.Line;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The harvest door's promises about what happens by itself when time passes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TimeChecksTest {

  /** Longer than the wait before the first new attempt, and than a minute of the clock. */
  private static final Duration A_WHILE = Duration.ofSeconds(61);

  private TestServer server;
  private AdjustableClock clock;
  private HarvestFixture fixture;

  @BeforeAll
  void start(@TempDir Path folder) {
    server = TestServer.start(AdjustableClock.ahead(Duration.ZERO));
    clock = server.part(AdjustableClock.class);
    fixture = new HarvestFixture(server, folder);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private static void everyMinute(HarvestFixture fixture, String schedule) {
    fixture
        .admin()
        .patch("/api/schedules/" + schedule, json("cron_expression", "* * * * *"))
        .expect(200);
  }

  private static List<JsonNode> runs(HarvestFixture fixture, Line line) {
    return list(fixture.admin(), "/api/runs?instrument_id=" + line.instrument());
  }

  private void switchOff(Line line) {
    enable(line, false);
  }

  private void enable(Line line, boolean enabled) {
    fixture
        .admin()
        .patch("/api/schedules/" + line.schedule(), json("enabled", enabled))
        .expect(200);
  }

  @Test
  @Check("harvest 17")
  void deleting_one_of_two_schedules_leaves_the_other_firing() {
    Line line = fixture.line();
    String other = fixture.schedule(line.instrument(), line.storage());
    everyMinute(fixture, line.schedule());
    everyMinute(fixture, other);
    fixture.admin().delete("/api/schedules/" + other).expect(204);

    clock.advance(A_WHILE);

    await("a run by the clock", () -> !runs(fixture, line).isEmpty());
    pause(Duration.ofMillis(1_200));
    assertThat(runs(fixture, line))
        .allSatisfy(
            run -> {
              assertThat(run.get("schedule_id").asString()).isEqualTo(line.schedule());
              assertThat(run.get("trigger").asString()).isEqualTo("cron");
            });
    switchOff(line);
  }

  @Test
  void a_file_whose_place_is_taken_waits_an_hour_or_until_somebody_asks() throws IOException {
    Line line = fixture.line();
    line.put("a.dat", "content");
    Path obstacle = line.target().resolve(line.name());
    Files.writeString(obstacle, "a file where a folder is needed");
    fixture.harvest(line);
    JsonNode failed = fixture.transfer(line, "a.dat");
    assertThat(failed.get("status").asString()).isEqualTo("failed");
    assertThat(failed.get("error_message").asString()).contains(line.name());
    assertThat(failed.get("retry_at").isNull()).isFalse();
    String ark = fixture.file(line, "a.dat").get("persistent_id").asString();

    clock.advance(Duration.ofMinutes(30));
    fixture.harvest(line);
    assertThat(fixture.transfers(line, "a.dat")).hasSize(1);

    Files.delete(obstacle);
    String file = fixture.file(line, "a.dat").get("id").asString();
    enable(line, false);
    fixture.admin().post("/api/files/" + file + "/retry").expect(400);
    assertThat(fixture.transfer(line, "a.dat"))
        .as("a refused wish leaves nothing")
        .isEqualTo(failed);
    enable(line, true);
    JsonNode retried =
        fixture.admin().post("/api/files/" + file + "/retry").expect(200).json().get("triggered");
    fixture.completed(retried.get(0).get("flow_run_id").asString());
    assertThat(fixture.statusOf(line, "a.dat")).isEqualTo("completed");
    assertThat(fixture.transfer(line, "a.dat").get("attempt").asInt()).isEqualTo(2);
    assertThat(fixture.file(line, "a.dat").get("persistent_id").asString()).isEqualTo(ark);
    assertThat(line.copyOf("a.dat")).hasContent("content");
  }

  @Test
  @Check("harvest 32")
  void a_hook_that_fails_holds_the_file_until_the_hook_is_well_again() {
    Line line = fixture.line();
    line.put("a.dat", "content");
    String hook =
        HarvestFixture.id(
            fixture
                .admin()
                .post(
                    "/api/hooks",
                    json(
                        "name",
                        "gatekeeper",
                        "trigger",
                        "pre_transfer",
                        "implementation",
                        "http_webhook",
                        "webhook_url",
                        "http://127.0.0.1:1/",
                        "instrument_id",
                        line.instrument())));

    JsonNode run = fixture.harvest(line);

    assertThat(run.at("/counters/failed").asLong()).isEqualTo(1);
    assertThat(fixture.statusOf(line, "a.dat")).isEqualTo("failed");
    assertThat(fixture.transfer(line, "a.dat").get("error_message").asString())
        .contains("gatekeeper");
    assertThat(line.copyOf("a.dat")).doesNotExist();

    fixture.admin().patch("/api/hooks/" + hook, json("enabled", false)).expect(200);
    everyMinute(fixture, line.schedule());
    clock.advance(A_WHILE);
    await("the held file", () -> fixture.statusOf(line, "a.dat").equals("completed"));
    switchOff(line);
  }

  @Test
  void administrators_are_told_once_of_a_schedule_that_fails_until_it_goes_well_again()
      throws IOException {
    Line line = fixture.line();
    Path away = line.source().resolveSibling("away of " + line.name());
    Files.move(line.source(), away);
    everyMinute(fixture, line.schedule());

    failsByTheClock(line, 1);
    await("a notice", () -> toldOf(line) == 1);
    failsByTheClock(line, 2);
    Files.move(away, line.source());
    clock.advance(A_WHILE);
    await("a run that goes well", () -> ended(line, "COMPLETED") > 0);
    assertThat(toldOf(line)).as("of the second failure in a row").isEqualTo(1);

    Files.move(line.source(), away);
    failsByTheClock(line, 3);
    await("a second notice", () -> toldOf(line) == 2);
    switchOff(line);
  }

  private void failsByTheClock(Line line, int times) {
    clock.advance(A_WHILE);
    await("failure " + times, () -> ended(line, "FAILED") >= times);
  }

  private long ended(Line line, String state) {
    return runs(fixture, line).stream()
        .filter(run -> run.get("state").asString().equalsIgnoreCase(state))
        .count();
  }

  private long toldOf(Line line) {
    return HarvestFixture.list(fixture.admin(), "/api/notifications").stream()
        .filter(notice -> notice.get("title").asString().contains(line.name()))
        .count();
  }

  @Test
  @Check("harvest 38")
  void ten_ticks_while_the_server_was_down_give_one_run(@TempDir Path data, @TempDir Path folder) {
    // A minute that does not come round while this test runs.
    int minute = (Instant.now().atZone(ZoneOffset.UTC).getMinute() + 30) % 60;
    Line line;
    try (TestServer before = TestServer.startIn(data, AdjustableClock.ahead(Duration.ZERO))) {
      HarvestFixture early = new HarvestFixture(before, folder);
      line = early.line();
      line.put("a.dat", "content");
      early
          .admin()
          .patch("/api/schedules/" + line.schedule(), json("cron_expression", minute + " * * * *"))
          .expect(200);
      assertThat(runs(early, line)).isEmpty();
    }
    try (TestServer after = TestServer.startIn(data, AdjustableClock.ahead(Duration.ofHours(10)))) {
      HarvestFixture late = new HarvestFixture(after, folder);
      await("the run that catches up", () -> !runs(late, line).isEmpty());
      late.completed(runs(late, line).getFirst().get("id").asString());
      pause(Duration.ofMillis(2_500));

      assertThat(runs(late, line)).hasSize(1);
      assertThat(late.statusOf(line, "a.dat")).isEqualTo("completed");
    }
  }
}

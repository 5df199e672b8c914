// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.acceptance;

import static io.entrepot.server.acceptance.HarvestFixture.await;
import static io.entrepot.server.acceptance.HarvestFixture.filesBelow;
import static io.entrepot.server.acceptance.HarvestFixture.json;
import static io.entrepot.server.acceptance.HarvestFixture.map;
import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.server.TestClient;
import io.entrepot.server.TestServer;
import io.entrepot.server.acceptance.HarvestFixture.Line;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** An instrument that is read no faster than it may be. */
class BandwidthTest {

  private static final int RATE = 100_000;

  /** What was not used just before may be used at once. */
  private static final Duration BURST = Duration.ofMillis(100);

  private HarvestFixture fixture;
  private TestClient admin;

  @BeforeEach
  void a_server(@TempDir Path folder) {
    fixture = new HarvestFixture(TestServer.shared(), folder);
    admin = fixture.admin();
  }

  private Line line(Object... config) {
    return fixture.line(config);
  }

  private static void put(Line line, String name, int size) throws IOException {
    Files.write(line.source().resolve(name), new byte[size]);
  }

  private Duration harvest(Line line) {
    JsonNode run = fixture.harvest(line);
    return Duration.between(instant(run, "started_at"), instant(run, "finished_at"));
  }

  private static Instant instant(JsonNode run, String field) {
    return Instant.parse(run.get(field).asString());
  }

  @Test
  void
      all_copies_of_a_run_together_take_as_long_as_the_limit_asks_and_the_next_run_what_it_says_then()
          throws IOException {
    Line line = line("stability_seconds", 0, "max_parallel", 4, "bandwidth_bps", RATE);
    for (int i = 0; i < 40; i++) { // enough for every worker
      put(line, "slow-" + i + ".dat", RATE / 20);
    }
    assertThat(harvest(line)).isGreaterThan(Duration.ofSeconds(2).minus(BURST));
    assertThat(fixture.files(line)).hasSize(40);

    String instrument = "/api/instruments/" + line.instrument();
    assertThat(admin.get(instrument).json().at("/transfer_config/bandwidth_bps").asInt())
        .isEqualTo(RATE);
    admin
        .patch(
            instrument,
            json(
                "transfer_config",
                map("transport", "posix", "stability_seconds", 0, "bandwidth_bps", null)))
        .expect(200);
    put(line, "fast.dat", 60 * RATE);
    assertThat(harvest(line)).isLessThan(Duration.ofSeconds(30));
    assertThat(line.copyOf("fast.dat")).hasSize(60L * RATE);
  }

  @Test
  void a_copy_that_would_take_an_hour_is_cancelled_at_once() throws IOException {
    Line line = line("stability_seconds", 0, "max_parallel", 32, "bandwidth_bps", 1_000);
    for (int i = 0; i < 64; i++) {
      put(line, "slow-" + i + ".dat", 60_000);
    }
    String run = fixture.trigger(line.schedule());
    await("bytes under way", () -> !filesBelow(line.target()).isEmpty());

    Instant asked = Instant.now();
    admin.post("/api/runs/" + run + "/cancel").expect(200);

    assertThat(fixture.ended(run).get("type").asString()).isEqualTo("CANCELLED");
    assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(5));
    assertThat(filesBelow(line.target())).isEmpty();
  }
}

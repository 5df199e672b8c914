// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.acceptance;

import static io.entrepot.server.acceptance.HarvestFixture.json;
import static io.entrepot.server.acceptance.HarvestFixture.pause;
import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.server.TestServer;
import io.entrepot.server.acceptance.HarvestFixture.Line;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are not finished yet, and how the server knows. */
class SettlingChecksTest {

  @TempDir Path folder;

  private HarvestFixture fixture;

  @BeforeEach
  void prepare() {
    fixture = new HarvestFixture(TestServer.shared(), folder);
  }

  private static void append(Path file, byte[] bytes) {
    try {
      Files.write(file, bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  @Check("harvest 33")
  void a_growing_file_is_taken_whole_once_it_stands_still() throws Exception {
    Line line = fixture.line("stability_seconds", 1);
    Path growing = line.source().resolve("growing.raw");
    byte[] piece = new byte[1 << 16];
    CompletableFuture<Void> writer =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 0; i < 50; i++) {
                append(growing, piece);
                pause(Duration.ofMillis(60));
              }
            });
    pause(Duration.ofMillis(100));

    int harvests = 0;
    while (!writer.isDone()) {
      fixture.harvest(line);
      boolean stillWritten = !writer.isDone();
      boolean taken =
          !fixture.files(line).isEmpty()
              && fixture.statusOf(line, "growing.raw").equals("completed");
      assertThat(stillWritten && taken).as("taken while it was written").isFalse();
      harvests++;
    }
    writer.get();
    fixture.harvest(line);

    assertThat(harvests).isPositive();
    assertThat(fixture.statusOf(line, "growing.raw")).isEqualTo("completed");
    assertThat(fixture.file(line, "growing.raw").get("size_bytes").asLong())
        .isEqualTo(50L * piece.length);
    assertThat(line.copyOf("growing.raw")).hasSameBinaryContentAs(growing);
    assertThat(fixture.transfers(line, "growing.raw"))
        .filteredOn(transfer -> transfer.get("status").asString().equals("completed"))
        .hasSize(1);
  }

  @Test
  void a_file_waits_for_its_marker_and_the_marker_is_not_harvested() {
    Line line = fixture.line("stability_seconds", 0, "marker_file", "MARKER_is_finished_");
    line.put("run.raw", "content");
    assertThat(fixture.harvest(line).at("/counters/unstable").asLong()).isEqualTo(1);
    assertThat(fixture.files(line)).isEmpty();

    line.put("MARKER_is_finished_run.raw", "");
    fixture.harvest(line);

    assertThat(fixture.statusOf(line, "run.raw")).isEqualTo("completed");
    assertThat(fixture.files(line)).hasSize(1);
  }

  @Test
  void a_file_younger_than_the_least_age_is_left_for_later() {
    Line line = fixture.line("stability_seconds", 0, "min_age_seconds", 3600);
    line.put("young.raw", "content");

    assertThat(fixture.harvest(line).at("/counters/unstable").asLong()).isEqualTo(1);
    assertThat(fixture.files(line)).isEmpty();

    fixture
        .admin()
        .patch(
            "/api/instruments/" + line.instrument(),
            json(
                "transfer_config",
                HarvestFixture.map("transport", "posix", "stability_seconds", 0)))
        .expect(200);
    fixture.harvest(line);
    assertThat(fixture.statusOf(line, "young.raw")).isEqualTo("completed");
  }

  @Test
  void what_is_left_out_by_the_instruments_own_patterns_is_not_on_record() {
    Line line = fixture.line("stability_seconds", 0, "exclude", java.util.List.of("*.bak"));
    line.put("a.dat", "a");
    line.put("a.bak", "a");

    fixture.harvest(line);

    assertThat(fixture.files(line)).hasSize(1);
    assertThat(HarvestFixture.filesBelow(line.target())).hasSize(1);
  }
}

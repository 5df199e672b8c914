// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.server.TestClient;
import io.entrepot.server.TestClient.Answer;
import io.entrepot.server.TestServer;
import io.entrepot.server.acceptance.HarvestFixture.Line;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What happens when a disk is really full, and when somebody has made room again. */
class FullDiskTest {

  private static final int MEBIBYTE = 1 << 20;
  private static final String AND_WHAT_FAILED = "{\"retry_failed\": true}";

  @TempDir Path folder;
  @TempDir Path mounted;

  private static byte[] written(Path file, int size) throws IOException {
    byte[] content = new byte[size];
    new Random(size).nextBytes(content);
    Files.write(file, content);
    return content;
  }

  @Test
  void a_full_storage_location_ends_the_run_with_its_reason_and_the_next_run_after_room_was_made()
      throws IOException {
    TestServer server = TestServer.shared();
    HarvestFixture fixture = new HarvestFixture(server, folder);
    try (SmallDisk disk = SmallDisk.mount(mounted, 2)) {
      Line line = onto(fixture, disk);
      byte[] large = written(line.source().resolve("large.raw"), 4 * MEBIBYTE);

      String run = fixture.trigger(line.schedule());
      assertThat(fixture.ended(run).get("type").asString()).isEqualTo("FAILED");

      JsonNode told = server.admin().get("/api/runs/" + run).expect(200).json();
      assertThat(told.get("error_code").asString()).as("%s", told).isEqualTo("STORE_FULL");
      assertThat(told.get("error").asString())
          .contains(disk.root().toString(), "space")
          .doesNotContain("\tat ", "Exception");
      assertThat(HarvestFixture.filesBelow(disk.root())).isEmpty();
      assertThat(Files.readAllBytes(line.source().resolve("large.raw"))).isEqualTo(large);
      assertThat(fixture.statusOf(line, "large.raw")).isEqualTo("failed");

      byte[] small = written(line.source().resolve("small.raw"), 100_000);
      JsonNode again = fixture.completed(fixture.trigger(line.schedule(), AND_WHAT_FAILED));
      assertThat(again.at("/counters/failed").asLong()).isEqualTo(1);
      assertThat(Files.readAllBytes(line.copyOf("small.raw"))).isEqualTo(small);
      assertThat(HarvestFixture.filesBelow(disk.root())).hasSize(1);

      disk.grow(16);
      fixture.completed(fixture.trigger(line.schedule(), AND_WHAT_FAILED));

      assertThat(Files.readAllBytes(line.copyOf("large.raw"))).isEqualTo(large);
      assertThat(fixture.statusOf(line, "large.raw")).isEqualTo("completed");
      assertThat(HarvestFixture.filesBelow(disk.root())).hasSize(2);
    }
  }

  private static Line onto(HarvestFixture fixture, SmallDisk disk) {
    Path source = fixture.newFolder("source");
    String name = HarvestFixture.unique("instrument");
    String instrument = fixture.instrument(name, source, "stability_seconds", 0);
    String storage = fixture.storage(disk.root());
    String schedule = fixture.schedule(instrument, storage);
    return new Line(instrument, name, storage, schedule, source, disk.root());
  }

  @Test
  void a_full_data_directory_is_told_in_the_shape_of_the_door_and_loses_nothing()
      throws IOException {
    try (SmallDisk disk = SmallDisk.mount(mounted, 16);
        TestServer server =
            TestServer.startIn(disk.root().resolve("data"), "--entrepot.database.reserve=2MB")) {
      TestClient admin = server.admin();
      HarvestFixture fixture = new HarvestFixture(server, folder);
      Line line = fixture.line();
      line.put("before.txt", "before");
      fixture.harvest(line);
      String group =
          HarvestFixture.id(admin.post("/api/groups", HarvestFixture.json("name", "before")));
      String person =
          HarvestFixture.id(
              admin.post(
                  "/auth/register",
                  HarvestFixture.json("email", "p@lab.example", "password", "Zinnober-Blau")));
      Path filler = disk.fill();

      Answer refused = admin.post("/api/groups", HarvestFixture.json("name", "0"));
      for (int i = 1; refused.status() == 201 && i < 500; i++) {
        refused = admin.post("/api/groups", HarvestFixture.json("name", "" + i));
      }
      assertThat(refused.status()).as(refused.text()).isEqualTo(507);
      assertThat(refused.json().get("detail").asString()).contains("space");
      assertThat(refused.text()).doesNotContain("\tat ", "Exception", "sqlite", "org.");
      assertThat(fixture.content(line, "before.txt").expect(200).text()).isEqualTo("before");
      line.put("meanwhile.txt", "meanwhile");
      Answer trigger = admin.post("/api/schedules/" + line.schedule() + "/trigger");
      assertThat(trigger.status()).as(trigger.text()).isEqualTo(507);

      for (int i = 0; i < 20; i++) {
        TestClient again = server.admin();
        assertThat(again.get("/api/files").expect(200).json()).isNotEmpty();
      }
      server.admin().delete("/api/groups/" + group).expect(204);
      server.admin().delete("/api/admin/users/" + person).expect(204);
      assertThat(server.anonymous().get("/health/ready").status()).isEqualTo(503);
      assertThat(server.anonymous().get("/health/ready").text()).contains("reserve");
      assertThat(admin.post("/api/groups", HarvestFixture.json("name", "z")).status())
          .as("the reserve is not for new things")
          .isEqualTo(507);

      Files.delete(filler);
      fixture.harvest(line);

      assertThat(fixture.content(line, "meanwhile.txt").expect(200).text()).isEqualTo("meanwhile");
      assertThat(line.source().resolve("meanwhile.txt")).hasContent("meanwhile");
      assertThat(disk.root().resolve("data/reserve")).hasSize(2 * MEBIBYTE);
    }
  }
}

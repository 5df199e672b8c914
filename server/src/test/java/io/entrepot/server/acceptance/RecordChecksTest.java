// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.acceptance;

import static io.entrepot.server.acceptance.HarvestFixture.json;
import static io.entrepot.server.acceptance.HarvestFixture.list;
import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.server.TestClient;
import io.entrepot.server.TestServer;
import io.entrepot.server.acceptance.HarvestFixture.Line;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * What the records of files and of transfers hold, field by field, and in which order they come.
 */
class RecordChecksTest {

  @TempDir Path folder;

  private final TestServer server = TestServer.shared();
  private final TestClient admin = server.admin();
  private HarvestFixture fixture;

  @BeforeEach
  void prepare() {
    fixture = new HarvestFixture(server, folder);
  }

  private static Instant time(JsonNode record, String field) {
    assertThat(record.get(field).asString()).as(field).endsWith("Z");
    return Instant.parse(record.get(field).asString());
  }

  @Test
  void a_file_record_holds_when_it_was_found_and_no_owner_and_no_metadata_at_birth() {
    Line line = fixture.line();
    line.put("day/a.dat", "abc");
    Instant before = Instant.now().minusSeconds(1);

    fixture.harvest(line);

    JsonNode file = fixture.file(line, "day/a.dat");
    assertThat(file.propertyNames())
        .contains(
            "id",
            "persistent_id",
            "persistent_id_type",
            "instrument_id",
            "source_path",
            "filename",
            "size_bytes",
            "source_mtime",
            "xxhash",
            "sha256",
            "first_discovered_at",
            "metadata_",
            "owner_id");
    assertThat(time(file, "first_discovered_at")).isBetween(before, Instant.now());
    assertThat(time(file, "source_mtime")).isBetween(before, Instant.now());
    assertThat(file.get("metadata_").toString()).isEqualTo("{}");
    assertThat(file.get("owner_id").isNull()).isTrue();
    assertThat(file.get("instrument_id").asString()).isEqualTo(line.instrument());
    assertThat(file.get("persistent_id_type").asString()).isEqualTo("ark");
    JsonNode alone = admin.get("/api/files/" + file.get("id").asString()).expect(200).json();
    file.propertyNames().forEach(name -> assertThat(alone.get(name)).isEqualTo(file.get(name)));
  }

  @Test
  void a_transfer_record_holds_what_was_moved_and_when() {
    Line line = fixture.line();
    line.put("a.dat", "abc");
    Instant before = Instant.now().minusSeconds(1);

    fixture.harvest(line);

    JsonNode transfer = fixture.transfer(line, "a.dat");
    assertThat(transfer.propertyNames())
        .contains(
            "id",
            "file_id",
            "storage_location_id",
            "destination_path",
            "transfer_adapter",
            "status",
            "bytes_transferred",
            "source_checksum",
            "dest_checksum",
            "checksum_verified",
            "started_at",
            "completed_at",
            "error_message",
            "prefect_flow_run_id");
    assertThat(transfer.get("bytes_transferred").asLong()).isEqualTo(3);
    assertThat(time(transfer, "started_at")).isBetween(before, Instant.now());
    assertThat(time(transfer, "completed_at"))
        .isBetween(time(transfer, "started_at"), Instant.now());
    assertThat(transfer.get("error_message").isNull()).isTrue();
    assertThat(admin.get("/api/transfers/" + transfer.get("id").asString()).expect(200).json())
        .isEqualTo(transfer);
  }

  @Test
  void a_copy_that_went_bad_before_its_original_is_removed_fails_with_a_checksum_that_is_wrong() {
    Line line = fixture.line("stability_seconds", 0, "delete_source", true);
    String other =
        fixture.schedule(line.instrument(), fixture.storage(fixture.newFolder("second")));
    line.put("a.dat", "abc");
    fixture.harvest(line);
    assertThat(line.source().resolve("a.dat")).as("still awaited").hasContent("abc");
    HarvestFixture.put(line.copyOf("a.dat"), "abd");
    admin.patch("/api/schedules/" + other, json("enabled", false)).expect(200);

    fixture.harvest(line);

    JsonNode failed = fixture.transfer(line, "a.dat");
    assertThat(failed.get("status").asString()).isEqualTo("failed");
    assertThat(failed.get("checksum_verified").asBoolean(true)).isFalse();
    assertThat(failed.get("error_message").asString()).contains("no longer holds");
    assertThat(time(failed, "completed_at")).isAfterOrEqualTo(time(failed, "started_at"));
    assertThat(line.source().resolve("a.dat")).hasContent("abc");
  }

  @Test
  void a_failed_transfer_of_which_nothing_was_read_says_why_and_compared_nothing() {
    Line line = fixture.line();
    line.put("a.dat", "abc");
    fixture.fileFilter(
        line,
        "redirect_rules",
        List.of(HarvestFixture.map("pattern", "*", "destination", "../../etc")));

    fixture.harvest(line);

    JsonNode failed = fixture.transfer(line, "a.dat");
    assertThat(failed.get("status").asString()).isEqualTo("failed");
    assertThat(failed.get("error_message").asString()).isNotBlank();
    assertThat(time(failed, "completed_at")).isBeforeOrEqualTo(Instant.now());
    for (String none :
        List.of(
            "destination_path",
            "bytes_transferred",
            "source_checksum",
            "dest_checksum",
            "checksum_verified",
            "started_at")) {
      assertThat(failed.get(none).isNull()).as(none).isTrue();
    }
  }

  @Test
  void files_and_transfers_come_newest_first() {
    Line line = fixture.line();
    for (String name : List.of("b.dat", "c.dat", "a.dat")) {
      line.put(name, name);
      fixture.harvest(line);
    }

    assertThat(fixture.files(line))
        .extracting(file -> file.get("source_path").asString())
        .containsExactly("a.dat", "c.dat", "b.dat");
    List<String> files =
        fixture.files(line).stream().map(file -> file.get("id").asString()).toList();
    assertThat(list(admin, "/api/transfers?limit=500"))
        .extracting(transfer -> transfer.get("file_id").asString())
        .filteredOn(files::contains)
        .containsExactlyElementsOf(files);
  }
}

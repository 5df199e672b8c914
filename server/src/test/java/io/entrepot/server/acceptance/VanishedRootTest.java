// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.acceptance;

import static io.entrepot.server.acceptance.HarvestFixture.filesBelow;
import static io.entrepot.server.acceptance.HarvestFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.server.TestServer;
import io.entrepot.server.acceptance.HarvestFixture.Line;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Disks that are not mounted: their folders stand there, empty. */
class VanishedRootTest {

  private static final String MARKER = ".entrepot-location";

  @TempDir Path folder;

  private final TestServer server = TestServer.shared();
  private HarvestFixture fixture;

  @BeforeEach
  void prepare() {
    fixture = new HarvestFixture(server, folder);
  }

  /** What the disk held is put aside, and an empty folder stands where it was mounted. */
  private Path unmount(Path root) throws IOException {
    Path aside = Files.move(root, root.resolveSibling(root.getFileName() + " aside"));
    Files.createDirectory(root);
    return aside;
  }

  private static void mount(Path aside, Path root) throws IOException {
    Files.delete(root);
    Files.move(aside, root);
  }

  @Test
  void nothing_is_written_beneath_a_storage_location_that_is_not_mounted() throws IOException {
    Line line = fixture.line();
    line.put("a.dat", "a");
    fixture.harvest(line);
    assertThat(line.target().resolve(MARKER)).isNotEmptyFile();
    Path aside = unmount(line.target());
    line.put("b.dat", "b");

    assertThat(fixture.failure(line)).contains(line.target().toString(), MARKER, "Mount");

    assertThat(line.target()).isEmptyDirectory();
    String test = "/api/storage-locations/" + line.storage() + "/test";
    assertThat(server.admin().get(test).status()).isEqualTo(502);
    assertThat(fixture.content(line, "a.dat").text()).contains(MARKER);
    mount(aside, line.target());
    fixture.harvest(line);
    assertThat(filesBelow(line.target())).hasSize(2);
  }

  @Test
  void an_empty_folder_takes_the_place_of_a_storage_location_when_somebody_marks_it()
      throws IOException {
    Line line = fixture.line();
    line.put("a.dat", "a");
    fixture.harvest(line);
    unmount(line.target());
    Files.createFile(line.target().resolve(MARKER));
    line.put("b.dat", "b");

    fixture.harvest(line);

    assertThat(line.copyOf("b.dat")).exists();
  }

  @Test
  void a_base_path_is_changed_only_to_a_folder_that_holds_the_copies() throws IOException {
    Line line = fixture.line();
    line.put("a.dat", "a");
    fixture.harvest(line);
    Path empty = fixture.newFolder("empty");
    String place = "/api/storage-locations/" + line.storage();
    server.admin().patch(place, json("base_path", empty.toString())).expect(200);

    assertThat(fixture.failure(line)).contains(empty.toString(), MARKER);
    assertThat(empty).isEmptyDirectory();

    HarvestFixture.put(empty.resolve(line.name()).resolve("a.dat"), "a");
    fixture.harvest(line);
    assertThat(empty.resolve(MARKER)).exists();
  }

  @Test
  void the_marker_of_a_storage_location_is_not_harvested_from_it() {
    Line first = fixture.line();
    first.put("a.dat", "a");
    fixture.harvest(first);
    String name = HarvestFixture.unique("second");
    String instrument = fixture.instrument(name, first.target(), "stability_seconds", 0);
    Path target = fixture.newFolder("store");
    String storage = fixture.storage(target);
    Line second =
        new Line(
            instrument,
            name,
            storage,
            fixture.schedule(instrument, storage),
            first.target(),
            target);

    fixture.harvest(second);

    assertThat(fixture.files(second))
        .extracting(file -> file.get("source_path").asString())
        .containsExactly(first.name() + "/a.dat");
  }

  @Test
  void an_instrument_that_is_not_mounted_fails_its_run_and_loses_nothing() throws IOException {
    Line line = fixture.line();
    line.put("day/a.dat", "a");
    fixture.harvest(line);
    String instrument = "/api/instruments/" + line.instrument();
    JsonNode before = server.admin().get(instrument).expect(200).json().get("last_harvested_at");
    Path aside = unmount(line.source());

    assertThat(fixture.failure(line)).contains(line.name(), "1", "mounted");

    assertThat(server.admin().get(instrument).json().get("last_harvested_at")).isEqualTo(before);
    fixture.content(line, "day/a.dat").expect(200);
    mount(aside, line.source());
    fixture.harvest(line);
    assertThat(fixture.transfers(line, "day/a.dat")).hasSize(1);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.acceptance;

import static io.entrepot.server.acceptance.HarvestFixture.json;
import static io.entrepot.server.acceptance.HarvestFixture.map;
import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.server.TestClient;
import io.entrepot.server.TestClient.Answer;
import io.entrepot.server.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Where folders are configured that the server may use, nobody leads it out of them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConfinementTest {

  private Path outside;
  private Path root;
  private TestServer server;
  private TestClient admin;
  private HarvestFixture fixture;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    outside = Files.createDirectory(folder.resolve("outside")).toRealPath();
    root = Files.createDirectory(folder.resolve("root")).toRealPath();
    server = TestServer.start("--entrepot.roots=" + root);
    admin = server.admin();
    fixture = new HarvestFixture(server, root);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private Answer storage(String path) {
    return admin.post(
        "/api/storage-locations", json("name", "s", "type", "posix", "base_path", path));
  }

  private Answer instrument(String path) {
    return admin.post(
        "/api/instruments",
        json(
            "name",
            "i",
            "cifs_base_path",
            path,
            "transfer_config",
            map("transport", "posix", "stability_seconds", 0)));
  }

  @Test
  void a_path_outside_the_configured_folders_is_refused_to_administrators_too() throws IOException {
    Path link = Files.createSymbolicLink(root.resolve("link"), outside);
    for (String path :
        List.of(
            outside.toString(),
            "/",
            "/etc",
            root + "/../outside",
            root + "-and-more",
            root.getParent().toString(),
            link.toString(),
            link + "/deeper")) {
      Answer storage = storage(path);
      assertThat(storage.status()).as(path).isEqualTo(422);
      assertThat(storage.json().at("/detail/0/loc/1").asString()).isEqualTo("base_path");
      Answer instrument = instrument(path);
      assertThat(instrument.status()).as(path).isEqualTo(422);
      assertThat(instrument.json().at("/detail/0/loc/1").asString()).isEqualTo("cifs_base_path");
    }
    Files.delete(link);
    assertThat(storage(root.resolve("inside").toString()).status()).isEqualTo(201);
  }

  @Test
  void a_change_cannot_lead_out_either() {
    HarvestFixture.Line line = fixture.line();

    assertThat(
            admin
                .patch(
                    "/api/storage-locations/" + line.storage(),
                    json("base_path", outside.toString()))
                .status())
        .isEqualTo(422);
    assertThat(
            admin
                .patch(
                    "/api/instruments/" + line.instrument(),
                    json("cifs_base_path", outside.toString()))
                .status())
        .isEqualTo(422);
  }

  @Test
  void a_folder_swapped_for_a_link_after_it_was_accepted_leads_nowhere() throws IOException {
    HarvestFixture.Line line = fixture.line();
    line.put("a.dat", "a");
    Files.delete(line.target());
    Files.createSymbolicLink(line.target(), outside);

    assertThat(fixture.failure(line)).contains("outside");
    assertThat(HarvestFixture.filesBelow(outside)).isEmpty();
  }
}

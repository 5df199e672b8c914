// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.acceptance;

import static io.entrepot.server.acceptance.HarvestFixture.json;
import static io.entrepot.server.acceptance.HarvestFixture.unique;
import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.server.TestClient;
import io.entrepot.server.TestClient.Answer;
import io.entrepot.server.TestServer;
import io.entrepot.server.acceptance.HarvestFixture.Line;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A storage location whose base path is written in another way, moved, or gone. */
class MovedStoreTest {

  @TempDir Path folder;

  private final TestServer server = TestServer.shared();
  private final TestClient admin = server.admin();
  private HarvestFixture fixture;

  @BeforeEach
  void prepare() {
    fixture = new HarvestFixture(server, folder);
  }

  @Test
  void a_base_path_is_answered_as_it_was_sent_and_rules_may_use_it_so() throws IOException {
    Path real = fixture.newFolder("store");
    Path link = Files.createSymbolicLink(folder.resolve(unique("link")), real);
    String sent = link + "/";
    String storage = fixture.storage("posix", sent);
    Line line = line(storage, link);
    line.put("plain.dat", "plain");
    line.put("typed.dat", "typed");
    line.put("real.dat", "real");
    fixture.fileFilter(
        line,
        "redirect_rules",
        List.of(
            Map.of("pattern", "typed.dat", "destination", link + "/alt"),
            Map.of("pattern", "real.dat", "destination", real + "/alt")));

    fixture.harvest(line);

    assertThat(basePath(storage)).isEqualTo(sent);
    assertArrived(line, "plain.dat", line.copyOf("plain.dat"));
    Path alternative = link.resolve("alt").resolve(line.name());
    assertArrived(line, "typed.dat", alternative.resolve("typed.dat"));
    assertArrived(line, "real.dat", alternative.resolve("real.dat"));
  }

  private String basePath(String storage) {
    JsonNode found = admin.get("/api/storage-locations/" + storage).expect(200).json();
    return found.get("base_path").asString();
  }

  private Line line(String storage, Path target) {
    Path source = fixture.newFolder("source");
    String name = unique("instrument");
    String instrument = fixture.instrument(name, source, "stability_seconds", 0);
    return new Line(
        instrument, name, storage, fixture.schedule(instrument, storage), source, target);
  }

  private void assertArrived(Line line, String path, Path copy) {
    JsonNode transfer = fixture.transfer(line, path);
    assertThat(transfer.get("status").asString())
        .as(path + ": " + transfer.get("error_message"))
        .isEqualTo("completed");
    assertThat(transfer.get("destination_path").asString()).isEqualTo(copy.toString());
    assertThat(copy).exists();
    fixture.content(line, path).expect(200);
  }

  @Test
  void copies_are_read_after_their_storage_location_moved_with_them() throws IOException {
    Line line = fixture.line();
    line.put("day/a.dat", "first");
    fixture.harvest(line);
    line.put("day/a.dat", "second, longer");
    fixture.harvest(line);
    Path moved = Files.move(line.target(), folder.resolve(unique("moved")));
    move(line, moved);

    String file = "/api/files/" + fixture.file(line, "day/a.dat").get("id").asString();
    assertThat(admin.get(file + "/content").expect(200).text()).isEqualTo("second, longer");
    assertThat(admin.get(file + "/versions/1/content").expect(200).text()).isEqualTo("first");
    assertThat(fixture.transfers(line, "day/a.dat"))
        .extracting(transfer -> transfer.get("destination_path").asString())
        .allSatisfy(path -> assertThat(Path.of(path)).startsWith(moved).exists());
    fixture.harvest(line);
    assertThat(fixture.transfers(line, "day/a.dat")).hasSize(2);
  }

  @Test
  void copies_that_did_not_move_with_their_storage_location_are_read_again_when_it_is_back() {
    Line line = fixture.line();
    line.put("a.dat", "a");
    fixture.harvest(line);
    move(line, fixture.newFolder("empty"));

    Answer lost = fixture.content(line, "a.dat");

    assertThat(lost.status()).isGreaterThanOrEqualTo(400);
    assertThat(lost.json().get("detail").asString()).contains("a.dat", "not there");
    move(line, line.target());
    assertThat(fixture.content(line, "a.dat").expect(200).text()).isEqualTo("a");
  }

  private void move(Line line, Path base) {
    String path = "/api/storage-locations/" + line.storage();
    admin.patch(path, json("base_path", base.toString())).expect(200);
  }

  @Test
  void only_administrators_are_told_where_a_folder_is_missing() throws IOException {
    Line line = fixture.line();
    line.put("a.dat", "a");
    fixture.harvest(line);
    String content = "/api/files/" + fixture.file(line, "a.dat").get("id").asString() + "/content";
    TestClient user = server.newUser(unique("reader").replace(' ', '-') + "@lab.example");
    String id = user.get("/users/me").json().get("id").asString();
    admin
        .post("/api/instruments/" + line.instrument() + "/access", json("user_id", id))
        .expect(201);
    user.get(content).expect(200);
    Files.move(line.target(), folder.resolve(unique("hidden")));

    Answer told = admin.get(content);
    assertThat(told.status()).isGreaterThanOrEqualTo(400);
    assertThat(told.text()).contains(line.target().toString());
    Answer plain = user.get(content);
    assertThat(plain.status()).isEqualTo(told.status());
    assertThat(plain.text()).contains("administrator").doesNotContain(folder.toString());
  }
}

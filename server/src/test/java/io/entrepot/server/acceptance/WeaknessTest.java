// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.acceptance;

import static io.entrepot.server.acceptance.HarvestFixture.filesBelow;
import static io.entrepot.server.acceptance.HarvestFixture.id;
import static io.entrepot.server.acceptance.HarvestFixture.json;
import static io.entrepot.server.acceptance.HarvestFixture.map;
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

/**
 * What harvesters of this kind are known to get wrong. More of it stands beside the promise that it
 * would break: half-written files in {@link SettlingChecksTest}, failed files that nobody tries
 * again and a connection for each file in {@link SftpChecksTest}, skipped ones in {@link
 * HookChecksTest}, unverified and invisible ones in {@link HarvestChecksTest}, self-made
 * administrators in {@link AccountChecksTest}.
 */
class WeaknessTest {

  @TempDir Path folder;

  private final TestServer server = TestServer.shared();
  private final TestClient admin = server.admin();
  private HarvestFixture fixture;

  @BeforeEach
  void prepare() {
    fixture = new HarvestFixture(server, folder);
  }

  @Test
  void a_file_rewritten_with_the_same_size_is_not_ignored() {
    Line line = fixture.line();
    line.put("a.dat", "one");
    fixture.harvest(line);
    line.put("a.dat", "two");

    fixture.harvest(line);

    assertThat(fixture.content(line, "a.dat").text()).isEqualTo("two");
    assertThat(fixture.file(line, "a.dat").get("version").asInt()).isEqualTo(2);
  }

  @Test
  void a_file_touched_without_a_change_keeps_its_copy() throws IOException {
    Line line = fixture.line();
    line.put("a.dat", "one");
    fixture.harvest(line);
    Path copy = line.copyOf("a.dat");
    var written = Files.getLastModifiedTime(copy);
    line.put("a.dat", "one");

    fixture.harvest(line);

    assertThat(fixture.content(line, "a.dat").text()).isEqualTo("one");
    assertThat(Files.getLastModifiedTime(copy)).isEqualTo(written);
  }

  @Test
  void deleted_and_renamed_files_are_noticed_and_their_copies_stay() throws IOException {
    Line line = fixture.line();
    line.put("kept.dat", "kept");
    line.put("deleted.dat", "deleted");
    line.put("old name.dat", "renamed");
    fixture.harvest(line);
    Files.delete(line.source().resolve("deleted.dat"));
    Files.move(line.source().resolve("old name.dat"), line.source().resolve("new name.dat"));

    JsonNode run = fixture.harvest(line);

    assertThat(run.at("/counters/missing").asLong()).isEqualTo(2);
    assertThat(run.at("/counters/new").asLong()).isEqualTo(1);
    assertThat(fixture.content(line, "deleted.dat").text()).isEqualTo("deleted");
    assertThat(fixture.content(line, "old name.dat").text()).isEqualTo("renamed");
    assertThat(fixture.content(line, "new name.dat").text()).isEqualTo("renamed");
  }

  @Test
  void a_destination_that_cannot_be_reached_is_not_filled_as_a_local_folder() {
    Line line = fixture.line();
    line.put("a.dat", "a");
    Path looksLocal = fixture.newFolder("looks local");
    for (String storage :
        List.of(
            fixture.storage(
                "s3",
                looksLocal.toString(),
                "bucket",
                "b",
                "region",
                "r",
                "access_key_id",
                "k",
                "secret_access_key",
                "s",
                "endpoint_url",
                "http://127.0.0.1:1"),
            fixture.storage(
                "cifs",
                looksLocal.toString(),
                "host",
                "127.0.0.1",
                "share",
                "s",
                "username",
                "u",
                "password",
                "p"))) {
      Line remote =
          new Line(
              line.instrument(),
              line.name(),
              storage,
              fixture.schedule(line.instrument(), storage),
              line.source(),
              looksLocal);

      assertThat(fixture.failure(remote)).isNotBlank();
      assertThat(admin.get("/api/storage-locations/" + storage + "/test").status())
          .isBetween(400, 502)
          .isNotEqualTo(500);
      assertThat(looksLocal).isEmptyDirectory();
    }
  }

  @Test
  void two_runs_of_one_instrument_do_not_collide() {
    Line line = fixture.line();
    for (int i = 0; i < 200; i++) {
      line.put("f" + i, "content " + i);
    }
    Path other = fixture.newFolder("store");
    String storage = fixture.storage(other);
    String second = fixture.schedule(line.instrument(), storage);

    List<String> runs =
        List.of(
            fixture.trigger(line.schedule()),
            fixture.trigger(second),
            fixture.trigger(line.schedule()));

    runs.forEach(fixture::completed);
    assertThat(fixture.files(line)).hasSize(200);
    assertThat(filesBelow(line.target())).hasSize(200);
    assertThat(filesBelow(other)).hasSize(200);
    assertThat(fixture.transfers(line, "f0")).hasSize(2);
  }

  @Test
  void two_instruments_of_one_name_keep_their_trees_apart() {
    Line one = fixture.line();
    one.put("a.dat", "of the one");
    Path source = fixture.newFolder("source");
    HarvestFixture.put(source.resolve("a.dat"), "of the other");
    String twin = fixture.instrument(one.name(), source, "stability_seconds", 0);
    Line other =
        new Line(
            twin,
            one.name(),
            one.storage(),
            fixture.schedule(twin, one.storage()),
            source,
            one.target());

    fixture.harvest(one);
    fixture.harvest(other);

    assertThat(fixture.content(one, "a.dat").text()).isEqualTo("of the one");
    assertThat(fixture.content(other, "a.dat").text()).isEqualTo("of the other");
    assertThat(filesBelow(one.target())).hasSize(2);
  }

  @Test
  void an_instruments_name_cannot_lead_out_of_the_store() {
    for (String name : List.of("../../escape", "/etc/escape", "..", "a/../../b", ".", "x\u0000y")) {
      Path source = fixture.newFolder("source");
      HarvestFixture.put(source.resolve("a.dat"), "content");
      Answer made =
          admin.post(
              "/api/instruments",
              json(
                  "name",
                  name,
                  "cifs_host",
                  "",
                  "cifs_share",
                  "",
                  "cifs_base_path",
                  source.toString(),
                  "transfer_config",
                  map("transport", "posix", "stability_seconds", 0)));
      if (made.status() == 422) {
        continue;
      }
      Path target = fixture.newFolder("outer").resolve("store");
      target.toFile().mkdirs();
      String instrument = id(made);
      String storage = fixture.storage(target);
      Line line =
          new Line(
              instrument, name, storage, fixture.schedule(instrument, storage), source, target);

      fixture.harvest(line);

      assertThat(fixture.content(line, "a.dat").expect(200).text()).as(name).isEqualTo("content");
      assertThat(filesBelow(target)).as(name).hasSize(1);
      assertThat(filesBelow(target.getParent())).as(name).hasSize(1);
    }
  }

  @Test
  void a_link_does_not_lead_the_harvest_out_of_the_instrument() throws IOException {
    Line line = fixture.line();
    line.put("a.dat", "a");
    Path outside = fixture.newFolder("outside");
    HarvestFixture.put(outside.resolve("secret.dat"), "secret");
    Files.createSymbolicLink(line.source().resolve("door"), outside);
    Files.createSymbolicLink(line.source().resolve("window.dat"), outside.resolve("secret.dat"));

    fixture.harvest(line);

    assertThat(fixture.files(line)).hasSize(1);
    assertThat(filesBelow(line.target())).hasSize(1);
  }

  @Test
  void a_link_does_not_lead_the_copies_out_of_the_store() throws IOException {
    Line line = fixture.line();
    line.put("sub/a.dat", "a");
    Path outside = fixture.newFolder("outside");
    Files.createSymbolicLink(line.target().resolve(line.name()), outside);

    fixture.harvest(line);

    assertThat(fixture.statusOf(line, "sub/a.dat")).isEqualTo("failed");
    assertThat(filesBelow(outside)).isEmpty();
  }

  @Test
  void what_already_lies_in_the_store_is_never_replaced() {
    Line line = fixture.line();
    line.put("a.dat", "from the instrument");
    HarvestFixture.put(line.copyOf("a.dat"), "somebody else's");

    fixture.harvest(line);

    assertThat(line.copyOf("a.dat")).hasContent("somebody else's");
    assertThat(fixture.statusOf(line, "a.dat")).isEqualTo("failed");
  }

  @Test
  void a_hook_of_a_kind_that_cannot_run_lets_nothing_through_and_says_so() {
    for (String kind : List.of("python_script", "http_webhook")) {
      Line line = fixture.line();
      line.put("a.dat", "a");
      admin
          .post(
              "/api/hooks",
              json(
                  "name",
                  "gate of " + kind,
                  "trigger",
                  "pre_transfer",
                  "implementation",
                  kind,
                  "script_path",
                  "/scripts/gate.py",
                  "webhook_url",
                  "http://127.0.0.1:1/gate",
                  "instrument_id",
                  line.instrument()))
          .expect(201);

      fixture.harvest(line);

      assertThat(fixture.transfer(line, "a.dat").get("error_message").asString())
          .contains("gate of " + kind, kind);
      assertThat(filesBelow(line.target())).isEmpty();
    }
  }

  @Test
  void a_dry_run_tells_what_it_would_take_and_takes_nothing() {
    Line line = fixture.line();
    line.put("a.dat", "a");

    JsonNode run = fixture.completed(fixture.trigger(line.schedule(), json("dry_run", true)));

    assertThat(admin.get("/api/runs/" + run.get("id").asString() + "/log").text())
        .contains("a.dat");
    assertThat(fixture.files(line)).isEmpty();
    assertThat(filesBelow(line.target())).isEmpty();
  }

  @Test
  void a_dry_run_asks_the_hooks_and_says_how_much_there_is() {
    Line line = fixture.line();
    line.put("a.dat", "abc");
    line.put("b.dat", "abcde");
    line.put("away.dat", "1");
    line.put("out.dat", "1");
    line.put("junk.tmp", "1");
    fixture.fileFilter(
        line,
        "exclude_patterns",
        List.of("*.tmp"),
        "redirect_rules",
        List.of(
            Map.of("pattern", "away.dat", "destination", "elsewhere"),
            Map.of("pattern", "out.dat", "destination", "../../etc")));

    JsonNode run = fixture.completed(fixture.trigger(line.schedule(), json("dry_run", true)));

    assertThat(run.at("/counters/would_take").asLong()).isEqualTo(3);
    assertThat(run.at("/counters/would_take_bytes").asLong()).isEqualTo(9);
    assertThat(run.at("/counters/would_skip").asLong()).isEqualTo(1);
    assertThat(run.at("/counters/would_hold").asLong()).isEqualTo(1);
    assertThat(admin.get("/api/runs/" + run.get("id").asString() + "/log").text())
        .contains(
            "would skip junk.tmp",
            "would hold out.dat",
            "into elsewhere/" + line.name(),
            "A run would take 3 files with 9 bytes in all");
    assertThat(fixture.files(line)).isEmpty();
    assertThat(filesBelow(line.target())).isEmpty();
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.acceptance;

import static io.entrepot.server.acceptance.HarvestFixture.await;
import static io.entrepot.server.acceptance.HarvestFixture.filesBelow;
import static io.entrepot.server.acceptance.HarvestFixture.json;
import static io.entrepot.server.acceptance.HarvestFixture.list;
import static io.entrepot.server.acceptance.HarvestFixture.unique;
import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.server.TestClient;
import io.entrepot.server.TestClient.Answer;
import io.entrepot.server.TestServer;
import io.entrepot.server.acceptance.HarvestFixture.Line;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The harvest door's promises about what a harvest brings, from folder to folder. */
class HarvestChecksTest {

  /** Enough that a name of too few random characters would come twice. */
  private static final int NAMES = 2_000;

  private static final String XXH64_OF_NOTHING = "ef46db3751d8e999";
  private static final String XXH64_OF_ABC = "44bc2cf5ad770999";
  private static final String NOBODY = "00000000-0000-8000-8000-000000000000";

  @TempDir Path folder;

  private final TestServer server = TestServer.shared();
  private final TestClient admin = server.admin();
  private HarvestFixture fixture;

  @BeforeEach
  void prepare() {
    fixture = new HarvestFixture(server, folder);
  }

  @Test
  @Check("harvest 18")
  void a_trigger_answers_with_the_run_and_the_schedule() {
    Line line = fixture.line();
    String path = "/api/schedules/" + line.schedule();
    admin.patch(path, json("enabled", false)).expect(200);

    Answer answer = admin.post(path + "/trigger");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().propertyNames())
        .containsExactlyInAnyOrder("flow_run_id", "schedule_id");
    assertThat(answer.json().get("schedule_id").asString()).isEqualTo(line.schedule());
    fixture.completed(answer.json().get("flow_run_id").asString());
    Answer unknown = admin.post("/api/schedules/" + NOBODY + "/trigger").expect(404);
    assertThat(unknown.json().get("detail").asString()).isEqualTo("Schedule not found");
    TestClient user = server.newUser(unique("u").replace(' ', '-') + "@lab.example");
    assertThat(user.post(path + "/trigger").status()).isEqualTo(403);
  }

  @Test
  void a_trigger_of_something_switched_off_is_refused() {
    Line line = fixture.line();
    admin.patch("/api/instruments/" + line.instrument(), json("enabled", false)).expect(200);

    Answer refused = admin.post("/api/schedules/" + line.schedule() + "/trigger");

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.json().get("detail").asString()).contains(line.name());
  }

  @Test
  @Check("harvest 19")
  void the_run_is_polled_as_clients_of_prefect_do() {
    Line line = fixture.line();
    String run = fixture.trigger(line.schedule());

    assertThat(fixture.ended(run).get("type").asString()).isEqualTo("COMPLETED");
    JsonNode flow = fixture.flowRun(run);
    assertThat(flow.get("id").asString()).isEqualTo(run);
    assertThat(flow.get("state_type").asString()).isEqualTo("COMPLETED");
    assertThat(flow.get("state_name").asString()).isEqualTo("Completed");
    assertThat(flow.get("deployment_id").asString()).isEqualTo(line.schedule());
    assertThat(flow.at("/parameters/instrument_id").asString()).isEqualTo(line.instrument());
    assertThat(flow.at("/parameters/schedule_id").asString()).isEqualTo(line.schedule());
    assertThat(flow.get("end_time").asString()).endsWith("Z");
    TestClient user = server.newUser(unique("u").replace(' ', '-') + "@lab.example");
    assertThat(user.get("/prefect/api/flow_runs/" + run).status()).isEqualTo(403);
  }

  @Test
  @Check("harvest 20")
  void ten_files_arrive_proved_and_on_record() throws IOException {
    Line line = fixture.line();
    line.put("abc", "abc");
    line.put("empty", "");
    for (int i = 0; i < 8; i++) {
      line.put("day " + i % 3 + "/sample/" + i + ".dat", "content of " + i);
    }

    JsonNode run = fixture.harvest(line);

    List<JsonNode> files = fixture.files(line);
    assertThat(files).hasSize(10);
    for (JsonNode file : files) {
      String path = file.get("source_path").asString();
      assertThat(path).doesNotStartWith("/").doesNotContain("\\");
      assertThat(file.get("filename").asString()).isEqualTo(path.replaceFirst("^.*/", ""));
      assertThat(line.copyOf(path)).hasSameBinaryContentAs(line.source().resolve(path));
      assertThat(file.get("size_bytes").asLong()).isEqualTo(Files.size(line.copyOf(path)));
      assertThat(file.get("xxhash").asString()).matches("[0-9a-f]{16}");
      assertThat(file.get("sha256").asString()).matches("[0-9a-f]{64}");
      JsonNode transfer = fixture.transfer(line, path);
      assertThat(transfer.get("status").asString()).isEqualTo("completed");
      assertThat(transfer.get("checksum_verified").asBoolean()).isTrue();
      assertThat(transfer.get("source_checksum").asString())
          .isEqualTo(transfer.get("dest_checksum").asString())
          .isEqualTo(file.get("xxhash").asString());
      assertThat(transfer.get("prefect_flow_run_id").asString())
          .isEqualTo(run.get("id").asString());
      assertThat(transfer.get("destination_path").asString())
          .isEqualTo(line.copyOf(path).toString());
      assertThat(transfer.get("transfer_adapter").asString()).isEqualTo("rclone");
      assertThat(transfer.get("storage_location_id").asString()).isEqualTo(line.storage());
    }
    assertThat(fixture.file(line, "abc").get("xxhash").asString()).isEqualTo(XXH64_OF_ABC);
    assertThat(fixture.file(line, "empty").get("xxhash").asString()).isEqualTo(XXH64_OF_NOTHING);
    assertThat(filesBelow(line.target())).hasSize(10);
  }

  @Test
  @Check("harvest 21")
  void a_second_harvest_finds_nothing_to_do() {
    Line line = fixture.line();
    line.put("a/b.dat", "content");
    JsonNode first = fixture.harvest(line);
    String path = "/api/instruments/" + line.instrument();
    String before = admin.get(path).json().get("last_harvested_at").asString();

    JsonNode run = fixture.harvest(line);

    assertThat(fixture.files(line)).hasSize(1);
    assertThat(fixture.transfers(line, "a/b.dat")).hasSize(1);
    assertThat(run.at("/counters/discovered").asLong()).isEqualTo(1);
    assertThat(first.at("/counters/bytes").asLong()).isPositive();
    for (String zero :
        List.of("new", "changed", "unstable", "transferred", "skipped", "failed", "bytes")) {
      assertThat(run.at("/counters/" + zero).isNumber()).as(zero).isTrue();
      assertThat(run.at("/counters/" + zero).asLong()).as(zero).isZero();
    }
    assertThat(admin.get(path).json().get("last_harvested_at").asString()).isGreaterThan(before);
  }

  @Test
  @Check("harvest 22")
  void odd_names_are_harvested_and_downloaded() {
    Line line = fixture.line();
    List<String> names =
        List.of(
            "with space.dat",
            "a#b.dat",
            "100%.dat",
            "%2e%2e.dat",
            "caf\u00e9.dat",
            "cafe\u0301.dat",
            "\ud83d\ude80/rocket \ud83d\udd2c.dat",
            "trailing dot.",
            "trailing space ",
            "semi;colon&and=is?+.dat",
            "quote\"'`$(x).dat",
            "back\\slash.dat",
            ".hidden",
            "x".repeat(255),
            "deep/".repeat(40) + "end.dat");
    names.forEach(name -> line.put(name, "this is " + name));

    fixture.harvest(line);

    assertThat(fixture.files(line))
        .extracting(file -> file.get("source_path").asString())
        .containsExactlyInAnyOrderElementsOf(names);
    for (String name : names) {
      assertThat(fixture.statusOf(line, name)).as(name).isEqualTo("completed");
      Answer content = fixture.content(line, name).expect(200);
      assertThat(content.text()).isEqualTo("this is " + name);
      assertThat(content.header("Content-Disposition").orElseThrow()).startsWith("attachment");
    }
  }

  @Test
  void a_part_of_a_file_can_be_asked_for() {
    Line line = fixture.line();
    line.put("letters", "abcdefghij");
    fixture.harvest(line);
    String path = "/api/files/" + fixture.file(line, "letters").get("id").asString() + "/content";

    Answer part = ranged(path, "bytes=2-4");
    assertThat(part.status()).isEqualTo(206);
    assertThat(part.text()).isEqualTo("cde");
    assertThat(part.header("Content-Range")).hasValue("bytes 2-4/10");
    assertThat(ranged(path, "bytes=-3").text()).isEqualTo("hij");
    Answer beyond = ranged(path, "bytes=50-");
    assertThat(beyond.status()).isEqualTo(416);
    assertThat(beyond.header("Content-Range")).hasValue("bytes */10");
    assertThat(beyond.text()).doesNotContain("abc");
  }

  private Answer ranged(String path, String range) {
    return admin.send(admin.request(path).header("Range", range).GET().build());
  }

  @Test
  @Check("harvest 25")
  void a_missing_mount_fails_the_run_and_nothing_is_written_in_its_place() {
    Line line = fixture.line();
    line.put("a.dat", "a");
    Path mount = fixture.newFolder("mount");
    String storage =
        fixture.storage(
            "nfs", mount.toString(), "host", "nfs.lab.example", "export_path", "/export");
    Line nfs =
        new Line(
            line.instrument(),
            line.name(),
            storage,
            fixture.schedule(line.instrument(), storage),
            line.source(),
            mount);

    assertThat(fixture.failure(nfs)).contains(mount.toString()).containsIgnoringCase("mount");
    assertThat(mount).isEmptyDirectory();
    assertThat(fixture.files(line)).isEmpty();
    Answer test = admin.get("/api/storage-locations/" + storage + "/test");
    assertThat(test.status()).isEqualTo(502);
    assertThat(mount).isEmptyDirectory();
  }

  @Test
  @Check("harvest 26")
  void every_schedule_fills_its_own_store() {
    Line first = fixture.line();
    first.put("a.dat", "a");
    first.put("b/c.dat", "c");
    fixture.harvest(first);
    Path other = fixture.newFolder("store");
    String storage = fixture.storage(other);
    Line second =
        new Line(
            first.instrument(),
            first.name(),
            storage,
            fixture.schedule(first.instrument(), storage),
            first.source(),
            other);

    fixture.harvest(second);

    assertThat(fixture.files(first)).hasSize(2);
    for (String path : List.of("a.dat", "b/c.dat")) {
      assertThat(fixture.transfers(first, path)).hasSize(2);
      assertThat(second.copyOf(path)).hasSameBinaryContentAs(first.copyOf(path));
    }
  }

  @Test
  @Check("harvest 34")
  void a_rewritten_file_is_a_second_version_under_the_same_ark() throws IOException {
    Line line = fixture.line();
    line.put("a.dat", "first");
    fixture.harvest(line);
    JsonNode before = fixture.file(line, "a.dat");
    line.put("a.dat", "second, longer");

    fixture.harvest(line);

    JsonNode after = fixture.file(line, "a.dat");
    assertThat(fixture.files(line)).hasSize(1);
    assertThat(after.get("id")).isEqualTo(before.get("id"));
    assertThat(after.get("persistent_id")).isEqualTo(before.get("persistent_id"));
    assertThat(after.get("xxhash")).isNotEqualTo(before.get("xxhash"));
    String path = "/api/files/" + after.get("id").asString();
    assertThat(list(admin, path + "/versions")).hasSize(2);
    assertThat(admin.get(path + "/content").text()).isEqualTo("second, longer");
    assertThat(admin.get(path + "/versions/1/content").text()).isEqualTo("first");
    assertThat(admin.get(path + "/versions/2/content").text()).isEqualTo("second, longer");
    assertThat(admin.get(path + "/versions/3/content").status()).isEqualTo(404);
    assertThat(Files.readString(line.copyOf("a.dat"))).isEqualTo("first");
    assertThat(fixture.transfers(line, "a.dat")).hasSize(2);
  }

  @Test
  @Check("harvest 39")
  void a_file_is_visible_from_the_grant_to_its_end() {
    Line line = fixture.line();
    line.put("a.dat", "a");
    fixture.harvest(line);
    String file = fixture.file(line, "a.dat").get("id").asString();
    String transfer = fixture.transfer(line, "a.dat").get("id").asString();
    TestClient user = server.newUser(unique("u").replace(' ', '-') + "@lab.example");
    String id = user.get("/users/me").json().get("id").asString();
    List<String> doors =
        List.of(
            "/api/files/" + file,
            "/api/files/" + file + "/content",
            "/api/files/" + file + "/versions",
            "/api/files/" + file + "/versions/1/content",
            "/api/files/" + file + "/custody",
            "/api/transfers/" + transfer);

    assertThat(user.get("/api/files").text()).isEqualTo("[]");
    assertThat(user.get("/api/transfers?file_id=" + file).text()).isEqualTo("[]");
    doors.forEach(door -> assertThat(user.get(door).status()).as(door).isEqualTo(404));
    assertThat(user.get(doors.getFirst()).text()).isEqualTo("{\"detail\":\"File not found\"}");

    String access = "/api/instruments/" + line.instrument() + "/access";
    admin.post(access, json("user_id", id)).expect(201);
    doors.forEach(door -> assertThat(user.get(door).status()).as(door).isEqualTo(200));
    assertThat(list(user, "/api/files")).hasSize(1);
    assertThat(list(user, "/api/transfers")).hasSize(1);
    assertThat(list(user, "/api/me/instruments"))
        .extracting(instrument -> instrument.get("name").asString())
        .containsExactly(line.name());
    assertThat(list(user, "/api/runs")).isNotEmpty();

    admin.delete(access + "/" + id).expect(204);
    doors.forEach(door -> assertThat(user.get(door).status()).as(door).isEqualTo(404));

    String grant =
        HarvestFixture.id(
            admin.post(
                "/api/files/" + file + "/access", json("grantee_type", "user", "grantee_id", id)));
    doors.forEach(door -> assertThat(user.get(door).status()).as(door).isEqualTo(200));
    admin.delete("/api/files/" + file + "/access/" + grant).expect(204);
    doors.forEach(door -> assertThat(user.get(door).status()).as(door).isEqualTo(404));
  }

  @Test
  @Check("harvest 40")
  void filters_are_exact() {
    Line one = fixture.line();
    Line other = fixture.line();
    one.put("a.dat", "a");
    one.put("b.dat", "b");
    other.put("c.dat", "c");
    fixture.harvest(one);
    fixture.harvest(other);

    assertThat(fixture.files(one))
        .extracting(file -> file.get("source_path").asString())
        .containsExactlyInAnyOrder("a.dat", "b.dat");
    assertThat(fixture.files(other))
        .extracting(file -> file.get("source_path").asString())
        .containsExactly("c.dat");
    assertThat(
            fixture
                .admin()
                .get("/api/files?instrument_id=" + one.instrument() + "&q=.dat&limit=1")
                .header("Link")
                .orElse(""))
        .contains("instrument_id=" + one.instrument(), "q=.dat", "rel=\"next\"");
    String file = fixture.file(one, "a.dat").get("id").asString();
    assertThat(fixture.transfers(one, "a.dat"))
        .hasSize(1)
        .allSatisfy(transfer -> assertThat(transfer.get("file_id").asString()).isEqualTo(file));
  }

  @Test
  @Check("harvest 41")
  void arks_are_unique_checked_and_resolve_in_both_spellings() {
    Line line = fixture.line();
    for (int i = 0; i < NAMES; i++) {
      line.put("f" + i, "content " + i);
    }
    fixture.harvest(line);

    Set<String> arks = new HashSet<>();
    for (JsonNode file : fixture.files(line)) {
      String ark = file.get("persistent_id").asString();
      assertThat(ark).matches("ark:/99999/fk4[0-9a-z]+");
      assertThat(ark.charAt(ark.length() - 1)).isEqualTo(checkCharacter(ark.substring(5)));
      assertThat(file.get("persistent_id_type").asString()).isEqualTo("ark");
      arks.add(ark);
    }
    assertThat(arks).hasSize(NAMES);
    JsonNode file = fixture.file(line, "f7");
    String ark = file.get("persistent_id").asString();
    assertThat(admin.get("/" + ark).expect(200).json()).isEqualTo(file);
    assertThat(admin.get("/" + ark.replace("ark:/", "ark:")).expect(200).json()).isEqualTo(file);
    String wrong = ark.substring(0, ark.length() - 1) + (ark.endsWith("0") ? "1" : "0");
    assertThat(admin.get("/" + wrong).status()).isEqualTo(404);
  }

  /** By the NOID rule, written down a second time: position times value, modulo 29. */
  private static char checkCharacter(String nameWithCheck) {
    String alphabet = "0123456789bcdfghjkmnpqrstvwxz";
    int sum = 0;
    for (int i = 0; i < nameWithCheck.length() - 1; i++) {
      int value = alphabet.indexOf(nameWithCheck.charAt(i));
      sum += value < 0 ? 0 : value * (i + 1);
    }
    return alphabet.charAt(sum % 29);
  }

  @Test
  @Check("harvest 43")
  void a_large_copy_is_seen_under_way_and_can_be_cancelled() throws IOException {
    Line line = fixture.line();
    try (RandomAccessFile file =
        new RandomAccessFile(line.source().resolve("large.raw").toFile(), "rw")) {
      file.setLength(3L << 30);
      file.write("begins".getBytes(StandardCharsets.UTF_8));
    }
    String run = fixture.trigger(line.schedule());
    await(
        "a transfer in progress",
        () ->
            !fixture.files(line).isEmpty()
                && "in_progress".equals(fixture.statusOf(line, "large.raw")));
    assertThat(fixture.stateOf(run)).isEqualTo("RUNNING");
    JsonNode claimed = admin.get("/api/runs/" + run).expect(200).json();
    assertThat(Instant.parse(claimed.get("lease_until").asString())).isAfter(Instant.now());
    assertThat(claimed.get("fencing_token").asLong()).isOne();
    admin.get(claimed.get("log").asString()).expect(200);
    assertThat(fixture.file(line, "large.raw").get("persistent_id").asString())
        .startsWith("ark:/99999/fk4");
    assertThat(fixture.content(line, "large.raw").status()).isEqualTo(404);
    assertThat(list(admin, "/api/transfers?status=in_progress")).isNotEmpty();

    admin.post("/api/runs/" + run + "/cancel").expect(200);

    assertThat(fixture.ended(run).get("type").asString()).isEqualTo("CANCELLED");
    await(
        "nobody holds it", () -> admin.get("/api/runs/" + run).json().get("lease_until").isNull());
    assertThat(filesBelow(line.target())).isEmpty();
    assertThat(fixture.statusOf(line, "large.raw")).isEqualTo("failed");
  }
}

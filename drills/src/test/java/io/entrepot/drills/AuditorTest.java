// SPDX-License-Identifier: Apache-2.0
package io.entrepot.drills;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.client.Harvest;
import io.entrepot.client.Session;
import io.entrepot.client.local.LocalServer;
import io.entrepot.drills.kit.Auditor;
import io.entrepot.drills.kit.Canaries;
import io.entrepot.drills.kit.DrillState;
import io.entrepot.drills.kit.Journal;
import io.entrepot.drills.kit.Scene;
import io.entrepot.drills.kit.Sha256;
import io.entrepot.drills.kit.SimulatedInstrument;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The judge is no rubber stamp: after a clean harvest, every kind of damage turns it red. */
@ResourceLock(value = Needs.MACHINE, mode = ResourceAccessMode.READ)
class AuditorTest {

  private static final int FILES = 14;
  private static final byte[] NOTHING = new byte[0];
  private static final byte[] TWIN = "twins hold the same".getBytes(UTF_8);

  @TempDir static Path work;
  private static Scene scene;
  private static Journal journal;
  private static SimulatedInstrument instrument;

  private Path backup;

  @BeforeAll
  static void one_clean_harvest() throws IOException {
    Needs.builtServer();
    Needs.auditor();
    scene = new Scene(work.resolve("scene"));
    journal = scene.journal();
    instrument = new SimulatedInstrument(scene.folder("source"), "file", journal, 0);
    instrument.measure(FILES - 2, new Random(1));
    arrive(instrument.folder(), "empty.raw", NOTHING);
    arrive(instrument.folder(), "twin.raw", TWIN);
    try (LocalServer server = scene.start(Map.of());
        Session session = scene.session(server)) {
      Harvest harvest = new Harvest(session);
      String folder = instrument.folder().toString();
      String id = harvest.folderInstrument("source", folder, Map.of("stability_seconds", 0));
      scene.schedule(harvest, id, scene.storage(harvest));
      new Canaries(session, journal).plant();
      scene.drain(session);
      scene.acknowledge(session);
    }
    journal.copyOff(scene.data());
  }

  @AfterAll
  static void the_journal_ends() {
    scene.close();
    DrillState.delete(work.resolve("scene"));
  }

  @BeforeEach
  void remember(@TempDir Path folder) throws IOException {
    backup = folder;
    copy(scene.store(), backup.resolve("store"));
    copy(scene.data(), backup.resolve("data"));
    Files.copy(journal.file(), backup.resolve("journal"));
    Files.copy(journal.answers(), backup.resolve("answers"));
  }

  @AfterEach
  void put_back() throws IOException {
    DrillState.delete(scene.store());
    DrillState.delete(scene.data());
    copy(backup.resolve("store"), scene.store());
    copy(backup.resolve("data"), scene.data());
    Files.write(journal.file(), Files.readAllBytes(backup.resolve("journal")));
    Files.write(journal.answers(), Files.readAllBytes(backup.resolve("answers")));
  }

  @Test
  void a_clean_harvest_is_acquitted() {
    assertThat(audit())
        .contains("clean")
        .contains(FILES + " files")
        .containsPattern("[1-9] planted secrets")
        .containsPattern("[1-9] refused, 0 unknown");
  }

  @Test
  void a_missing_copy_is_found() throws IOException {
    Files.delete(aCopy());
    assertThat(audit()).contains("K1").contains("missing");
  }

  @Test
  void a_flipped_bit_is_found() throws IOException {
    Path copy = aCopy();
    byte[] content = Files.readAllBytes(copy);
    content[content.length / 2] ^= 1;
    Files.write(copy, content);
    assertThat(audit()).contains("K1").contains("other content");
  }

  @Test
  void a_copy_cut_short_is_found() throws IOException {
    Path copy = aCopy();
    Files.write(copy, new byte[0]);
    assertThat(audit()).contains("K1").contains("0 bytes");
  }

  @Test
  void a_file_that_nobody_catalogued_is_found() throws IOException {
    Files.writeString(scene.store().resolve("half-published.raw"), "x");
    assertThat(audit()).contains("K2");
  }

  @Test
  void staging_left_over_is_found() throws IOException {
    Path staging = Files.createDirectories(scene.store().resolve(".entrepot-staging/a"));
    Files.writeString(staging.resolve("b"), "x");
    assertThat(audit()).contains("K8");
  }

  @Test
  void a_changed_ledger_entry_is_found() throws IOException {
    sql("update ledger_entry set time = time + 1 where stream = 'custody' and sequence = 3");
    assertThat(audit()).contains("K3").contains("changed");
  }

  @Test
  void a_removed_ledger_entry_is_found() throws IOException {
    sql("delete from ledger_entry where stream = 'custody' and sequence = 3");
    assertThat(audit()).contains("K3");
  }

  @Test
  void a_ledger_cut_short_is_found() throws IOException {
    sql(
        "delete from ledger_entry where stream = 'custody';"
            + "delete from ledger_block where stream = 'custody'");
    assertThat(audit()).contains("K3").contains("checkpoint");
  }

  @Test
  void a_ledger_put_back_with_its_checkpoints_is_found_by_those_that_were_copied_off()
      throws IOException {
    sql(
        "delete from ledger_entry where stream = 'audit';"
            + "delete from ledger_block where stream = 'audit';"
            + "delete from ledger_checkpoint where stream = 'audit'");
    try (Stream<Path> all = Files.list(scene.data().resolve("checkpoints"))) {
      for (Path file : all.filter(f -> f.getFileName().toString().startsWith("audit")).toList()) {
        Files.delete(file);
      }
    }
    assertThat(audit()).contains("K3 audit is not what its checkpoint");

    Path elsewhere = journal.checkpoints().resolveSibling("elsewhere");
    Files.move(journal.checkpoints(), elsewhere);
    try {
      assertThat(audit()).as("by what the server has itself").doesNotContain("K3 audit");
    } finally {
      Files.move(elsewhere, journal.checkpoints());
    }
  }

  @Test
  void a_ledger_of_which_no_checkpoint_was_copied_off_is_found() throws IOException {
    Path elsewhere = journal.checkpoints().resolveSibling("elsewhere");
    Files.move(journal.checkpoints(), elsewhere);
    Files.createDirectory(journal.checkpoints());
    try {
      assertThat(audit()).containsPattern("K3 custody has \\d+ entries and no checkpoint");
      assertThat(audit()).containsPattern("K3 audit has \\d+ entries and no checkpoint");
    } finally {
      Files.delete(journal.checkpoints());
      Files.move(elsewhere, journal.checkpoints());
    }
  }

  @Test
  void another_signing_key_is_found() throws IOException {
    Path key = scene.data().resolve("keys/ledger.pub");
    Files.writeString(key, "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n");
    assertThat(audit()).contains("K3").contains("public key");
  }

  @Test
  void a_secret_in_clear_is_found_wherever_and_in_whatever_form_it_stands() throws IOException {
    journal.secret("trap", "canary-00ff00ff00ff00ff-trap");
    Path log = scene.data().resolve("logs/api.log");
    String before = Files.readString(log);
    for (String form :
        List.of(
            "canary-00ff00ff00ff00ff-trap",
            "x"
                + Base64.getEncoder()
                    .encodeToString("zzcanary-00ff00ff00ff00ff-trap".getBytes(UTF_8)),
            HexFormat.of().formatHex("canary-00ff00ff00ff00ff-trap".getBytes(UTF_8)))) {
      Files.writeString(log, before + form);
      assertThat(audit()).contains("K7 the trap").contains("api.log");
    }
    Files.writeString(log, before);
    sql("update instrument set description = 'canary-00ff00ff00ff00ff-trap'");
    assertThat(audit()).contains("K7 the trap").contains("entrepot.db");
    Files.writeString(journal.answers(), "canary-00ff00ff00ff00ff-trap", StandardOpenOption.APPEND);
    assertThat(audit()).contains("K7 the trap").contains("answers");
  }

  @Test
  void a_refused_request_with_an_effect_is_found() throws IOException {
    journal.answered(journal.asks("POST", "/api/instruments"), 409, "{}");
    assertThat(audit()).contains("clean");
    sql("update service_account set id = 'f' || substr(id, 2)");
    assertThat(audit()).contains("K6").contains("/api/service-accounts").contains("refused");
  }

  @Test
  void a_request_without_an_answer_may_have_had_one_effect_but_not_two() throws IOException {
    journal.unanswered(journal.asks("POST", "/api/storage-locations"));
    another("a");
    assertThat(audit()).contains("clean");
    another("b");
    assertThat(audit()).contains("K6").contains("nobody was told of");
  }

  private static void another(String first) throws IOException {
    String columns = "name, type, base_path, config, enabled, created_at, updated_at";
    sql(
        "insert into storage_location (id, %s) select '%s' || substr(id, 2), %s"
                .formatted(columns, first, columns)
            + " from storage_location where id = (select min(id) from storage_location)");
  }

  @Test
  void a_server_that_was_ready_too_late_or_keeps_files_open_is_found() {
    journal.ready(Duration.ofSeconds(9), 0);
    journal.ready(Duration.ofSeconds(15), 0.5);
    journal.openFiles(1, 100);
    journal.openFiles(1, 105);
    assertThat(audit()).contains("clean");
    journal.ready(Duration.ofMillis(10_001), 0);
    assertThat(audit()).contains("K8").contains("10001 ms");
    journal.openFiles(1, 106);
    assertThat(audit()).contains("had 100 files open, and later 106");
  }

  @Test
  void a_copy_recorded_twice_is_found() throws IOException {
    sql(
        "insert into ledger_entry select stream, 'f' || substr(id, 2), null, time, kind, subject,"
            + " payload, actor from ledger_entry where kind = 'copied' limit 1");
    assertThat(audit()).contains("K6");
  }

  @Test
  void an_original_removed_before_it_was_kept_is_found() throws IOException {
    journal.source(instrument.folder(), "never-kept.raw", 1, "00".repeat(32));
    assertThat(audit()).contains("K4").contains("never-kept.raw");
  }

  @Test
  void a_lost_empty_file_is_found_though_another_empty_file_was_kept() throws IOException {
    Path lost = arrive(instrument.folder(), "lost-empty.raw", NOTHING);
    assertThat(audit()).contains("LOST lost-empty.raw");
    Files.delete(lost);
    assertThat(audit()).contains("K4 lost-empty.raw");
  }

  @Test
  void a_lost_twin_is_found_though_the_other_was_kept_under_another_name() throws IOException {
    Path lost = arrive(instrument.folder(), "lost-twin.raw", TWIN);
    assertThat(audit()).contains("LOST lost-twin.raw");
    Files.delete(lost);
    assertThat(audit()).contains("K4 lost-twin.raw");
  }

  @Test
  void a_lost_twin_is_found_though_the_other_was_kept_under_its_name_from_another_instrument()
      throws IOException {
    Path lost = arrive(scene.folder("second"), "twin.raw", TWIN);
    assertThat(audit()).contains("LOST twin.raw");
    Files.delete(lost);
    assertThat(audit()).contains("K4 twin.raw");
  }

  @Test
  void the_last_content_of_a_name_has_to_be_kept_and_one_that_was_overwritten_need_not()
      throws IOException {
    arrive(instrument.folder(), "twin.raw", NOTHING);
    assertThat(audit()).contains("LOST twin.raw");
    arrive(instrument.folder(), "twin.raw", "overwritten soon".getBytes(UTF_8));
    arrive(instrument.folder(), "twin.raw", TWIN);
    assertThat(audit()).contains("clean");
  }

  @Test
  void content_acknowledged_for_one_file_is_not_covered_by_the_ledger_entry_of_another()
      throws IOException {
    String empty = acknowledged("empty.raw");
    journal.kept(List.of(new Journal.Kept("empty.raw", empty, Sha256.hex(NOTHING))));
    assertThat(audit()).contains("clean");
    journal.kept(List.of(new Journal.Kept("empty.raw", empty, Sha256.hex(TWIN))));
    assertThat(audit()).contains("K3 empty.raw was acknowledged");
  }

  /** A file of this instrument, told to the journal. */
  private static Path arrive(Path folder, String name, byte[] content) throws IOException {
    Path file = Files.write(folder.resolve(name), content);
    journal.source(file, Sha256.hex(content));
    return file;
  }

  private static Stream<JsonNode> told(String kind) throws IOException {
    JsonMapper json = new JsonMapper();
    return Files.readAllLines(journal.file()).stream()
        .map(json::readTree)
        .filter(line -> line.path("kind").asString().equals(kind));
  }

  /** The permanent name that was written down for a file. */
  private static String acknowledged(String path) throws IOException {
    return told("file")
        .filter(line -> line.path("path").asString().equals(path))
        .map(line -> line.path("ark").asString())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void a_run_recovered_after_a_crash_is_found_where_one_was_to_be_handed_back() throws IOException {
    journal.stopped(triggered());
    assertThat(audit()).contains("clean");
    sql("update job set starts = starts + 1 where kind = 'harvest'");
    assertThat(audit()).contains("K6").contains("not handed back");
  }

  /** The run that was asked for first. */
  private static String triggered() throws IOException {
    long request =
        told("asked")
            .filter(line -> line.path("path").asString().endsWith("/trigger"))
            .mapToLong(line -> line.path("request").asLong())
            .findFirst()
            .orElseThrow();
    return told("answered")
        .filter(line -> line.path("request").asLong() == request)
        .map(line -> line.path("made").asString())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void an_ark_given_out_and_then_changed_is_found() throws IOException {
    sql("update file set persistent_id = substr(persistent_id, 1, 27) || 'b' where rowid = 1");
    assertThat(audit()).contains("ARK");
  }

  @Test
  void a_job_without_an_end_is_found() throws IOException {
    sql("update job set state = 'running', finished_at = null");
    assertThat(audit()).contains("K6").contains("still running");
  }

  private static String audit() {
    return new Auditor(scene).judge(true).text();
  }

  private static Path aCopy() throws IOException {
    try (Stream<Path> all = Files.walk(scene.store())) {
      return all.filter(Files::isRegularFile)
          .filter(file -> file.toFile().length() > 1_000)
          .findFirst()
          .orElseThrow();
    }
  }

  private static void sql(String text) throws IOException {
    String program =
        "import sqlite3,sys; d=sqlite3.connect(sys.argv[1]); d.executescript(sys.argv[2]); d.commit()";
    Path database = scene.data().resolve("entrepot.db");
    Process python =
        new ProcessBuilder("/usr/bin/python3", "-c", program, database.toString(), text)
            .redirectErrorStream(true)
            .start();
    String output = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(python.onExit().join().exitValue()).as(output).isZero();
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : all.toList()) {
        Path target = to.resolve(from.relativize(path));
        if (Files.isDirectory(path)) {
          Files.createDirectories(target);
        } else {
          Files.copy(path, target);
        }
      }
    }
  }
}

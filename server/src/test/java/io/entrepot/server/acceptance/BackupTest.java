// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.server.Operator;
import io.entrepot.server.Operator.Said;
import io.entrepot.server.TestServer;
import io.entrepot.server.acceptance.HarvestFixture.Line;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The server is backed up by a command on its own machine, and put back by another. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BackupTest {

  private static final int INTEGRITY = 13;
  private static final int MANY = 1_500;

  private Path house;
  private Path stopped;

  /** A server that has harvested a file and was stopped; tests change copies of it. */
  @BeforeAll
  void a_server_that_was_stopped(@TempDir Path folder) throws IOException {
    house = folder;
    stopped = Files.createDirectory(folder.resolve("stopped"));
    try (TestServer server = TestServer.startIn(stopped)) {
      HarvestFixture fixture =
          new HarvestFixture(server, Files.createDirectory(folder.resolve("lines")));
      Line line = fixture.line();
      line.put("a.dat", "a");
      fixture.harvest(line);
    }
    Files.writeString(stopped.resolve("entrepot.yaml"), "entrepot:\n  registration: admin-only\n");
  }

  private Path copyOfStopped(Path folder) throws IOException {
    Path copy = folder.resolve("data");
    try (Stream<Path> all = Files.walk(stopped)) {
      for (Path file : all.toList()) {
        Files.copy(file, copy.resolve(stopped.relativize(file).toString()));
      }
    }
    return copy;
  }

  private Path backup(Path folder, Path data, String... options) {
    Path file = folder.resolve("server.backup");
    List<Object> words = new ArrayList<>(List.of("admin", "backup", file, "--data", data));
    words.addAll(List.of(options));
    Operator.run(words.toArray()).good();
    return file;
  }

  private Said restore(Path file, Path data) {
    return Operator.run("admin", "restore", file, "--data", data);
  }

  @Test
  void a_backup_made_amid_a_harvest_becomes_a_server_whose_ledger_and_catalogue_agree(
      @TempDir Path folder) throws IOException {
    List<Path> made = new ArrayList<>();
    Line line;
    String run;
    try (TestServer server = TestServer.startIn(folder.resolve("data"))) {
      HarvestFixture fixture =
          new HarvestFixture(server, Files.createDirectory(folder.resolve("lines")));
      line = fixture.line();
      for (int i = 0; i < MANY; i++) {
        line.put("file%04d.dat".formatted(i), "content " + i);
      }
      run = fixture.trigger(line.schedule());
      do {
        Path file = folder.resolve("backup" + made.size());
        Operator.run("admin", "backup", file, "--data", folder.resolve("data"), "--with-keys")
            .good();
        made.add(file);
      } while (!"COMPLETED".equals(fixture.stateOf(run)));
    }
    Path amid = made.get(made.size() / 2);
    System.out.println(made.size() + " backups were made during the run");

    Path restored = folder.resolve("restored");
    assertThat(restore(amid, restored).good().out()).contains("every digest right", "audit: good");

    try (TestServer server = TestServer.startIn(restored)) {
      HarvestFixture fixture = new HarvestFixture(server, folder.resolve("lines"));
      assertThat(fixture.completed(run).get("id").asString()).isEqualTo(run);
      fixture.harvest(line);
      assertThat(HarvestFixture.filesBelow(line.target())).hasSize(MANY);
      try (Connection database = open(restored)) {
        assertThat(number(database, "select count(*) from file")).isEqualTo(MANY);
        assertThat(
                number(
                    database,
                    "select count(*) from transfer where status = 'completed' and latest = 1"))
            .isEqualTo(MANY);
        assertThat(number(database, "select count(*) from transfer where status <> 'completed'"))
            .isZero();
      } catch (SQLException e) {
        throw new AssertionError(e);
      }
      assertThat(server.anonymous().get("/health/ready").status()).isEqualTo(200);
    }
    Path again = folder.resolve("again");
    assertThat(restore(backup(folder, restored), again).good().out()).contains("custody: good");
  }

  private static Connection open(Path data) throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + data.resolve("entrepot.db"));
  }

  private static long number(Connection database, String sql) throws SQLException {
    try (Statement statement = database.createStatement();
        var row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  private static void change(Path data, String... statements) {
    try (Connection database = open(data);
        Statement statement = database.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void a_restored_server_has_the_settings_accounts_and_files_of_then(@TempDir Path folder)
      throws IOException {
    Path restored = folder.resolve("restored");
    restore(backup(folder, stopped, "--with-keys"), restored).good();

    assertThat(restored.resolve("entrepot.yaml"))
        .hasSameTextualContentAs(stopped.resolve("entrepot.yaml"));
    for (String folderName : List.of("keys", "checkpoints")) {
      try (Stream<Path> files = Files.list(stopped.resolve(folderName))) {
        assertThat(files.toList())
            .isNotEmpty()
            .allSatisfy(
                file ->
                    assertThat(restored.resolve(folderName).resolve(file.getFileName()))
                        .hasSameBinaryContentAs(file));
      }
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(restored)))
        .isEqualTo("rwx------");
    try (TestServer server = TestServer.startIn(restored)) {
      JsonNode files = server.admin().get("/api/files").expect(200).json();
      assertThat(files).hasSize(1);
      assertThat(files.get(0).get("source_path").asString()).isEqualTo("a.dat");
    }
  }

  @Test
  void keys_are_in_a_backup_only_where_they_were_asked_for(@TempDir Path folder)
      throws IOException {
    Path file = backup(folder, stopped);

    assertThat(parts(file).keySet()).noneMatch(name -> name.startsWith("keys/"));
    assertThat(restore(file, folder.resolve("restored")).good().out())
        .contains("without keys", folder.resolve("restored/keys").toString());
    assertThat(folder.resolve("restored/keys")).isEmptyDirectory();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    Files.delete(file);
    assertThat(parts(backup(folder, stopped, "--with-keys")).keySet())
        .contains("keys/secrets.key", "keys/ledger.key", "keys/ledger.pub");
  }

  private static Map<String, byte[]> parts(Path file) throws IOException {
    Map<String, byte[]> parts = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : zip.stream().map(ZipEntry.class::cast).toList()) {
        parts.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
      }
    }
    return parts;
  }

  private static void write(Path file, Map<String, byte[]> parts) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> part : parts.entrySet()) {
        zip.putNextEntry(new ZipEntry(part.getKey()));
        zip.write(part.getValue());
        zip.closeEntry();
      }
    }
  }

  @Test
  void the_manifest_says_the_size_and_digest_of_each_part_and_comes_last(@TempDir Path folder)
      throws Exception {
    Map<String, byte[]> parts = parts(backup(folder, stopped));

    assertThat(parts.keySet()).last().isEqualTo("manifest.json");
    JsonNode manifest =
        new tools.jackson.databind.json.JsonMapper().readTree(parts.remove("manifest.json"));
    assertThat(manifest.get("format").asInt()).isEqualTo(1);
    assertThat(manifest.get("parts")).hasSize(parts.size());
    for (JsonNode part : manifest.get("parts")) {
      byte[] content = parts.get(part.get("name").asString());
      assertThat(part.get("size").asLong()).isEqualTo(content.length);
      assertThat(part.get("sha256").asString())
          .isEqualTo(
              java.util.HexFormat.of()
                  .formatHex(java.security.MessageDigest.getInstance("SHA-256").digest(content)));
    }
  }

  @Test
  void a_damaged_backup_is_found_and_leaves_nothing_behind(@TempDir Path folder)
      throws IOException {
    Path file = backup(folder, stopped);
    byte[] whole = Files.readAllBytes(file);
    Path damaged = folder.resolve("damaged");
    for (int part = 1; part <= 4; part++) {
      byte[] bytes = whole.clone();
      bytes[bytes.length * part / 8] ^= 4;
      Files.write(damaged, bytes);
      refusedOrTheSame(damaged, file, folder.resolve("target" + part));
    }
    Files.write(damaged, java.util.Arrays.copyOf(whole, whole.length * 9 / 10));
    refusedAsDamaged(damaged, folder.resolve("target"));

    Map<String, byte[]> parts = parts(file);
    parts.put("settings/entrepot.yaml", "entrepot:\n".getBytes(StandardCharsets.UTF_8));
    write(damaged, parts);
    refusedAsDamaged(damaged, folder.resolve("target"));
    parts.remove("settings/entrepot.yaml");
    write(damaged, parts);
    refusedAsDamaged(damaged, folder.resolve("target"));
  }

  /** Another packing of the very same bytes, as within a run of zeros, is no damage. */
  private void refusedOrTheSame(Path changed, Path file, Path target) throws IOException {
    if (!holdTheSame(changed, file)) {
      refusedAsDamaged(changed, target);
    }
  }

  private static boolean holdTheSame(Path changed, Path file) throws IOException {
    Map<String, byte[]> before = parts(file);
    Map<String, byte[]> after;
    try {
      after = parts(changed);
    } catch (IOException _) {
      return false;
    }
    return before.keySet().equals(after.keySet())
        && before.entrySet().stream()
            .allMatch(part -> Arrays.equals(part.getValue(), after.get(part.getKey())));
  }

  @Test
  void no_changed_bit_of_what_a_backup_says_of_itself_is_believed(@TempDir Path folder)
      throws IOException {
    Path file = backup(folder, stopped);
    byte[] whole = Files.readAllBytes(file);
    Path changed = folder.resolve("changed");
    int name = new String(whole, StandardCharsets.ISO_8859_1).indexOf("manifest.json");
    int packed = name + "manifest.json".length();
    for (int at = packed; at < packed + 100; at += 7) {
      byte[] bytes = whole.clone();
      bytes[at] ^= 4;
      Files.write(changed, bytes);
      refusedOrTheSame(changed, file, folder.resolve("target" + at));
    }
  }

  private void refusedAsDamaged(Path file, Path target) throws IOException {
    Said said = restore(file, target);
    assertThat(said.code()).as(said.all()).isEqualTo(INTEGRITY);
    assertThat(said.err()).contains("another backup").doesNotContain("\tat ");
    assertThat(Files.notExists(target) || target.toFile().list().length == 0).isTrue();
  }

  @Test
  void a_name_that_leads_out_of_the_directory_is_refused(@TempDir Path folder) throws IOException {
    Map<String, byte[]> parts = parts(backup(folder, stopped));
    String manifest = new String(parts.remove("manifest.json"), StandardCharsets.UTF_8);
    parts.put("checkpoints/../../evil", parts.remove("settings/entrepot.yaml"));
    parts.put(
        "manifest.json",
        manifest
            .replace("settings/entrepot.yaml", "checkpoints/../../evil")
            .getBytes(StandardCharsets.UTF_8));
    Path crafted = folder.resolve("crafted");
    write(crafted, parts);

    assertThat(restore(crafted, folder.resolve("deep/target")).code()).isEqualTo(INTEGRITY);
    assertThat(folder.resolve("evil")).doesNotExist();
    assertThat(folder.resolve("deep")).doesNotExist();
  }

  @Test
  @Check("harvest 44")
  void a_ledger_that_was_changed_is_not_put_back(@TempDir Path folder) throws IOException {
    Path data = copyOfStopped(folder);
    change(data, "update ledger_entry set subject = 'x' where stream = 'audit' and sequence = 1");

    Said said = restore(backup(folder, data), folder.resolve("target"));

    assertThat(said.code()).isEqualTo(INTEGRITY);
    assertThat(said.err()).contains("not what was sealed");
    assertThat(folder.resolve("target")).isEmptyDirectory();
  }

  @Test
  void a_backup_of_a_newer_version_is_refused(@TempDir Path folder) throws IOException {
    Path data = copyOfStopped(folder);
    change(
        data,
        "insert into flyway_schema_history (installed_rank, version, description, type, script,"
            + " installed_by, execution_time, success) values (9999, '9999', 'later', 'SQL',"
            + " 'V9999__later.sql', 'me', 1, 1)");

    Said said = restore(backup(folder, data), folder.resolve("target"));

    assertThat(said.code()).isEqualTo(1);
    assertThat(said.err()).contains("newer version");
    assertThat(folder.resolve("target")).doesNotExist();
  }

  @Test
  void a_directory_that_is_not_empty_is_left_alone(@TempDir Path folder) throws IOException {
    Path file = backup(folder, stopped);
    Path target = Files.createDirectory(folder.resolve("target"));
    Files.writeString(target.resolve("thesis.txt"), "do not touch");

    Said said = restore(file, target);

    assertThat(said.code()).isEqualTo(1);
    assertThat(said.err()).contains("not empty", "thesis.txt");
    assertThat(target.toFile().list()).containsExactly("thesis.txt");
  }

  @Test
  void an_existing_file_is_never_replaced_and_what_a_killed_backup_left_is_cleared(
      @TempDir Path folder) throws IOException {
    Path data = copyOfStopped(folder);
    Path file = Files.writeString(folder.resolve("mine"), "mine");

    Said said = Operator.run("admin", "backup", file, "--data", data);

    assertThat(said.code()).isEqualTo(1);
    assertThat(said.err()).contains("exists already");
    assertThat(file).hasContent("mine");
    assertThat(data.resolve("last-backup.json")).content().contains("exists already");
    Files.delete(file);
    Files.createDirectory(folder.resolve(".mine.part"));
    Files.writeString(folder.resolve(".mine.part/db"), "half");
    Operator.run("admin", "backup", file, "--data", data).good();
    assertThat(folder.resolve(".mine.part")).doesNotExist();
    assertThat(data.resolve("last-backup.json")).content().doesNotContain("exists already");
  }

  @Test
  void a_full_disk_leaves_no_backup_and_a_message(@TempDir Path folder) throws IOException {
    Path data = copyOfStopped(folder);
    Path root = Files.createDirectory(folder.resolve("small"));
    try (SmallDisk disk = SmallDisk.mount(root, 1)) {
      disk.fill();
      Said said = Operator.run("admin", "backup", root.resolve("file"), "--data", data);

      assertThat(said.code()).as(said.all()).isEqualTo(1);
      assertThat(said.err()).contains(root.resolve("file").toString());
      assertThat(root.toFile().list()).containsExactly("filler");
    }
  }

  @Test
  void a_data_directory_of_another_account_is_refused_with_the_command_to_use(@TempDir Path folder)
      throws IOException {
    Assumptions.assumeTrue(
        "root".equals(System.getProperty("user.name")), "only root can give a folder away");
    Path data = copyOfStopped(folder);
    Files.setOwner(
        data, data.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));

    Said said = Operator.run("admin", "backup", folder.resolve("file"), "--data", data);

    assertThat(said.code()).isEqualTo(1);
    assertThat(said.err()).contains("sudo -u nobody");
  }

  @Test
  void a_server_on_postgresql_is_told_to_use_its_own_tools(@TempDir Path folder)
      throws IOException {
    Path data = copyOfStopped(folder);
    Files.writeString(
        data.resolve("entrepot.yaml"),
        "entrepot:\n  database:\n    url: jdbc:postgresql://localhost/entrepot\n");

    Said said = Operator.run("admin", "backup", folder.resolve("file"), "--data", data);

    assertThat(said.code()).isEqualTo(1);
    assertThat(said.err()).contains("pg_dump", "docs/administer/backup.md");
  }

  @Test
  void what_is_not_there_is_named(@TempDir Path folder) {
    Said noData =
        Operator.run("admin", "backup", folder.resolve("file"), "--data", folder.resolve("none"));
    assertThat(noData.code()).isEqualTo(10);
    assertThat(noData.err()).contains(folder.resolve("none").toString());
    Said noFile = restore(folder.resolve("none"), folder.resolve("target"));
    assertThat(noFile.code()).isEqualTo(10);
    assertThat(Operator.run("admin", "restore", "x").code()).isEqualTo(2);
  }
}

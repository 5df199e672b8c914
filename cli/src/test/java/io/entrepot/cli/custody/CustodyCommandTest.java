// SPDX-License-Identifier: Apache-2.0
package io.entrepot.cli.custody;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entrepot.cli.ExitCode;
import io.entrepot.cli.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.SecureRandom;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CustodyCommandTest {

  private static final Instant NOW = Instant.ofEpochSecond(1_763_000_000 + 180);

  @TempDir private Path folder;
  private final long seed = new SecureRandom().nextLong();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void the_seed_is_printed() {
    System.out.println("seed " + seed);
  }

  @Test
  void a_good_ledger_is_said_to_be_good_with_what_vouches_for_it() throws Exception {
    LedgerFile ledger = ledger();
    ledger.checkpoint("checkpoints/custody-2026-11-21.checkpoint");

    assertThat(run("verify", "--data", ledger.data.toString())).isEqualTo(ExitCode.GOOD);
    assertThat(out.toString())
        .contains("custody: good. 12 entries in 2 blocks")
        .contains("3 minutes old")
        .contains("name one that was copied off");
  }

  @Test
  void a_checkpoint_that_was_copied_off_is_enough() throws Exception {
    LedgerFile ledger = ledger();
    Path copied = ledger.checkpoint("copied.txt");

    int code =
        run("verify", "--database", "jdbc:sqlite:" + ledger.database, "--checkpoint", "" + copied);
    assertThat(code).isEqualTo(ExitCode.GOOD);
    assertThat(out.toString()).contains("agrees with the checkpoint").doesNotContain("copied off");
  }

  @Test
  void without_a_checkpoint_it_says_how_little_that_proves() throws Exception {
    assertThat(run("verify", "--data", ledger().data.toString())).isEqualTo(ExitCode.GOOD);
    assertThat(out.toString()).contains("No checkpoint vouches for it");
  }

  @Test
  void a_bad_entry_is_named_and_the_exit_code_is_13() throws Exception {
    LedgerFile ledger = ledger();
    ledger.execute("update ledger_entry set subject = 'x' where sequence = 7");

    assertThat(run("verify", "--data", ledger.data.toString())).isEqualTo(ExitCode.INTEGRITY);
    assertThat(out.toString()).contains("custody: BAD. The first bad entry is 7.");
  }

  @Test
  void a_script_gets_the_same_in_json() throws Exception {
    LedgerFile ledger = ledger();
    ledger.checkpoint("checkpoints/custody-2026-11-21.checkpoint");
    ledger.execute("delete from ledger_entry where sequence = 3");

    assertThat(run("verify", "--json", "--data", ledger.data.toString()))
        .isEqualTo(ExitCode.INTEGRITY);
    assertThat(out.toString())
        .contains("\"intact\":false", "\"first_bad_entry\":3", "\"age_seconds\":180");
  }

  @Test
  void an_older_database_is_given_away_by_the_checkpoint_files() throws Exception {
    LedgerFile ledger = ledger();
    Path copy = folder.resolve("older.db");
    Files.copy(ledger.database, copy);
    ledger.append(4);
    ledger.checkpoint("checkpoints/custody-2026-11-21.checkpoint");
    Files.move(copy, ledger.database, StandardCopyOption.REPLACE_EXISTING);

    assertThat(run("verify", "--data", ledger.data.toString())).isEqualTo(ExitCode.INTEGRITY);
    assertThat(out.toString()).contains("The first bad entry is 13.").contains("older copy");
  }

  @Test
  void a_forged_checkpoint_file_is_named() throws Exception {
    LedgerFile ledger = ledger();
    Path copied = ledger.checkpoint("copied.txt");
    Files.writeString(copied, Files.readString(copied).replace("entries: 12", "entries: 11"));

    int code = run("verify", "--data", ledger.data.toString(), "--checkpoint", copied.toString());
    assertThat(code).isEqualTo(ExitCode.INTEGRITY);
    assertThat(out.toString()).contains("copied.txt").contains("altered or forged");
  }

  @Test
  void a_folder_of_evidence_is_left_as_it_was() throws Exception {
    LedgerFile ledger = ledger();
    List<String> before = names(ledger.data);
    run("verify", "--data", ledger.data.toString());

    assertThat(names(ledger.data)).isEqualTo(before);
  }

  @Test
  void a_database_in_use_is_read_with_what_was_just_committed() throws Exception {
    LedgerFile ledger = ledger();
    try (Connection server = ledger.connect()) {
      server.createStatement().execute("pragma wal_autocheckpoint = 0");
      server.createStatement().execute("update ledger_entry set kind = 'x' where sequence = 2");

      assertThat(run("verify", "--data", ledger.data.toString())).isEqualTo(ExitCode.INTEGRITY);
    }
  }

  @Test
  void what_a_crashed_server_left_is_read_with_its_log_and_left_as_it_was() throws Exception {
    LedgerFile ledger = ledger();
    Path evidence = Files.createDirectory(folder.resolve("evidence"));
    try (Connection server = ledger.connect()) {
      server.createStatement().execute("pragma wal_autocheckpoint = 0");
      server.createStatement().execute("update ledger_entry set kind = 'x' where sequence = 2");
      for (String name : List.of("entrepot.db", "entrepot.db-wal")) {
        Files.copy(ledger.data.resolve(name), evidence.resolve(name));
      }
    }
    Files.createFile(evidence.resolve("lock"));
    List<String> before = names(evidence);
    FileTime touched = Files.getLastModifiedTime(evidence);

    assertThat(run("verify", "--data", evidence.toString())).isEqualTo(ExitCode.INTEGRITY);
    assertThat(out.toString()).contains("The first bad entry is 2.");
    assertThat(names(evidence)).isEqualTo(before);
    assertThat(Files.getLastModifiedTime(evidence)).isEqualTo(touched);
  }

  @Test
  void a_database_that_is_taken_into_use_while_it_is_read_is_not_judged() throws Exception {
    LedgerFile ledger = ledger();
    try (SqliteFile read = SqliteFile.open(ledger.database)) {
      read.confirm();
      try (Connection server = ledger.connect()) {
        server.createStatement().execute("update ledger_entry set kind = 'x' where sequence = 2");
        assertThatThrownBy(read::confirm).hasMessageContaining("taken into use");
      }
    }
    Path lock = Files.createFile(ledger.data.resolve("lock"));
    try (SqliteFile read = SqliteFile.open(ledger.database)) {
      read.confirm();
      try (FileChannel server = FileChannel.open(lock, StandardOpenOption.WRITE)) {
        assertThat(server.tryLock()).isNotNull();
        assertThatThrownBy(read::confirm).hasMessageContaining("taken into use");
      }
    }
  }

  @Test
  void an_export_is_verified_like_the_database_and_never_overwritten() throws Exception {
    LedgerFile ledger = ledger();
    Path copied = ledger.checkpoint("copied.txt");
    String export = folder.resolve("ledger.jsonl").toString();

    assertThat(run("export", "--data", ledger.data.toString(), "-o", export)).isZero();
    assertThat(run("verify", "--export", export, "--checkpoint", copied.toString())).isZero();
    assertThat(out.toString()).contains("custody: good. 12 entries");
    assertThat(run("export", "--data", ledger.data.toString(), "-o", export)).isEqualTo(1);
    assertThat(err.toString()).contains("exists already");
  }

  @Test
  void an_export_that_failed_can_be_tried_again() throws Exception {
    LedgerFile ledger = ledger();
    Path export = folder.resolve("ledger.jsonl");
    ledger.execute("create table kept as select * from ledger_block");
    ledger.execute("update ledger_block set root = x'00'");

    assertThat(run("export", "--data", ledger.data.toString(), "-o", export.toString()))
        .isNotZero();
    assertThat(names(folder)).noneMatch(name -> name.contains("ledger.jsonl"));

    ledger.execute("delete from ledger_block");
    ledger.execute("insert into ledger_block select * from kept");
    assertThat(run("export", "--data", ledger.data.toString(), "-o", export.toString())).isZero();
    assertThat(export).isNotEmptyFile();
  }

  @Test
  void what_is_not_there_is_named_and_the_exit_code_is_10() throws Exception {
    assertThat(run("verify", "--data", folder.toString())).isEqualTo(ExitCode.NOT_FOUND);
    assertThat(err.toString()).contains(folder.toString()).contains("--database");
    assertThat(run("verify", "--export", "/nowhere")).isEqualTo(ExitCode.NOT_FOUND);
    String data = ledger().data.toString();
    assertThat(run("verify", "--data", data, "--checkpoint", "/nowhere"))
        .isEqualTo(ExitCode.NOT_FOUND);
  }

  @Test
  void what_cannot_be_read_is_not_called_bad() throws Exception {
    Path data = Files.createDirectories(folder.resolve("other"));
    Files.writeString(
        data.resolve("entrepot.db"), "this is not a database at all, is it? ".repeat(50));

    assertThat(run("verify", "--data", data.toString())).isEqualTo(ExitCode.FAILED);
    assertThat(err.toString()).startsWith("entrepot: ").doesNotContain("\tat ");
  }

  @Test
  void a_command_line_that_makes_no_sense_is_explained() {
    assertThat(run("verify", "--export", "a", "--data", "b")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("mutually exclusive").contains("Usage");
    assertThat(run("verify", "--help")).isEqualTo(ExitCode.GOOD);
    assertThat(out.toString()).contains("13");
  }

  private LedgerFile ledger() throws Exception {
    LedgerFile ledger = new LedgerFile(folder.resolve("data"), new Random(seed));
    ledger.append(5);
    ledger.append(7);
    return ledger;
  }

  private static List<String> names(Path data) throws IOException {
    try (Stream<Path> all = Files.walk(data)) {
      return all.map(Path::toString).sorted().toList();
    }
  }

  private int run(String... words) {
    String[] arguments =
        Stream.concat(Stream.of("custody"), Stream.of(words)).toArray(String[]::new);
    return Main.run(new PrintWriter(out), new PrintWriter(err), () -> NOW, arguments);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.admin.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;
import io.entrepot.server.database.TestDatabases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told and kept of a backup when something beside it goes wrong. */
class BackupNotesTest {

  @TempDir private Path folder;
  private Path data;
  private final List<String> warnings = new ArrayList<>();

  @BeforeEach
  void a_data_directory() throws IOException {
    data = Files.createDirectory(folder.resolve("data"));
    TestDatabases.copySqlite(data.resolve("entrepot.db"));
  }

  private Backup backup() {
    return new Backup(
        new BackupSource(data, data.resolve("entrepot.yaml")),
        folder.resolve("b.zip"),
        () -> Instant.EPOCH,
        warnings::add);
  }

  @Test
  void a_whole_backup_that_cannot_be_noted_is_good_with_a_warning() throws IOException {
    Files.createDirectories(data.resolve("last-backup.json/in-the-way"));

    backup().make(false);

    assertThat(folder.resolve("b.zip")).isNotEmptyFile();
    assertThat(warnings).singleElement().asString().contains(data.toString());
  }

  @Test
  void a_link_into_the_data_directory_is_no_place_for_a_backup() throws IOException {
    Path inside = Files.createDirectory(data.resolve("temp"));
    Path link = Files.createSymbolicLink(folder.resolve("elsewhere"), inside);
    Backup backup =
        new Backup(
            new BackupSource(data, data.resolve("entrepot.yaml")),
            link.resolve("b.zip"),
            () -> Instant.EPOCH,
            warnings::add);

    EntrepotException refused =
        catchThrowableOfType(EntrepotException.class, () -> backup.make(false));

    assertThat(refused).hasMessageContaining("lies in the data directory");
    assertThat(inside).isEmptyDirectory();
  }

  @Test
  void remains_that_cannot_be_removed_are_noted_as_a_failed_backup() throws IOException {
    // Deeper than a path may be long: such a tree cannot be walked from its top, even by root.
    String name = "n".repeat(250);
    Path top = deep(folder.resolve(".b.zip.part"), name);
    deep(folder.resolve("inner"), name);
    Path inner = Files.move(folder.resolve("inner"), top.resolve("inner"));
    try {
      EntrepotException refused =
          catchThrowableOfType(EntrepotException.class, () -> backup().make(false));
      assertThat(refused.code()).isEqualTo(ErrorCode.STORE_WRITE_FAILED);
      assertThat(refused).hasMessageContaining(".b.zip.part");
      assertThat(LastBackup.in(data).orElseThrow().trouble()).contains(".b.zip.part");
    } finally {
      Files.move(inner, folder.resolve("inner"));
    }
  }

  private static Path deep(Path top, String name) throws IOException {
    Path at = top;
    for (int i = 0; i < 11; i++) {
      at = at.resolve(name);
    }
    return Files.createDirectories(at);
  }
}

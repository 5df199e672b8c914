// SPDX-License-Identifier: Apache-2.0
package io.entrepot.drills;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.entrepot.drills.kit.DrillState;
import io.entrepot.drills.kit.Folders;
import io.entrepot.drills.kit.Scene;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The journal outlives what befalls the file system of the server's data. */
class FolderApartTest {

  private static final Path MEMORY = Path.of("/dev/shm");

  @TempDir Path work;

  @AfterEach
  void remove() {
    DrillState.delete(work.resolve("scene"));
    DrillState.delete(work.resolve("copy"));
  }

  private Path journal() throws IOException {
    assumeTrue(
        Files.isWritable(MEMORY)
            && !Files.getFileStore(MEMORY).equals(Files.getFileStore(work))
            && Files.getFileStore(MEMORY).getUsableSpace() > 2L << 30,
        "this machine has one file system only");
    try (Scene scene = new Scene(work.resolve("scene"))) {
      scene.journal().stopped("a run");
      return scene.journal().file();
    }
  }

  @Test
  void the_journal_is_on_another_file_system_than_the_data_of_the_server() throws IOException {
    Path store = work.resolve("scene/store");
    assertThat(Files.getFileStore(journal().toRealPath())).isNotEqualTo(Files.getFileStore(store));
  }

  @Test
  void a_drill_that_goes_on_has_the_same_journal() throws IOException {
    Path journal = journal();
    assertThat(journal().toRealPath()).isEqualTo(journal.toRealPath());
    assertThat(Files.readAllLines(journal)).hasSize(2);
  }

  @Test
  void a_copy_of_a_scene_has_a_journal_of_its_own() throws IOException {
    Path journal = journal();
    Folders.copy(work.resolve("scene"), work.resolve("copy"));
    Path copy = work.resolve("copy/journal/journal.jsonl");
    assertThat(copy).hasSameTextualContentAs(journal);
    assertThat(copy.toRealPath()).isNotEqualTo(journal.toRealPath());
    assertThat(Files.getFileStore(copy.toRealPath())).isEqualTo(Files.getFileStore(MEMORY));
  }

  @Test
  void the_journal_goes_with_its_scene() throws IOException {
    Path journal = journal().toRealPath();
    DrillState.delete(work.resolve("scene"));
    assertThat(journal.getParent()).doesNotExist();
    assertThat(work.resolve("scene")).doesNotExist();
  }

  @Test
  void a_drill_whose_journal_is_gone_says_so_and_does_not_go_on_without() throws IOException {
    DrillState.delete(journal().toRealPath().getParent());
    assertThatThrownBy(this::journal).hasMessageContaining("to begin anew");
    DrillState.delete(work.resolve("scene"));
    assertThat(journal()).exists();
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableFileTest {

  @TempDir Path folder;

  @Test
  void a_power_cut_after_the_rename_finds_no_empty_file() throws IOException {
    Path file = folder.resolve("kept/keys/secrets.key");

    List<String> flushed = flushedBy(() -> DurableFile.writeSecret(file, "one\n"));

    assertThat(flushed)
        .containsExactly(
            folder.toString(), folder + "/kept", file + ".new", file.getParent().toString());
  }

  @Test
  void secrets_are_for_the_owner_only_and_their_folder_too() throws IOException {
    Path secret = folder.resolve("keys/secrets.key");
    Path open = folder.resolve("keys/ledger.pub");

    DurableFile.writeSecret(secret, "s");
    DurableFile.writeOpen(open, "o");

    assertThat(mode(secret)).isEqualTo("rw-------");
    assertThat(mode(open)).startsWith("rw-r--");
    assertThat(mode(secret.getParent())).isEqualTo("rwx------");
  }

  @Test
  void a_half_written_file_of_a_killed_server_is_in_nobodys_way() throws IOException {
    Path file = Files.writeString(folder.resolve("token.key"), "old");
    Files.writeString(folder.resolve("token.key.new"), "ha");

    DurableFile.writeSecret(file, "new");

    assertThat(file).hasContent("new");
    assertThat(folder.resolve("token.key.new")).doesNotExist();
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private interface Writing {
    void run() throws IOException;
  }

  private List<String> flushedBy(Writing writing) throws IOException {
    Path recorded = folder.resolve("flushes.jfr");
    try (Recording recording = new Recording()) {
      recording.enable("jdk.FileForce").withThreshold(Duration.ZERO);
      recording.start();
      writing.run();
      recording.stop();
      recording.dump(recorded);
    }
    List<String> paths = new ArrayList<>();
    for (RecordedEvent event : RecordingFile.readAllEvents(recorded)) {
      if (event.getThread().getJavaThreadId() == Thread.currentThread().threadId()) {
        paths.add(event.getString("path"));
      }
    }
    return paths;
  }
}

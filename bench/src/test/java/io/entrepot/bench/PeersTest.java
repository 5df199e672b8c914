// SPDX-License-Identifier: Apache-2.0
package io.entrepot.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.entrepot.client.local.LocalSshd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The other side of each race really runs. */
class PeersTest {

  @TempDir Path folder;
  private Path source;

  @BeforeEach
  void peers_are_there() throws IOException {
    boolean there = LocalSshd.installed() && Files.exists(Path.of("/usr/bin/rclone"));
    assertThat(there || System.getenv("CI") == null)
        .as("sshd and rclone have to be installed where CI is set")
        .isTrue();
    assumeTrue(there, "rclone or sshd is not installed");
    source = Files.createDirectories(folder.resolve("source"));
    Files.writeString(source.resolve("file"), "content");
  }

  @Test
  void rclone_copies_from_folder_to_folder_and_again() throws IOException {
    Path target = folder.resolve("target");
    Rclone first = Rclone.first(source.toString(), target);
    first.prepare();
    assertThat(first.run()).isPositive();
    assertThat(target.resolve("file")).hasContent("content");
    assertThat(Rclone.again(source.toString(), target, "--checksum").run()).isPositive();
  }

  @Test
  void rclone_copies_over_sftp_from_a_real_server() throws IOException {
    try (LocalSshd sshd = LocalSshd.start(folder.resolve("sshd"))) {
      Path target = folder.resolve("target");
      Rclone.first(sshd.rcloneRemote(source), target, "--transfers", "4").run();
      assertThat(target.resolve("file")).hasContent("content");
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.drills;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.drills.kit.Command;
import io.entrepot.drills.kit.Launcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The demonstration, from its command line to its last line. */
@ResourceLock(value = Needs.MACHINE, mode = ResourceAccessMode.READ)
class DemoTest {

  private static final Path HOME = Path.of("").toAbsolutePath().getParent();

  @BeforeEach
  void what_it_runs_is_there() {
    Needs.builtServer();
    Needs.builtCommands();
  }

  @Test
  void it_ends_well_and_says_what_it_keeps_and_that_it_is_proved(@TempDir Path folder)
      throws IOException {
    Command.Answer answer = Launcher.run(checkout(folder), List.of("demo", "--exit"));

    assertThat(answer.status()).as(answer.text()).isZero();
    assertThat(answer.text())
        .containsPattern("(?m)^files      26 of 26$")
        .containsPattern("(?m)^bytes      [1-9][0-9,]{6,}$")
        .containsPattern("(?m)^verified   26 of 26 copies$")
        .containsPattern("(?m)^one ARK    ark:\\S+$")
        .containsPattern("(?m)^custody    verified$");
  }

  /** With the same programs, but a folder of its own for what the demonstration writes. */
  private static Path checkout(Path folder) throws IOException {
    Files.copy(
        HOME.resolve("entrepot"), folder.resolve("entrepot"), StandardCopyOption.COPY_ATTRIBUTES);
    Files.createDirectory(folder.resolve("dist"));
    for (String shared : List.of("dist/server", "server", "cli")) {
      Files.createSymbolicLink(folder.resolve(shared), HOME.resolve(shared));
    }
    return folder;
  }
}

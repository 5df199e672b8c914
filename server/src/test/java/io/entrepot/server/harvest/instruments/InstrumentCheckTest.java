// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.instruments;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.base.IdSource;
import io.entrepot.storage.local.LocalStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstrumentCheckTest {

  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

  @TempDir Path folder;

  private String listed() {
    IdSource ids = new IdSource(() -> NOW, new Random(3));
    List<InstrumentCheck.Step> steps =
        InstrumentCheck.of(() -> LocalStore.open(folder, ids), _ -> true, () -> NOW);
    return steps.get(1).detail();
  }

  @Test
  void a_link_is_no_folder() throws IOException {
    Files.writeString(folder.resolve("a"), "a");
    Files.createDirectory(folder.resolve("b"));
    assertThat(listed()).isEqualTo("1 file and 1 folder at its top");

    Files.createSymbolicLink(folder.resolve("c"), folder.resolve("b"));
    assertThat(listed()).startsWith("1 file and 1 folder at its top").contains("1 more");
  }
}

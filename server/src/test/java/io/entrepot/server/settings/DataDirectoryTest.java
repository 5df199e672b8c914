// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

  @TempDir Path folder;

  @Test
  void a_folder_with_nothing_but_the_keys_of_another_server_is_taken() throws IOException {
    Path key = Files.createDirectory(folder.resolve("keys")).resolve("secrets.key");
    Files.writeString(key, "a key");

    try (DataDirectory taken = DataDirectory.claim(folder)) {
      assertThat(taken.keys().resolve("secrets.key")).hasContent("a key");
    }
  }

  @Test
  void a_folder_of_something_else_is_refused_and_left_as_it_is() throws IOException {
    Files.writeString(folder.resolve("thesis.tex"), "a thesis");

    assertThatThrownBy(() -> DataDirectory.claim(folder))
        .isInstanceOf(RefusedStartException.class)
        .hasMessageContaining("not of a server");
    assertThat(folder).isDirectoryNotContaining("glob:**/lock");
  }
}

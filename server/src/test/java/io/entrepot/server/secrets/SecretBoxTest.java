// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;
import io.entrepot.base.Id;
import io.entrepot.base.IdSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretBoxTest {

  @TempDir private Path folder;

  private final IdSource ids =
      new IdSource(() -> Instant.parse("2026-11-21T10:00:00Z"), new Random(2));

  private SecretBox box() {
    return new SecretBox(
        SecretKeys.open(folder.resolve("secrets.key"), new SecureRandom()), new SecureRandom());
  }

  @Test
  void a_secret_opens_only_for_the_row_it_was_sealed_for() {
    SecretBox box = box();
    Id row = ids.next();
    String sealed = box.seal(row, "hunter2");

    assertThat(sealed).doesNotContain("hunter2");
    assertThat(box.open(row, sealed)).isEqualTo("hunter2");
    assertThatThrownBy(() -> box.open(ids.next(), sealed)).isInstanceOf(EntrepotException.class);
  }

  @Test
  void what_another_program_sealed_by_the_written_format_opens() throws IOException {
    Path file = folder.resolve("secrets.key");
    Files.writeString(file, "0a1b2c3d AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n");
    SecretBox box = new SecretBox(SecretKeys.open(file, new SecureRandom()), new SecureRandom());

    assertThat(
            box.open(
                new Id("0123456789abcdef01234567"),
                "v1.0a1b2c3d.AAECAwQFBgcICQoLL3e4b6CX8H5HXHKvzOBk_S6PxfrKvAA"))
        .isEqualTo("hunter2");
  }

  @Test
  void cut_and_garbled_text_is_refused_as_such() {
    SecretBox box = box();
    Id row = ids.next();
    String sealed = box.seal(row, "hunter2");
    String head = sealed.substring(0, sealed.lastIndexOf('.') + 1);
    for (String wrong :
        List.of(
            sealed.substring(0, sealed.length() - 1),
            sealed.substring(0, sealed.length() - 20),
            head,
            head + "AAAA",
            head + "not base64 at all",
            sealed.replaceFirst("^v1", "v2"),
            "")) {
      assertThatThrownBy(() -> box.open(row, wrong))
          .as(wrong)
          .isInstanceOfSatisfying(
              EntrepotException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.INTERNAL_ERROR))
          .hasMessageContaining(row.hex());
    }
  }

  @Test
  void what_an_older_key_sealed_opens_after_a_new_key_was_added() throws IOException {
    Path file = folder.resolve("secrets.key");
    SecretKeys keys = SecretKeys.open(file, new SecureRandom());
    Id row = ids.next();
    String sealed = new SecretBox(keys, new SecureRandom()).seal(row, "old");
    keys.addKey();

    SecretBox reopened =
        new SecretBox(SecretKeys.open(file, new SecureRandom()), new SecureRandom());
    assertThat(reopened.open(row, sealed)).isEqualTo("old");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }
}

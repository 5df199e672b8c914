// SPDX-License-Identifier: Apache-2.0
package io.entrepot.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UuidTextTest {

  @Test
  void a_uuid_of_either_case_is_read() {
    UUID uuid = UUID.fromString("0192a1b2-c3d4-8123-9abc-def012345678");
    assertThat(UuidText.parse(uuid.toString())).contains(uuid);
    assertThat(UuidText.parse("0192A1B2-C3D4-8123-9ABC-DEF012345678")).contains(uuid);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1-1-1-1-1",
        " 0192a1b2-c3d4-8123-9abc-def012345678",
        "0192a1b2c3d481239abcdef012345678",
        "0192a1b2-c3d4-8123-9abc-def01234567g"
      })
  void what_is_grouped_otherwise_is_none(String text) {
    assertThat(UuidText.parse(text)).isEmpty();
  }
}

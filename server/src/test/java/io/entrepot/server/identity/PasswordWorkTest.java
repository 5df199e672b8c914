// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PasswordWorkTest {

  @Test
  void a_server_hashes_passwords_with_as_much_work_as_is_recommended() {
    PasswordWork work = new IdentityWiring().passwordWork();

    assertThat(new Passwords(work).hash("correct horse")).contains("$m=19456,t=2,p=1$");
  }

  @Test
  void with_less_work_only_what_was_hashed_with_less_still_is_outdated() {
    String standard = new Passwords(PasswordWork.STANDARD).hash("correct horse");
    Passwords light = new Passwords(new PasswordWork(64, 1));

    assertThat(light.matches("correct horse", standard)).isTrue();
    assertThat(light.isOutdated(standard)).isFalse();
    assertThat(new Passwords(PasswordWork.STANDARD).isOutdated(light.hash("correct horse")))
        .isTrue();
  }
}

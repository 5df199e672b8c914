// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StartTest {

  @Test
  void an_api_path_without_a_credential_is_answered_401() {
    var answer = TestServer.shared().anonymous().get("/api/instruments");

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.text()).isEqualTo("{\"detail\":\"Unauthorized\"}");
  }
}

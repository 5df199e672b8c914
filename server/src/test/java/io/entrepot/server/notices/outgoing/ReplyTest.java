// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.notices.outgoing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ReplyTest {

  @Test
  void a_failure_without_words_is_told_by_its_kind() {
    assertThat(Reply.said(new IOException("Connection refused"))).isEqualTo("Connection refused");
    assertThat(Reply.said(new IOException())).isEqualTo("IOException");
    assertThat(Reply.said(new IOException(" "))).isEqualTo("IOException");
  }
}

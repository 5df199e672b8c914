// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entrepot.server.settings.GivenSettings;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom a request is from when it came through a proxy. */
class BehindProxyTest {

  private final BehindProxy filter =
      new BehindProxy(GivenSettings.read("--entrepot.proxies=127.0.0.1,10.1.0.0/16,fd00::/8"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "127.0.0.1 | 192.0.2.7 | 192.0.2.7",
        "127.0.0.1 | 198.51.100.1, 192.0.2.7 | 192.0.2.7",
        "127.0.0.1 | 198.51.100.1, 192.0.2.7, 10.1.2.3 | 192.0.2.7",
        "fd00::1 | 2001:db8::5 | 2001:db8:0:0:0:0:0:5",
        "127.0.0.1 | 192.0.2.7:5678 | 192.0.2.7",
        "127.0.0.1 | [2001:db8::5]:443 | 2001:db8:0:0:0:0:0:5",
        "127.0.0.1 | 192.0.2.999 | 127.0.0.1",
        "127.0.0.1 | . | 127.0.0.1",
        "127.0.0.1 | 10.1.2.3 | 10.1.2.3",
        "127.0.0.1 | unknown, 10.1.2.3 | 10.1.2.3",
        "127.0.0.1 | lab.example | 127.0.0.1",
        "127.0.0.1 | '' | 127.0.0.1",
        "192.0.2.9 | 198.51.100.1 | 192.0.2.9",
        "10.2.0.1 | 198.51.100.1 | 10.2.0.1"
      })
  void the_caller_is_the_last_address_that_is_no_proxy_of_ours(
      String from, String forwardedFor, String caller) {
    assertThat(filter.caller(from, List.of(forwardedFor))).isEqualTo(caller);
  }

  @Test
  void of_several_headers_the_last_one_was_added_last() {
    assertThat(filter.caller("127.0.0.1", List.of("198.51.100.1", "192.0.2.7")))
        .isEqualTo("192.0.2.7");
    assertThat(filter.caller("127.0.0.1", List.of())).isEqualTo("127.0.0.1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--entrepot.proxies=lab.example",
        "--entrepot.proxies=10.0.0.0/33",
        "--entrepot.proxies=10/8",
        "--entrepot.origins=lab.example",
        "--entrepot.address=lab.example",
        "--entrepot.address=https://lab example"
      })
  void a_setting_that_cannot_be_meant_stops_the_start_by_its_name(String argument) {
    String name = argument.substring(2, argument.indexOf('='));
    assertThatThrownBy(() -> GivenSettings.read(argument))
        .rootCause()
        .hasMessageContaining(name)
        .hasMessageContaining("looks like");
  }
}

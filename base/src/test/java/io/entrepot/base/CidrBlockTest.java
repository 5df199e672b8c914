// SPDX-License-Identifier: Apache-2.0
package io.entrepot.base;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrBlockTest {

  @ParameterizedTest
  @CsvSource({
    "192.0.2.7, 192.0.2.7/32",
    "192.0.2.7/24, 192.0.2.0/24",
    "10.255.255.255/9, 10.128.0.0/9",
    "0.0.0.0/0, 0.0.0.0/0",
    "2001:db8::5/32, 2001:db8:0:0:0:0:0:0/32",
    "::1, 0:0:0:0:0:0:0:1/128",
    "::ffff:192.0.2.7, 192.0.2.7/32"
  })
  void a_network_has_one_plain_form(String written, String plain) {
    CidrBlock block = CidrBlock.of(written).orElseThrow();

    assertThat(block.text()).isEqualTo(plain);
    assertThat(CidrBlock.require(plain)).isEqualTo(block);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "10/8", "10.1/16", "192.0.2.0/33", "192.0.2.0/-1", "192.0.2.0/+8", "192.0.2.256",
        "2001:db8::/129", "lab.example", "192.0.2.0/24/8", "fe80::1%eth0", "1", "::g", "192.0.2.0/"
      })
  void what_could_mean_two_things_or_nothing_is_no_network(String text) {
    assertThat(CidrBlock.of(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.0/24, 192.0.2.255, true",
    "192.0.2.0/24, 192.0.3.0, false",
    "192.0.2.128/25, 192.0.2.127, false",
    "192.0.2.0/24, ::ffff:192.0.2.9, true",
    "192.0.2.0/24, 2001:db8::1, false",
    "0.0.0.0/0, 203.0.113.1, true",
    "0.0.0.0/0, ::1, false",
    "2001:db8::/32, 2001:db8:ffff::1, true",
    "2001:db8::/33, 2001:db8:8000::1, false",
    "fe80::/10, fe80::1%eth0, true",
    "::1/128, [::1], true",
    "192.0.2.0/24, '', false",
    "192.0.2.0/24, lab.example, false"
  })
  void an_address_is_in_it_or_not(String network, String address, boolean inside) {
    assertThat(CidrBlock.of(network).orElseThrow().contains(address)).isEqualTo(inside);
  }
}

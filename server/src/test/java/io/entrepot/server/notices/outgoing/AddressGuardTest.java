// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.notices.outgoing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {

  private static AddressGuard guard(String... allowed) {
    return new AddressGuard(List.of(allowed), InetAddress::getAllByName);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.255.255.254",
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.1",
        "10.255.255.255",
        "100.64.0.1",
        "100.127.255.254",
        "169.254.169.254",
        "169.254.0.1",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.1",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.1.1",
        "198.18.0.1",
        "198.19.255.255",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1",
        "fc00::1",
        "fd00:ec2::254",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "::ffff:10.0.0.1",
        "::ffff:a9fe:a9fe",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b:1::1",
        "100::1",
        "2001::1",
        "2001:db8::1",
        "2002:7f00:1::1",
        "3fff::1",
        "fec0::1"
      })
  void what_is_not_on_the_public_internet_is_refused(String address) {
    assertThatThrownBy(() -> guard().addresses(address))
        .isInstanceOf(RefusedTargetException.class)
        .hasMessageContaining("entrepot.outgoing.allow");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2130706433", "127.1", "0x7f.0.0.1", "0x7f000001", "017700000001"})
  void loopback_written_in_odd_ways_leads_nowhere(String address) {
    assertThatThrownBy(() -> guard().addresses(address)).isInstanceOf(UnknownHostException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "9.255.255.255",
        "11.0.0.1",
        "100.63.255.255",
        "100.128.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "192.167.255.255",
        "223.255.255.255",
        "2606:4700::1111",
        "2a00:1450::1"
      })
  void what_is_on_the_public_internet_is_open(String address) throws Exception {
    assertThat(guard().addresses(address)).containsExactly(InetAddress.getByName(address));
  }

  @Test
  void an_operator_opens_a_network_and_nothing_beside_it() throws Exception {
    AddressGuard guard = guard("10.20.0.0/16", "fd12::/16", "192.168.7.7");
    assertThat(guard.addresses("10.20.255.1")).hasSize(1);
    assertThat(guard.addresses("fd12::5")).hasSize(1);
    assertThat(guard.addresses("192.168.7.7")).hasSize(1);
    for (String beside : List.of("10.21.0.1", "fd13::5", "192.168.7.8")) {
      assertThatThrownBy(() -> guard.addresses(beside)).isInstanceOf(RefusedTargetException.class);
    }
  }

  @Test
  void an_operator_opens_a_host_by_name_wherever_it_is() throws Exception {
    AddressGuard guard =
        new AddressGuard(List.of("ntfy.lab.example"), _ -> InetAddress.getAllByName("192.168.1.5"));
    assertThat(guard.addresses("NTFY.lab.example.")).hasSize(1);
    assertThatThrownBy(() -> guard.addresses("other.lab.example"))
        .isInstanceOf(RefusedTargetException.class);
  }

  @Test
  void a_name_with_one_closed_address_among_open_ones_is_refused() {
    AddressGuard guard =
        new AddressGuard(
            List.of(),
            _ ->
                new InetAddress[] {
                  InetAddress.getByName("1.1.1.1"), InetAddress.getByName("127.0.0.1")
                });
    assertThatThrownBy(() -> guard.addresses("both.example"))
        .isInstanceOf(RefusedTargetException.class);
  }

  @Test
  void a_setting_that_is_no_network_stops_the_start() {
    assertThatThrownBy(() -> guard("10.0.0.0/33"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("entrepot.outgoing.allow")
        .hasMessageContaining("10.0.0.0/33");
  }
}

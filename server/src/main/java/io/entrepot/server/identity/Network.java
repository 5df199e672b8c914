// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.identity;

import java.util.List;

/** The addresses that one customer of a network has. */
final class Network {

  private static final int V6_NETWORK_GROUPS = 4;

  private Network() {}

  /** An IPv4 address as it is; of an IPv6 address the first 64 bits, because the rest is free. */
  static String of(String address) {
    if (address.indexOf(':') < 0) {
      return address;
    }
    String bare = address.replaceAll("[\\[\\]]|%.*", "");
    String head = bare.contains("::") ? bare.substring(0, bare.indexOf("::")) : bare;
    List<String> groups = List.of(head.split(":", -1));
    return String.join(":", groups.subList(0, Math.min(V6_NETWORK_GROUPS, groups.size()))) + "::";
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.notices.outgoing;

import io.entrepot.base.CidrBlock;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Says which addresses a request may be sent to: those of the public internet, and what an operator
 * has allowed by name or by network.
 *
 * <p>What is refused is listed for IPv4. For IPv6 only the global unicast space is open, less the
 * parts of it that lead back into IPv4 or nowhere, so that a new kind of special address is refused
 * until somebody has thought about it.
 */
final class AddressGuard {

  /** What the special-purpose registry of IANA lists, and multicast and all above it. */
  private static final List<CidrBlock> CLOSED_IPV4 =
      ranges(
          "0.0.0.0/8",
          "10.0.0.0/8",
          "100.64.0.0/10",
          "127.0.0.0/8",
          "169.254.0.0/16",
          "172.16.0.0/12",
          "192.0.0.0/24",
          "192.0.2.0/24",
          "192.88.99.0/24",
          "192.168.0.0/16",
          "198.18.0.0/15",
          "198.51.100.0/24",
          "203.0.113.0/24",
          "224.0.0.0/3");

  private static final CidrBlock OPEN_IPV6 = CidrBlock.require("2000::/3");

  /** Teredo and its neighbours, documentation, 6to4, documentation again. */
  private static final List<CidrBlock> CLOSED_IPV6 =
      ranges("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

  private final Set<String> names = new HashSet<>();
  private final List<CidrBlock> networks = new ArrayList<>();
  private final Names lookup;

  /** Turns a name into addresses. */
  @FunctionalInterface
  interface Names {
    InetAddress[] of(String host) throws UnknownHostException;
  }

  /**
   * @param allowed names of hosts, addresses and networks that may be reached though they are not
   *     public
   */
  AddressGuard(List<String> allowed, Names lookup) {
    this.lookup = lookup;
    for (String entry : allowed) {
      Optional<CidrBlock> network = CidrBlock.of(entry);
      if (network.isEmpty() && entry.indexOf('/') >= 0) {
        throw new IllegalArgumentException(
            "entrepot.outgoing.allow: \""
                + entry
                + "\" is neither the name of a host nor a network such as 10.20.0.0/16");
      }
      network.ifPresentOrElse(networks::add, () -> names.add(plain(entry)));
    }
  }

  private static List<CidrBlock> ranges(String... texts) {
    return List.of(texts).stream().map(CidrBlock::require).toList();
  }

  /**
   * The addresses of a host, asked for once: whoever connects takes one of these and asks no more.
   *
   * @throws RefusedTargetException when one of them may not be reached
   */
  InetAddress[] addresses(String host) throws UnknownHostException {
    InetAddress[] found = lookup.of(host);
    if (found.length == 0) {
      throw new UnknownHostException(host);
    }
    if (!names.contains(plain(host))) {
      for (InetAddress address : found) {
        if (!isOpen(address)) {
          throw new RefusedTargetException(host, address);
        }
      }
    }
    return found;
  }

  private static String plain(String host) {
    String lower = host.strip().toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }

  /** An IPv4 address in IPv6 clothes is looked at as what it is; the platform unwraps it. */
  boolean isOpen(InetAddress address) {
    if (holds(networks, address)) {
      return true;
    }
    return address instanceof Inet4Address
        ? !holds(CLOSED_IPV4, address)
        : OPEN_IPV6.contains(address) && !holds(CLOSED_IPV6, address);
  }

  private static boolean holds(List<CidrBlock> ranges, InetAddress address) {
    return ranges.stream().anyMatch(range -> range.contains(address));
  }
}

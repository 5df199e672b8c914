// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.notices.outgoing;

import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/** All addresses that begin with the same bits, written as {@code 10.0.0.0/8}. */
record NetworkRange(InetAddress first, int bits) {

  /** Only what can be nothing but an address: names must never be looked up here. */
  private static final Pattern LITERAL =
      Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  NetworkRange {
    int most = first.getAddress().length * Byte.SIZE;
    if (bits < 0 || bits > most) {
      throw new IllegalArgumentException("/" + bits + " is not between /0 and /" + most);
    }
  }

  /**
   * @throws IllegalArgumentException when it is no network
   */
  static NetworkRange of(String text) {
    return parse(text).orElseThrow(() -> new IllegalArgumentException(text + " is no network"));
  }

  /** A network, or a single address; empty for anything else, names among them. */
  static Optional<NetworkRange> parse(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    if (!LITERAL.matcher(address).matches()) {
      return Optional.empty();
    }
    try {
      InetAddress first = InetAddress.ofLiteral(address);
      int most = first.getAddress().length * Byte.SIZE;
      return Optional.of(
          new NetworkRange(first, slash < 0 ? most : Integer.parseInt(text.substring(slash + 1))));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  boolean holds(InetAddress address) {
    byte[] mine = first.getAddress();
    byte[] other = address.getAddress();
    if (mine.length != other.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> (bit % Byte.SIZE);
      if ((mine[bit / Byte.SIZE] & mask) != (other[bit / Byte.SIZE] & mask)) {
        return false;
      }
    }
    return true;
  }
}

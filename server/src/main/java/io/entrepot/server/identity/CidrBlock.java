// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.identity;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A range of addresses in CIDR notation. An IPv4 address that was written as an IPv6 one is the
 * IPv4 address.
 *
 * @param text as {@code 192.0.2.0/24}: the bits beyond the prefix are zero
 */
public record CidrBlock(String text) {

  /** What is needed of a text that is none. */
  public static final String SHAPE =
      "This is an address or a network, as 192.0.2.7, 192.0.2.0/24 or 2001:db8::/32.";

  /** An IPv4 address has all four parts: 10/8 could mean two things. */
  private static final Pattern NOTATION =
      Pattern.compile("(\\d{1,3}(?:\\.\\d{1,3}){3}|[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*)(?:/(\\d{1,3}))?");

  public CidrBlock {
    if (!parse(text).map(Range::text).equals(Optional.of(text))) {
      throw new IllegalArgumentException("no network in its plain form: " + text);
    }
  }

  /** Of an address, or of a network in which some address is named; empty for any other text. */
  public static Optional<CidrBlock> of(String text) {
    return parse(text.strip()).map(range -> new CidrBlock(range.text()));
  }

  private record Range(InetAddress first, int prefix) {

    String text() {
      return first.getHostAddress() + "/" + prefix;
    }
  }

  private static Optional<Range> parse(String text) {
    var parts = NOTATION.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    return address(parts.group(1))
        .flatMap(
            address -> {
              int bits = address.getAddress().length * Byte.SIZE;
              int prefix = parts.group(2) == null ? bits : Integer.parseInt(parts.group(2));
              return prefix > bits
                  ? Optional.empty()
                  : Optional.of(new Range(masked(address, prefix), prefix));
            });
  }

  private static Optional<InetAddress> address(String text) {
    try {
      return Optional.of(InetAddress.ofLiteral(text));
    } catch (IllegalArgumentException none) {
      return Optional.empty();
    }
  }

  private static InetAddress masked(InetAddress address, int prefix) {
    byte[] bytes = address.getAddress();
    int whole = prefix / Byte.SIZE;
    if (whole < bytes.length) {
      bytes[whole] &= (byte) (0xFF00 >> (prefix % Byte.SIZE));
      Arrays.fill(bytes, whole + 1, bytes.length, (byte) 0);
    }
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address has the length of an address", e);
    }
  }

  /**
   * Whether an address is in it.
   *
   * @param address of a connection; an IPv6 one may name its interface
   */
  public boolean contains(String address) {
    Range range = parse(text).orElseThrow();
    return address(address.replaceAll("[\\[\\]]|%.*", ""))
        .filter(one -> one.getAddress().length == range.first().getAddress().length)
        .filter(one -> masked(one, range.prefix()).equals(range.first()))
        .isPresent();
  }
}

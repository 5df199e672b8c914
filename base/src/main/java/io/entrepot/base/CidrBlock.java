// SPDX-License-Identifier: Apache-2.0
package io.entrepot.base;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * All addresses that begin with the same bits: a network in CIDR notation, or a single address. An
 * IPv4 address that was written as an IPv6 one is the IPv4 address.
 *
 * @param first its bits beyond the prefix are zero
 * @param prefix how many bits count
 */
public record CidrBlock(InetAddress first, int prefix) {

  /** What is needed of a text that is none. */
  public static final String SHAPE =
      "This is an address or a network, as 192.0.2.7, 192.0.2.0/24 or 2001:db8::/32.";

  /** An IPv4 address has all four parts: 10/8 could mean two things. No name is looked up. */
  private static final Pattern NOTATION =
      Pattern.compile("(\\d{1,3}(?:\\.\\d{1,3}){3}|[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*)(?:/(\\d{1,3}))?");

  public CidrBlock {
    int bits = first.getAddress().length * Byte.SIZE;
    if (prefix < 0 || prefix > bits) {
      throw new IllegalArgumentException("/" + prefix + " is not between /0 and /" + bits);
    }
    first = masked(first, prefix);
  }

  /** Of an address, or of a network in which some address is named; empty for any other text. */
  public static Optional<CidrBlock> of(String text) {
    Matcher parts = NOTATION.matcher(text.strip());
    if (!parts.matches()) {
      return Optional.empty();
    }
    try {
      InetAddress address = InetAddress.ofLiteral(parts.group(1));
      String prefix = parts.group(2);
      int bits = address.getAddress().length * Byte.SIZE;
      return Optional.of(new CidrBlock(address, prefix == null ? bits : Integer.parseInt(prefix)));
    } catch (IllegalArgumentException none) {
      return Optional.empty();
    }
  }

  /**
   * @throws IllegalArgumentException when the text is none
   */
  public static CidrBlock require(String text) {
    return of(text).orElseThrow(() -> new IllegalArgumentException(text + " is no network"));
  }

  /** In its plain form, as {@code 192.0.2.0/24}. */
  public String text() {
    return first.getHostAddress() + "/" + prefix;
  }

  public boolean contains(InetAddress address) {
    return address.getAddress().length == first.getAddress().length
        && masked(address, prefix).equals(first);
  }

  /**
   * Whether an address is in it; false for what is none.
   *
   * @param address of a connection; an IPv6 one may name its interface
   */
  public boolean contains(String address) {
    try {
      return contains(InetAddress.ofLiteral(address.replaceAll("[\\[\\]]|%.*", "")));
    } catch (IllegalArgumentException none) {
      return false;
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
}

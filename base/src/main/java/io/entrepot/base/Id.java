// SPDX-License-Identifier: Apache-2.0
package io.entrepot.base;

import java.time.Instant;
import java.util.UUID;

/**
 * The identity of one entity: 96 bits, written as 24 lower-case hex digits.
 *
 * <p>Ids made by one {@link IdSource} sort by the time they were made, as text and as numbers, so
 * an index on them grows at its end. The layout is described in {@code docs/decisions/0001}.
 *
 * @param hex 24 lower-case hex digits
 */
public record Id(String hex) implements Comparable<Id> {

  private static final int DIGITS = 24;

  /** Bits of a version-8 UUID that carry the id: 48 + 12 + 36; the other 26 are zero. */
  private static final long UUID_TAIL_ZERO_BITS = 26;

  public Id {
    if (!LowerHex.is(hex, DIGITS)) {
      throw new IllegalArgumentException("an id is 24 lower-case hex digits, not \"" + hex + "\"");
    }
  }

  /**
   * The id as a version-8 UUID: 48 bits, version, 12 bits, variant, 36 bits, then zeros.
   *
   * <p>{@code Id.fromUuid(id.toUuid())} is {@code id}.
   */
  public UUID toUuid() {
    long first48 = Long.parseLong(hex, 0, 12, 16);
    long next12 = Long.parseLong(hex, 12, 15, 16);
    long last36 = Long.parseLong(hex, 15, 24, 16);
    long high = (first48 << 16) | 0x8000L | next12;
    long low = 0x8000_0000_0000_0000L | (last36 << UUID_TAIL_ZERO_BITS);
    return new UUID(high, low);
  }

  /**
   * The id that {@link #toUuid} put into this UUID.
   *
   * @throws IllegalArgumentException when the UUID was not made by {@link #toUuid}
   */
  public static Id fromUuid(UUID uuid) {
    long high = uuid.getMostSignificantBits();
    long low = uuid.getLeastSignificantBits();
    long last36 = (low & 0x3fff_ffff_ffff_ffffL) >>> UUID_TAIL_ZERO_BITS;
    Id id =
        new Id(
            LowerHex.of(high >>> 16, 12) + LowerHex.of(high & 0xfffL, 3) + LowerHex.of(last36, 9));
    if (!id.toUuid().equals(uuid)) {
      throw new IllegalArgumentException("not one of our ids: " + uuid);
    }
    return id;
  }

  /** The millisecond at which an ordinary id was made; has no meaning for the id of a file. */
  public Instant made() {
    return Instant.ofEpochMilli(Long.parseLong(hex, 0, 12, 16));
  }

  @Override
  public int compareTo(Id other) {
    return hex.compareTo(other.hex);
  }

  @Override
  public String toString() {
    return hex;
  }
}

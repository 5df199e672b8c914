// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.catalog;

import io.entrepot.base.Id;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;

/**
 * Archival Resource Keys of one naming authority and shoulder.
 *
 * <p>A name is the shoulder, the file's id in 18 betanumeric characters (digits and the consonants
 * without l), and the NOID check character over {@code NAAN/name}: the sum of each character's
 * value times its position from 1, modulo 29. It is written {@code ark:/99999/fk4…}. Up to 28
 * characters in all, that check finds every single wrong character and every swap of two
 * neighbours.
 */
public final class Ark {

  private static final String BETANUMERIC = "0123456789bcdfghjkmnpqrstvwxz";
  private static final BigInteger RADIX = BigInteger.valueOf(BETANUMERIC.length());
  private static final int BLADE_LENGTH = 18;
  private static final int ID_DIGITS = 24;

  /** An id is divided as four numbers of six hex digits. */
  private static final int LIMB_DIGITS = 6;

  private static final int LIMB_BITS = 4 * LIMB_DIGITS;

  private final String naan;
  private final String shoulder;

  public Ark(String naan, String shoulder) {
    this.naan = naan;
    this.shoulder = shoulder;
  }

  /**
   * @param file an id of at most 87 bits
   */
  public String of(Id file) {
    int[] limbs = new int[ID_DIGITS / LIMB_DIGITS];
    for (int i = 0; i < limbs.length; i++) {
      limbs[i] = Integer.parseInt(file.hex(), i * LIMB_DIGITS, (i + 1) * LIMB_DIGITS, 16);
    }
    char[] blade = new char[BLADE_LENGTH];
    for (int i = BLADE_LENGTH - 1; i >= 0; i--) {
      blade[i] = BETANUMERIC.charAt(divide(limbs));
    }
    String name = naan + "/" + shoulder + new String(blade);
    return "ark:/" + name + checkCharacter(name);
  }

  /** Divides a number by the radix, in place, and answers the remainder. */
  private static int divide(int[] limbs) {
    int remainder = 0;
    for (int i = 0; i < limbs.length; i++) {
      int part = (remainder << LIMB_BITS) | limbs[i];
      limbs[i] = part / BETANUMERIC.length();
      remainder = part % BETANUMERIC.length();
    }
    return remainder;
  }

  /**
   * The file that a name stands for, and which version when the name says so.
   *
   * @param text with or without {@code ark:}, the slash after it, and hyphens, which mean nothing
   * @return empty for a name of another house, or with a wrong check character
   */
  public Optional<Resolved> resolve(String text) {
    String name = text.replaceFirst("^(?i:ark):/?", "").replace("-", "").toLowerCase(Locale.ROOT);
    int dot = name.indexOf('.');
    String bare = dot < 0 ? name : name.substring(0, dot);
    String prefix = naan + "/" + shoulder;
    if (!bare.startsWith(prefix) || bare.length() != prefix.length() + BLADE_LENGTH + 1) {
      return Optional.empty();
    }
    String checked = bare.substring(0, bare.length() - 1);
    if (checkCharacter(checked) != bare.charAt(bare.length() - 1)) {
      return Optional.empty();
    }
    int version = dot < 0 ? 0 : version(name.substring(dot + 1));
    return version < 0
        ? Optional.empty()
        : decode(checked.substring(prefix.length())).map(id -> new Resolved(id, version));
  }

  /**
   * What a name stands for.
   *
   * @param version from 1; 0 when the name says none and means the newest
   */
  public record Resolved(Id file, int version) {}

  private static int version(String suffix) {
    return suffix.matches("v[1-9][0-9]{0,8}") ? Integer.parseInt(suffix.substring(1)) : -1;
  }

  private static Optional<Id> decode(String blade) {
    BigInteger value = BigInteger.ZERO;
    for (int i = 0; i < blade.length(); i++) {
      int digit = BETANUMERIC.indexOf(blade.charAt(i));
      if (digit < 0) {
        return Optional.empty();
      }
      value = value.multiply(RADIX).add(BigInteger.valueOf(digit));
    }
    String hex = value.toString(16);
    return hex.length() > ID_DIGITS
        ? Optional.empty()
        : Optional.of(new Id("0".repeat(ID_DIGITS - hex.length()) + hex));
  }

  /** The NOID check character of {@code NAAN/name}. */
  static char checkCharacter(String text) {
    int sum = 0;
    for (int i = 0; i < text.length(); i++) {
      sum += Math.max(0, BETANUMERIC.indexOf(text.charAt(i))) * (i + 1);
    }
    return BETANUMERIC.charAt(sum % BETANUMERIC.length());
  }
}

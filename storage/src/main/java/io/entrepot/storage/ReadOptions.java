// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage;

/**
 * Which bytes to read, and from where.
 *
 * @param offset first byte, from 0
 * @param length how many bytes; {@link #TO_END} reads to the end
 * @param fromMedium ask for the bytes as the medium holds them, past any cache, where the store
 *     can; otherwise the same as an ordinary read
 */
public record ReadOptions(long offset, long length, boolean fromMedium) {

  public static final long TO_END = Long.MAX_VALUE;
  public static final ReadOptions WHOLE = new ReadOptions(0, TO_END, false);
  public static final ReadOptions WHOLE_FROM_MEDIUM = new ReadOptions(0, TO_END, true);

  public ReadOptions {
    if (offset < 0 || length < 0) {
      throw new IllegalArgumentException("offset and length are not negative");
    }
  }

  public static ReadOptions range(long offset, long length) {
    return new ReadOptions(offset, length, false);
  }
}

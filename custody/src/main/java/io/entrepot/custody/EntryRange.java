// SPDX-License-Identifier: Apache-2.0
package io.entrepot.custody;

/**
 * Consecutive entries.
 *
 * @param first sequence of the first one
 * @param count how many
 */
public record EntryRange(long first, long count) {

  public static EntryRange between(long first, long last) {
    return new EntryRange(first, last - first + 1);
  }

  /** Sequence of the last one. */
  public long last() {
    return first + count - 1;
  }

  @Override
  public String toString() {
    return count == 1 ? "entry " + first : "entries " + first + " to " + last();
  }
}

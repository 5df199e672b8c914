// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.database;

import java.util.List;

/**
 * Which part of a list is wanted.
 *
 * @param skip how many to leave out from the front
 * @param limit how many at most
 * @param withDeleted also those that were deleted and can be restored
 */
public record Slice(int skip, int limit, boolean withDeleted) {

  public static final Slice ALL = new Slice(0, Integer.MAX_VALUE, false);

  /**
   * A part of a list with the length of the whole.
   *
   * @param total how many there are in all parts together
   */
  public record Part<T>(List<T> items, long total) {
    public Part {
      items = List.copyOf(items);
    }
  }
}

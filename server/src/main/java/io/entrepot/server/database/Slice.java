// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.database;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Which part of a list is wanted.
 *
 * @param skip how many to leave out from the front
 * @param limit how many at most
 * @param withDeleted also those that were deleted and can be restored
 * @param order by what first; empty for the order that the list has by itself
 */
public record Slice(int skip, int limit, boolean withDeleted, List<Order> order) {

  public static final Slice ALL = new Slice(0, Integer.MAX_VALUE, false);

  public Slice {
    order = List.copyOf(order);
  }

  public Slice(int skip, int limit, boolean withDeleted) {
    this(skip, limit, withDeleted, List.of());
  }

  /**
   * One thing that a list is ordered by.
   *
   * @param descending whether the greatest comes first
   */
  public record Order(String field, boolean descending) {}

  /**
   * What follows {@code order by} in a statement. What has no value comes last, either way.
   *
   * @param columns of the fields that can be asked for
   * @param usual the order that the list has by itself, in which no two are equal
   */
  public String orderBy(Map<String, String> columns, String usual) {
    StringBuilder text = new StringBuilder();
    for (Order one : order) {
      text.append(Objects.requireNonNull(columns.get(one.field()), one.field()))
          .append(one.descending() ? " desc nulls last, " : " nulls last, ");
    }
    return text.append(usual).toString();
  }

  /**
   * A part of a list with the length of the whole.
   *
   * @param total how many there are in all parts together
   * @param exact false when they were counted no further than this, and there are more
   */
  public record Part<T>(List<T> items, long total, boolean exact) {
    public Part {
      items = List.copyOf(items);
    }

    public Part(List<T> items, long total) {
      this(items, total, true);
    }

    /**
     * Whether anything comes after these.
     *
     * @param asked how this part was asked for
     */
    public boolean goesOn(Slice asked) {
      return exact ? asked.skip() + items.size() < total : items.size() == asked.limit();
    }
  }
}

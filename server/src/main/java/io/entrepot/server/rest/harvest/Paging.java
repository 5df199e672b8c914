// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.harvest;

import io.entrepot.server.database.Slice;
import io.entrepot.server.rest.fields.QueryFields;

/**
 * Which part of a list a request asks for, by {@code skip} and {@code limit}.
 *
 * @param skip how many to leave out from the front
 * @param limit how many at most
 */
record Paging(int skip, int limit) {

  static final int LIMIT = 25;
  private static final int MOST = 500;

  /** Notes a problem in the query when a number is out of range. */
  static Paging of(QueryFields query) {
    return of(query, LIMIT);
  }

  /**
   * @param limit what an absent {@code limit} means
   */
  static Paging of(QueryFields query, int limit) {
    return new Paging(
        query.number("skip", 0, 0, Integer.MAX_VALUE), query.number("limit", limit, 1, MOST));
  }

  Slice slice(boolean withDeleted) {
    return new Slice(skip, limit, withDeleted);
  }
}

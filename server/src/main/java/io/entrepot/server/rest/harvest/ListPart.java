// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.harvest;

import io.entrepot.base.Id;
import io.entrepot.server.catalog.Count;
import io.entrepot.server.rest.fields.QueryFields;
import io.entrepot.server.rest.fields.WireIds;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a bare list is asked for, by {@code skip}, {@code limit} and {@code cursor}; all of
 * it when none is given. A cursor is the id of the last item of the part before.
 */
record ListPart(boolean whole, int skip, int limit, @Nullable Id after) {

  private static final int LIMIT = 100;
  private static final int MOST = 1_000;

  static ListPart of(QueryFields query, Map<String, List<String>> parameters) {
    boolean whole =
        !parameters.containsKey("skip")
            && !parameters.containsKey("limit")
            && !parameters.containsKey("cursor");
    return new ListPart(
        whole,
        query.number("skip", 0, 0, Integer.MAX_VALUE),
        query.number("limit", LIMIT, 1, MOST),
        query.id("cursor"));
  }

  /** How many to look for: one more than are shown, to know whether anything follows. */
  int sought() {
    return limit + 1;
  }

  /**
   * The items of this part, and a header that says where the next one begins when there is one.
   *
   * @param found up to {@link #sought()} items
   * @param next the path of the list with its filter, such that a key can be appended
   */
  <T> List<T> cut(HttpServletResponse response, List<T> found, Function<T, Id> id, String next) {
    if (found.size() <= limit) {
      return found;
    }
    List<T> shown = found.subList(0, limit);
    response.setHeader(
        "Link",
        "<%slimit=%d&cursor=%s>; rel=\"next\""
            .formatted(next, limit, WireIds.text(id.apply(shown.getLast()))));
    return shown;
  }

  /** The total, or how far it was counted. */
  static void count(HttpServletResponse response, Count total) {
    response.setHeader("X-Total-Count", String.valueOf(total.number()));
    if (!total.exact()) {
      response.setHeader("X-Total-Count-Capped", "true");
    }
  }
}

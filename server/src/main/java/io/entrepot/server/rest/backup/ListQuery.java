// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.backup;

import io.entrepot.base.FieldProblem;
import io.entrepot.base.InvalidFieldsException;
import io.entrepot.server.database.Slice;
import io.entrepot.server.rest.fields.PlainWords;
import io.entrepot.server.rest.fields.QueryFields;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a request asks of a list: {@code limit}, {@code offset} (or {@code skip}), whether it is of
 * {@code all} people or of oneself alone, and by what it is to be sorted, as {@code field} or
 * {@code -field}, with commas between them.
 */
record ListQuery(int limit, int offset, boolean all, List<Slice.Order> order) {

  private static final int LIMIT = 100;
  private static final int MOST = 1000;

  /**
   * @param sortable the fields that this list can be sorted by
   * @throws InvalidFieldsException naming the keys whose value cannot be used
   */
  static ListQuery of(Map<String, List<String>> keys, String... sortable) {
    QueryFields query = new QueryFields(keys, PlainWords.PLAIN);
    ListQuery asked =
        new ListQuery(
            query.number("limit", LIMIT, 1, MOST),
            query.number(query.has("offset") ? "offset" : "skip", 0, 0, Integer.MAX_VALUE),
            query.flag("all", false),
            order(query, List.of(sortable)));
    query.check();
    return asked;
  }

  Slice slice() {
    return new Slice(offset, limit, false, order);
  }

  private static List<Slice.Order> order(QueryFields query, List<String> sortable) {
    String sort = query.text("sort");
    if (sort == null || sort.isBlank()) {
      return List.of();
    }
    List<Slice.Order> order =
        Arrays.stream(sort.split(",", -1)).map(String::strip).map(ListQuery::field).toList();
    List<String> fields = order.stream().map(Slice.Order::field).toList();
    if (!sortable.containsAll(fields) || Set.copyOf(fields).size() < fields.size()) {
      query.add(
          FieldProblem.of(
              "sort",
              "enum",
              sortable.isEmpty()
                  ? "This list has one order only."
                  : "This is one of these, or some with commas between them, with - before it for"
                      + " the greatest first: "
                      + String.join(", ", sortable)
                      + ".",
              sort));
      return List.of();
    }
    return order;
  }

  private static Slice.Order field(String word) {
    boolean descending = word.startsWith("-");
    return new Slice.Order(descending ? word.substring(1) : word, descending);
  }
}

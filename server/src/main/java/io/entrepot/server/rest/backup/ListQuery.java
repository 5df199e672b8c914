// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.backup;

import io.entrepot.base.InvalidFieldsException;
import io.entrepot.server.database.Slice;
import io.entrepot.server.rest.fields.PlainWords;
import io.entrepot.server.rest.fields.QueryFields;
import java.util.List;
import java.util.Map;

/**
 * What a request asks of a list: {@code limit}, {@code offset} (or {@code skip}), and whether it is
 * of {@code all} people or of oneself alone.
 */
record ListQuery(int limit, int offset, boolean all) {

  private static final int LIMIT = 100;
  private static final int MOST = 1000;

  /**
   * @throws InvalidFieldsException naming the keys whose value cannot be used
   */
  static ListQuery of(Map<String, List<String>> keys) {
    QueryFields query = new QueryFields(keys, PlainWords.PLAIN);
    ListQuery asked =
        new ListQuery(
            query.number("limit", LIMIT, 1, MOST),
            query.number(query.has("offset") ? "offset" : "skip", 0, 0, Integer.MAX_VALUE),
            query.flag("all", false));
    query.check();
    return asked;
  }

  Slice slice() {
    return new Slice(offset, limit, false);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.harvest;

import io.entrepot.server.database.Slice;
import io.entrepot.server.rest.fields.QueryFields;
import java.util.List;
import java.util.Map;

/** How the lists of configuration read their query. */
record ListRequest(Paging paging, boolean withDeleted) {

  static ListRequest of(Map<String, List<String>> parameters) {
    QueryFields query = Wording.query(parameters);
    ListRequest request = new ListRequest(Paging.of(query), query.flag("include_deleted", false));
    query.check();
    return request;
  }

  Slice slice() {
    return paging.slice(withDeleted);
  }
}

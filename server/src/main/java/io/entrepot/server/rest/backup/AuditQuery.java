// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.backup;

import io.entrepot.base.FieldProblem;
import io.entrepot.base.Id;
import io.entrepot.base.InvalidFieldsException;
import io.entrepot.server.identity.Accounts;
import io.entrepot.server.ledger.AuditFilter;
import io.entrepot.server.rest.fields.PlainWords;
import io.entrepot.server.rest.fields.QueryFields;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which records of the audit log a request asks for. Keys left empty count as not sent. */
final class AuditQuery {

  private AuditQuery() {}

  /**
   * @throws InvalidFieldsException naming the keys whose value cannot be used
   */
  static AuditFilter filter(Map<String, List<String>> keys, Accounts accounts) {
    QueryFields query = fields(keys);
    String email = query.text("actor");
    Id actor = query.id("actor_id");
    Id entity = query.id("entity_id");
    String type = query.text("entity_type");
    if (email != null && actor != null) {
      query.add(conflict("actor_id", "This cannot be there together with actor."));
    }
    if (entity != null && type == null) {
      query.add(conflict("entity_type", "This has to be there together with entity_id."));
    }
    AuditFilter filter =
        new AuditFilter(
            type == null ? null : new AuditFilter.Thing(type, entity),
            query.text("action"),
            email == null ? actor : accounts.idOf(email).orElse(QueryFields.NOBODY),
            query.since("since"),
            query.until("until"));
    query.check();
    return filter;
  }

  /**
   * As which kind of file the records are wanted; a table where none is named.
   *
   * @throws InvalidFieldsException for one that there is not
   */
  static AuditLines format(Map<String, List<String>> keys) {
    QueryFields query = fields(keys);
    AuditLines format = query.choice("format", AuditLines.class);
    query.check();
    return format == null ? AuditLines.CSV : format;
  }

  private static QueryFields fields(Map<String, List<String>> keys) {
    return new QueryFields(filled(keys), PlainWords.PLAIN);
  }

  private static Map<String, List<String>> filled(Map<String, List<String>> keys) {
    Map<String, List<String>> filled = new HashMap<>();
    keys.forEach(
        (name, values) -> {
          String value = values.isEmpty() ? "" : values.getLast().strip();
          if (!value.isEmpty()) {
            filled.put(name, List.of(value));
          }
        });
    return filled;
  }

  private static FieldProblem conflict(String name, String why) {
    return FieldProblem.of(name, "value_error", why, null);
  }
}

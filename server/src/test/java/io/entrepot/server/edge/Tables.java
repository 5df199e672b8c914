// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import io.entrepot.server.database.Database;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What stands in the database, as text. */
final class Tables {

  private Tables() {}

  static List<String> all(Database database) {
    String all =
        switch (database.dialect()) {
          case SQLITE -> "select name from sqlite_master where type = 'table'";
          case POSTGRESQL ->
              "select table_name from information_schema.tables where table_schema = 'public'";
        };
    return database.sql(all).query(String.class).list();
  }

  static String text(Map<String, Object> row) {
    Map<String, String> texts = new TreeMap<>();
    row.forEach(
        (column, value) ->
            texts.put(
                column,
                value instanceof byte[] bytes
                    ? new String(bytes, StandardCharsets.UTF_8)
                    : String.valueOf(value)));
    return texts.toString();
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.identity;

import io.entrepot.base.Id;
import io.entrepot.server.database.Database;
import io.entrepot.server.database.Micros;
import java.time.Instant;
import java.util.List;

/** SQL access to the tokens that the sync door holds. */
final class LocalTokenTable {

  private final Database database;

  LocalTokenTable(Database database) {
    this.database = database;
  }

  void insert(ApiKey token) {
    database
        .sql("insert into local_token (key_id, account_id) values (?, ?)")
        .params(token.id().hex(), token.owner().account().hex())
        .update();
  }

  /** Also those that were revoked. */
  List<ApiKey> list() {
    return database
        .sql(
            ApiKeyTable.COLUMNS
                + " from local_token t join api_key k on k.id = t.key_id"
                + " join account a on a.id = k.account_id order by k.id")
        .query(ApiKeyTable::read)
        .list();
  }

  boolean isValid(Id token, Instant now) {
    return database
        .sql(
            "select 1 from api_key k join account a on a.id = k.account_id"
                + " where k.id = ? and k.revoked_at is null"
                + " and (k.expires_at is null or k.expires_at > ?)"
                + " and a.active = 1 and a.deleted_at is null")
        .params(token.hex(), Micros.of(now))
        .query(Integer.class)
        .optional()
        .isPresent();
  }

  void delete(Id token) {
    database.sql("delete from local_token where key_id = ?").param(token.hex()).update();
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.identity;

import io.entrepot.base.Id;
import io.entrepot.server.database.Database;
import io.entrepot.server.database.Micros;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** SQL access to API keys. */
final class ApiKeyTable {

  /** A key that still counts, and whose it is. */
  record Found(Id key, ApiKey.Scope scope, Account account) {}

  private final Database database;

  ApiKeyTable(Database database) {
    this.database = database;
  }

  void insert(ApiKey key, String tokenHash) {
    database
        .sql(
            """
            insert into api_key
              (id, account_id, name, prefix, token_hash, scope, created_at, expires_at)
            values (?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .param(key.id().hex())
        .param(key.account().hex())
        .param(key.name())
        .param(key.prefix())
        .param(tokenHash)
        .param(key.scope().name().toLowerCase(Locale.ROOT))
        .param(Micros.of(key.createdAt()))
        .param(Micros.ofNullable(key.expiresAt()))
        .update();
  }

  boolean revoke(Id id, Id account, Instant now) {
    return database
            .sql(
                "update api_key set revoked_at = ?"
                    + " where id = ? and account_id = ? and revoked_at is null")
            .params(Micros.of(now), id.hex(), account.hex())
            .update()
        == 1;
  }

  Optional<Found> find(String tokenHash, Instant now) {
    return database
        .sql(
            """
            select a.*, k.id as key_id, k.scope as key_scope
            from api_key k join account a on a.id = k.account_id
            where k.token_hash = ? and k.revoked_at is null
              and (k.expires_at is null or k.expires_at > ?)
              and a.active = 1 and a.deleted_at is null
            """)
        .params(tokenHash, Micros.of(now))
        .query(
            (row, number) ->
                new Found(
                    new Id(row.getString("key_id")),
                    scope(row.getString("key_scope")),
                    AccountTable.read(row, number)))
        .optional();
  }

  List<ApiKey> list(Id account) {
    return database
        .sql("select * from api_key where account_id = ? and revoked_at is null order by id")
        .param(account.hex())
        .query(ApiKeyTable::read)
        .list();
  }

  private static ApiKey read(ResultSet row, int number) throws SQLException {
    return new ApiKey(
        new Id(row.getString("id")),
        new Id(row.getString("account_id")),
        row.getString("name"),
        row.getString("prefix"),
        scope(row.getString("scope")),
        Micros.instant(row.getLong("created_at")),
        Micros.instantOrNull((Number) row.getObject("expires_at")));
  }

  private static ApiKey.Scope scope(String word) {
    return ApiKey.Scope.valueOf(word.toUpperCase(Locale.ROOT));
  }
}

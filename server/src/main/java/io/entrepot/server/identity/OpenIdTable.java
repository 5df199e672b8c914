// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.identity;

import io.entrepot.base.Id;
import io.entrepot.server.database.Database;
import io.entrepot.server.database.Micros;
import java.time.Instant;
import java.util.Optional;

/** SQL access to who somebody at an OpenID provider is here. */
final class OpenIdTable {

  private final Database database;

  OpenIdTable(Database database) {
    this.database = database;
  }

  void insert(String issuer, String subject, Id account, Instant now) {
    database
        .sql(
            "insert into open_id_link (issuer, subject, account_id, created_at)"
                + " values (?, ?, ?, ?)")
        .params(issuer, subject, account.hex(), Micros.of(now))
        .update();
  }

  Optional<Id> account(String issuer, String subject) {
    return database
        .sql("select account_id from open_id_link where issuer = ? and subject = ?")
        .params(issuer, subject)
        .query(String.class)
        .optional()
        .map(Id::new);
  }

  /** Whether the provider knows somebody as the owner of this account. */
  boolean isLinked(String issuer, Id account) {
    return database
        .sql("select 1 from open_id_link where account_id = ? and issuer = ?")
        .params(account.hex(), issuer)
        .query(Integer.class)
        .optional()
        .isPresent();
  }
}

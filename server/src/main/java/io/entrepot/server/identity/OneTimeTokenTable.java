// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.identity;

import io.entrepot.base.Id;
import io.entrepot.server.database.Database;
import io.entrepot.server.database.Micros;
import io.entrepot.server.identity.Outbox.Purpose;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** SQL access to the tokens of links. */
final class OneTimeTokenTable {

  private final Database database;

  OneTimeTokenTable(Database database) {
    this.database = database;
  }

  /** Inside a transaction that holds the account, so that no two are good at once. */
  void replace(Id account, Purpose purpose, String hash, Instant now, Instant expires) {
    drop(account, purpose);
    database
        .sql(
            "insert into one_time_token (token_hash, account_id, purpose, created_at, expires_at)"
                + " values (?, ?, ?, ?, ?)")
        .params(hash, account.hex(), word(purpose), Micros.of(now), Micros.of(expires))
        .update();
  }

  /** The link that was sent last is good for nothing any more. */
  void drop(Id account, Purpose purpose) {
    database
        .sql("delete from one_time_token where account_id = ? and purpose = ?")
        .params(account.hex(), word(purpose))
        .update();
  }

  /** Whose a token is that could be used now. */
  Optional<Id> whose(String hash, Purpose purpose, Instant now) {
    return database
        .sql(
            "select account_id from one_time_token"
                + " where token_hash = ? and purpose = ? and expires_at > ?")
        .params(hash, word(purpose), Micros.of(now))
        .query(String.class)
        .optional()
        .map(Id::new);
  }

  /** Uses a token up: the one whose account is answered, once. */
  Optional<Id> take(String hash, Purpose purpose, Instant now) {
    return database
        .sql(
            "delete from one_time_token where token_hash = ? and purpose = ? and expires_at > ?"
                + " returning account_id")
        .params(hash, word(purpose), Micros.of(now))
        .query(String.class)
        .optional()
        .map(Id::new);
  }

  private static String word(Purpose purpose) {
    return purpose.name().toLowerCase(Locale.ROOT);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.identity;

import io.entrepot.base.Id;
import io.entrepot.server.database.Database;
import io.entrepot.server.database.Folded;
import io.entrepot.server.database.Micros;
import io.entrepot.server.database.Slice;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** SQL access to accounts. */
final class AccountTable {

  private static final String LIVE = " where deleted_at is null";

  private final Database database;

  AccountTable(Database database) {
    this.database = database;
  }

  /** The form of an address in which two that name one person are equal. */
  static String folded(String email) {
    return Folded.of(email.strip());
  }

  void insert(Account account, @Nullable String password) {
    database
        .sql(
            """
            insert into account
              (id, email, email_folded, password, role, active, verified, created_at, updated_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .param(account.id().hex())
        .param(account.email())
        .param(folded(account.email()))
        .param(password)
        .param(word(account.role()))
        .param(account.active() ? 1 : 0)
        .param(account.verified() ? 1 : 0)
        .param(Micros.of(account.createdAt()))
        .param(Micros.of(account.updatedAt()))
        .update();
  }

  void update(Account account) {
    database
        .sql(
            """
            update account
            set email = ?, email_folded = ?, role = ?, active = ?, verified = ?,
              updated_at = ?, deleted_at = ?
            where id = ?
            """)
        .param(account.email())
        .param(folded(account.email()))
        .param(word(account.role()))
        .param(account.active() ? 1 : 0)
        .param(account.verified() ? 1 : 0)
        .param(Micros.of(account.updatedAt()))
        .param(Micros.ofNullable(account.deletedAt()))
        .param(account.id().hex())
        .update();
  }

  void setPassword(Id id, String password, Instant now) {
    database
        .sql("update account set password = ?, updated_at = ? where id = ?")
        .params(password, Micros.of(now), id.hex())
        .update();
  }

  /** Replaces a password's hash by a better one of the same password. */
  void rehash(Id id, String old, String better) {
    database
        .sql("update account set password = ? where id = ? and password = ?")
        .params(better, id.hex(), old)
        .update();
  }

  Optional<String> password(Id id) {
    return database
        .sql("select password from account where id = ? and password is not null")
        .param(id.hex())
        .query(String.class)
        .optional();
  }

  Optional<Account> find(Id id) {
    return database
        .sql("select * from account where id = ?")
        .param(id.hex())
        .query(AccountTable::read)
        .optional();
  }

  Optional<Account> findByEmail(String email) {
    return database
        .sql("select * from account where email_folded = ?")
        .param(folded(email))
        .query(AccountTable::read)
        .optional();
  }

  long usableAdmins() {
    return administrators().size();
  }

  List<Id> administrators() {
    return database
        .sql(
            "select id from account where role = 'admin' and active = 1 and deleted_at is null"
                + " order by id")
        .query((row, _) -> new Id(row.getString("id")))
        .list();
  }

  /**
   * Keeps others from taking one of those away meanwhile who can administrate now; in the order of
   * their ids, so that two who do this never wait for each other.
   */
  void holdAdministrators() {
    administrators().forEach(id -> database.hold("account", id));
  }

  Slice.Part<Account> list(Slice slice) {
    String which = slice.withDeleted() ? "" : LIVE;
    return new Slice.Part<>(
        database
            .sql("select * from account" + which + " order by created_at, id limit ? offset ?")
            .params(slice.limit(), slice.skip())
            .query(AccountTable::read)
            .list(),
        database.sql("select count(*) from account" + which).query(Long.class).single());
  }

  static Account read(ResultSet row, int number) throws SQLException {
    return new Account(
        new Id(row.getString("id")),
        row.getString("email"),
        Role.valueOf(row.getString("role").toUpperCase(Locale.ROOT)),
        row.getInt("active") == 1,
        row.getInt("verified") == 1,
        Micros.instant(row.getLong("created_at")),
        Micros.instant(row.getLong("updated_at")),
        Micros.instantOrNull((Number) row.getObject("deleted_at")));
  }

  private static String word(Role role) {
    return role.name().toLowerCase(Locale.ROOT);
  }
}

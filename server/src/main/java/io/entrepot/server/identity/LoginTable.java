// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.identity;

import static java.util.Objects.requireNonNullElse;

import io.entrepot.base.Id;
import io.entrepot.server.database.Database;
import io.entrepot.server.database.Micros;
import io.entrepot.server.database.Slice;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** SQL access to logins. */
final class LoginTable {

  /** A login that still counts, and whose it is. */
  record Found(Id login, LoginKind kind, Account account) {}

  private static final String OPEN =
      " from login l join account a on a.id = l.account_id"
          + " where l.revoked_at is null and l.expires_at > ?"
          + " and a.active = 1 and a.deleted_at is null";

  private static final String FIND =
      "select a.*, l.id as login_id, l.kind as login_kind" + OPEN + " and ";

  private static final String COLUMNS =
      "select l.id, l.account_id, l.kind, l.created_at, l.expires_at, l.device, l.address, a.email";

  private static final Map<String, String> SORTED =
      Map.of("created_at", "l.created_at", "expires_at", "l.expires_at", "user", "a.email");

  private final Database database;

  LoginTable(Database database) {
    this.database = database;
  }

  void insert(Login login, @Nullable String tokenHash, Origin origin) {
    database
        .sql(
            """
            insert into login
              (id, account_id, kind, token_hash, created_at, expires_at, device, address)
            values (?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .param(login.id().hex())
        .param(login.account().hex())
        .param(login.kind().name().toLowerCase(Locale.ROOT))
        .param(tokenHash)
        .param(Micros.of(login.createdAt()))
        .param(Micros.of(login.expiresAt()))
        .param(origin.device())
        .param(origin.address())
        .update();
  }

  /** Empty for one that ended. */
  Optional<OpenLogin> findOpen(Id login, Instant now) {
    return database
        .sql(COLUMNS + OPEN + " and l.id = ?")
        .params(Micros.of(now), login.hex())
        .query(LoginTable::readOpen)
        .optional();
  }

  /**
   * Newest first.
   *
   * @param account null for the logins of everybody
   */
  Slice.Part<OpenLogin> listOpen(@Nullable Id account, Instant now, Slice slice) {
    String which = OPEN + (account == null ? "" : " and l.account_id = ?");
    List<Object> parameters = new ArrayList<>(List.of(Micros.of(now)));
    if (account != null) {
      parameters.add(account.hex());
    }
    long total =
        database.sql("select count(*)" + which).params(parameters).query(Long.class).single();
    parameters.add(slice.limit());
    parameters.add(slice.skip());
    List<OpenLogin> items =
        database
            .sql(
                COLUMNS
                    + which
                    + " order by "
                    + slice.orderBy(SORTED, "l.id desc")
                    + " limit ? offset ?")
            .params(parameters)
            .query(LoginTable::readOpen)
            .list();
    return new Slice.Part<>(items, total);
  }

  Optional<Found> find(Id login, Instant now) {
    return database
        .sql(FIND + "l.id = ?")
        .params(Micros.of(now), login.hex())
        .query(LoginTable::read)
        .optional();
  }

  Optional<Found> findByToken(String tokenHash, Instant now) {
    return database
        .sql(FIND + "l.token_hash = ?")
        .params(Micros.of(now), tokenHash)
        .query(LoginTable::read)
        .optional();
  }

  boolean isFrom(Id login, Origin origin) {
    return database
        .sql("select 1 from login where id = ? and address = ? and device = ?")
        .params(login.hex(), origin.address(), origin.device())
        .query(Integer.class)
        .optional()
        .isPresent();
  }

  /** Whether somebody has signed in to the account from this address before. */
  boolean isKnownAddress(Id account, String address) {
    return database
        .sql("select 1 from login where account_id = ? and address = ? limit 1")
        .params(account.hex(), address)
        .query(Integer.class)
        .optional()
        .isPresent();
  }

  void revoke(Id login, Instant now) {
    database
        .sql("update login set revoked_at = ? where id = ? and revoked_at is null")
        .params(Micros.of(now), login.hex())
        .update();
  }

  /** Answers how many that were. */
  int revokeAll(Id account, @Nullable Id except, Instant now) {
    return database
        .sql(
            "update login set revoked_at = ?"
                + " where account_id = ? and id <> ? and revoked_at is null and expires_at > ?")
        .params(Micros.of(now), account.hex(), except == null ? "" : except.hex(), Micros.of(now))
        .update();
  }

  /** Forgets logins that ended before this time. */
  int purge(Instant before) {
    return database.sql("delete from login where expires_at < ?").param(Micros.of(before)).update();
  }

  private static OpenLogin readOpen(ResultSet row, int number) throws SQLException {
    Login login =
        new Login(
            new Id(row.getString("id")),
            new Id(row.getString("account_id")),
            LoginKind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
            Micros.instant(row.getLong("created_at")),
            Micros.instant(row.getLong("expires_at")));
    Origin origin =
        new Origin(
            requireNonNullElse(row.getString("address"), ""),
            requireNonNullElse(row.getString("device"), ""));
    return new OpenLogin(login, row.getString("email"), origin);
  }

  private static Found read(ResultSet row, int number) throws SQLException {
    return new Found(
        new Id(row.getString("login_id")),
        LoginKind.valueOf(row.getString("login_kind").toUpperCase(Locale.ROOT)),
        AccountTable.read(row, number));
  }
}

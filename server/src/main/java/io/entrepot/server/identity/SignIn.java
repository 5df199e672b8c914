// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.identity;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.Id;
import io.entrepot.server.database.Database;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks an address and a password, for every door there is. */
public final class SignIn {

  private final Database database;
  private final AccountTable accounts;
  private final LoginTable logins;
  private final Passwords passwords;
  private final Throttle throttle;
  private final AuditTrail audit;
  private final LocalAccounts local;

  SignIn(
      Database database,
      Passwords passwords,
      Throttle throttle,
      AuditTrail audit,
      LocalAccounts local) {
    this.local = local;
    this.database = database;
    this.accounts = new AccountTable(database);
    this.logins = new LoginTable(database);
    this.passwords = passwords;
    this.throttle = throttle;
    this.audit = audit;
  }

  /**
   * The account, when the password is its own and it may sign in. An unknown address, a wrong
   * password, a disabled and a deleted account cannot be told apart, also not by the time taken.
   *
   * @throws io.entrepot.base.RetryLaterException after too many failures for this account or from
   *     this address
   * @throws EntrepotException {@code FORBIDDEN} where passwords are switched off
   */
  public Optional<Account> check(String email, String password, Origin origin) {
    local.require();
    Optional<Account> account = accounts.findByEmail(email);
    boolean known =
        account.filter(a -> logins.isKnownAddress(a.id(), origin.address())).isPresent();
    Throttle.Try attempt = throttle.begin(AccountTable.folded(email), origin.address(), known);
    String hash = account.flatMap(a -> accounts.password(a.id())).orElse(null);
    if (!passwords.matches(password, hash) || account.filter(Account::isUsable).isEmpty()) {
      noteFailure(account.map(Account::id).orElse(null), origin);
      return Optional.empty();
    }
    attempt.succeeded();
    if (hash != null && passwords.isOutdated(hash)) {
      String better = passwords.hash(password);
      database.writeUnlessFull(() -> accounts.rehash(account.orElseThrow().id(), hash, better));
    }
    return account;
  }

  /** Written for every address alike, for the time it takes is seen from outside. */
  private void noteFailure(@Nullable Id account, Origin origin) {
    // A full disk is no reason to answer a wrong password otherwise.
    database.writeUnlessFull(() -> audit.recordFailedSignIn(account, origin, "password"));
  }
}

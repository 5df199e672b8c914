// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.identity;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.Id;
import io.entrepot.server.database.Database;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Signs in by an address and a password, for every door there is. */
public final class SignIn {

  private final Database database;
  private final AccountTable accounts;
  private final LoginTable logins;
  private final Passwords passwords;
  private final Throttle throttle;
  private final AuditTrail audit;
  private final LocalAccounts local;
  private final Logins opener;

  SignIn(
      Database database,
      Logins opener,
      Passwords passwords,
      Throttle throttle,
      AuditTrail audit,
      LocalAccounts local) {
    this.local = local;
    this.opener = opener;
    this.database = database;
    this.accounts = new AccountTable(database);
    this.logins = new LoginTable(database);
    this.passwords = passwords;
    this.throttle = throttle;
    this.audit = audit;
  }

  /** Somebody who has come in. */
  public record Entered(Account account, Login.Opened login) {}

  /**
   * Opens a login, when the password is the account's own and it may sign in. An unknown address, a
   * wrong password, a disabled and a deleted account cannot be told apart, also not by the time
   * taken. A password that was changed while this one was looked at does not open anything.
   *
   * @param life how long until the login expires by itself
   * @throws io.entrepot.base.RetryLaterException after too many failures for this account or from
   *     this address
   * @throws EntrepotException {@code FORBIDDEN} where passwords are switched off
   */
  public Optional<Entered> enter(
      String email, String password, LoginKind kind, Duration life, Origin origin) {
    Optional<Proved> proved = prove(email, password, origin);
    Optional<Entered> entered = proved.flatMap(one -> opened(one, kind, life, origin));
    if (entered.isPresent()) {
      improve(proved.orElseThrow(), password);
    } else {
      proved.ifPresent(late -> noteFailure(late.account().id(), origin));
    }
    return entered;
  }

  /**
   * Whether a password is the account's own, without signing in by it. A wrong one counts as a try
   * to.
   *
   * @throws io.entrepot.base.RetryLaterException as {@link #enter}
   */
  public boolean isPassword(String email, String password, Origin origin) {
    return prove(email, password, origin).isPresent();
  }

  /**
   * An account whose password was sent.
   *
   * @param hash what the password was compared with
   */
  record Proved(Account account, String hash) {}

  /** The second half: what was proved may have come to an end since. */
  Optional<Entered> opened(Proved proved, LoginKind kind, Duration life, Origin origin) {
    Id id = proved.account().id();
    return database.writeFromReserve(
        () -> {
          database.hold("account", id);
          return accounts
              .find(id)
              .filter(Account::isUsable)
              .filter(_ -> accounts.password(id).filter(proved.hash()::equals).isPresent())
              .map(now -> new Entered(now, opener.open(now, kind, life, origin)));
        });
  }

  /** The first half, which takes its time. */
  Optional<Proved> prove(String email, String password, Origin origin) {
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
    return account.map(one -> new Proved(one, Objects.requireNonNull(hash)));
  }

  private void improve(Proved proved, String password) {
    if (passwords.isOutdated(proved.hash())) {
      String better = passwords.hash(password);
      database.writeUnlessFull(() -> accounts.rehash(proved.account().id(), proved.hash(), better));
    }
  }

  /** Written for every address alike, for the time it takes is seen from outside. */
  private void noteFailure(@Nullable Id account, Origin origin) {
    // A full disk is no reason to answer a wrong password otherwise.
    database.writeUnlessFull(() -> audit.recordFailedSignIn(account, origin, "password"));
  }
}

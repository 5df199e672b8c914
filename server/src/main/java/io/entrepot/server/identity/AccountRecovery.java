// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.identity;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;
import io.entrepot.custody.AuditEntry.Credential;
import io.entrepot.server.database.Database;
import io.entrepot.server.identity.Outbox.Purpose;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Ways back in for those who own the address: links that are good once, for an hour. Of several
 * links for one purpose only the last one works.
 */
public final class AccountRecovery {

  private static final Duration LIFE = Duration.ofHours(1);

  private final Database database;
  private final OneTimeTokenTable table;
  private final Accounts accounts;
  private final Outbox outbox;
  private final LoginTable logins;
  private final Throttle throttle;
  private final IdentityTools tools;

  AccountRecovery(
      Database database, Accounts accounts, Outbox outbox, Throttle throttle, IdentityTools tools) {
    this.database = database;
    this.table = new OneTimeTokenTable(database);
    this.logins = new LoginTable(database);
    this.throttle = throttle;
    this.accounts = accounts;
    this.outbox = outbox;
    this.tools = tools;
  }

  /**
   * Sends a link when the address has an account that may sign in; the caller cannot tell, nor by
   * the time that it takes: that it was asked for is written down in either case.
   *
   * @throws io.entrepot.base.RetryLaterException when links were asked for too often for this
   *     address, whether it has an account or not, or from where the request comes
   * @throws EntrepotException {@code FORBIDDEN} where passwords are switched off
   */
  public void forgot(String email, Origin origin) {
    tools.localAccounts().require();
    send(asked(email, origin).filter(Account::isUsable), Purpose.RESET_PASSWORD, origin);
  }

  /** As {@link #forgot}, for an address not yet verified. */
  public void requestVerification(String email, Origin origin) {
    send(
        asked(email, origin).filter(account -> account.isUsable() && !account.verified()),
        Purpose.VERIFY_EMAIL,
        origin);
  }

  private Optional<Account> asked(String email, Origin origin) {
    Optional<Account> account = accounts.findByEmail(email);
    boolean known =
        account.filter(a -> logins.isKnownAddress(a.id(), origin.address())).isPresent();
    throttle.begin(AccountTable.folded(email), origin.address(), known);
    return account;
  }

  /**
   * Sets a new password and ends all logins.
   *
   * @throws BadTokenException when the token is not good
   * @throws WeakPasswordException when the password will not do; the token stays good
   * @throws EntrepotException {@code FORBIDDEN} where passwords are switched off
   */
  public void reset(String token, String password, Origin origin) {
    tools.localAccounts().require();
    Passwords.check(password);
    // Hashing is work, and not done for whoever made a token up.
    if (!table.isGood(Secret.hash(token), Purpose.RESET_PASSWORD, tools.clock().instant())) {
      throw new BadTokenException();
    }
    AccountChange change = AccountChange.ofOneself(null, password);
    accounts.update(
        change, () -> use(token, Purpose.RESET_PASSWORD), by(Purpose.RESET_PASSWORD, origin));
  }

  /**
   * Marks the address as its owner's.
   *
   * @throws BadTokenException when the token is not good
   * @throws EntrepotException {@code CONFLICT_STATE} when it was verified already
   */
  public Account verify(String token, Origin origin) {
    AccountChange change = new AccountChange(null, null, null, null, true);
    return accounts.update(
        change,
        () -> unverified(use(token, Purpose.VERIFY_EMAIL)),
        by(Purpose.VERIFY_EMAIL, origin));
  }

  /** Who comes by a link shows that, and nothing else. */
  private static UnaryOperator<Actor> by(Purpose purpose, Origin origin) {
    Credential link = new Credential("link", "", purpose.name().toLowerCase(Locale.ROOT));
    return actor -> actor.from(origin.address()).with(link);
  }

  private static Account unverified(Account account) {
    if (account.verified()) {
      throw new EntrepotException(
          ErrorCode.CONFLICT_STATE, "The address was verified already; nothing is left to do.");
    }
    return account;
  }

  private void send(Optional<Account> account, Purpose purpose, Origin origin) {
    String token = Secret.fresh(tools.random());
    Instant now = tools.clock().instant();
    database.write(
        () -> {
          tools.audit().recordLinkAsked(account.map(Account::id).orElse(null), origin);
          account.ifPresent(
              one -> table.replace(one.id(), purpose, Secret.hash(token), now, now.plus(LIFE)));
        });
    account.ifPresent(one -> outbox.send(one, purpose, token));
  }

  /** Inside the transaction that does what the link is for: it is spent only when that is done. */
  private Account use(String token, Purpose purpose) {
    return table
        .take(Secret.hash(token), purpose, tools.clock().instant())
        .flatMap(accounts::find)
        .filter(Account::isUsable)
        .orElseThrow(BadTokenException::new);
  }
}

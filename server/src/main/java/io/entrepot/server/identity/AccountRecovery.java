// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.identity;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;
import io.entrepot.base.Id;
import io.entrepot.custody.AuditEntry.Credential;
import io.entrepot.server.database.Database;
import io.entrepot.server.identity.Outbox.Purpose;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
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
    send(asked(email, origin), Purpose.RESET_PASSWORD, origin, Account::isUsable);
  }

  /** As {@link #forgot}, for an address not yet verified. */
  public void requestVerification(String email, Origin origin) {
    send(
        asked(email, origin),
        Purpose.VERIFY_EMAIL,
        origin,
        account -> account.isUsable() && !account.verified());
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
    Instant now = tools.clock().instant();
    if (table.whose(Secret.hash(token), Purpose.RESET_PASSWORD, now).isEmpty()) {
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

  /**
   * @param asked who had the address when it was asked for; only who has it still is sent the link,
   *     for what it is good for is this address
   */
  private void send(
      Optional<Account> asked, Purpose purpose, Origin origin, Predicate<Account> fits) {
    String token = Secret.fresh(tools.random());
    Instant now = tools.clock().instant();
    Optional<Account> to =
        database.write(
            () -> {
              Optional<Account> account =
                  asked
                      .flatMap(before -> held(before.id()).filter(one -> sameAddress(one, before)))
                      .filter(fits);
              tools.audit().recordLinkAsked(account.map(Account::id).orElse(null), origin);
              account.ifPresent(
                  one -> table.replace(one.id(), purpose, Secret.hash(token), now, now.plus(LIFE)));
              return account;
            });
    to.ifPresent(one -> outbox.send(one, purpose, token));
  }

  private static boolean sameAddress(Account one, Account other) {
    return AccountTable.folded(one.email()).equals(AccountTable.folded(other.email()));
  }

  /** As it is now, and stays until this transaction ends. */
  private Optional<Account> held(Id account) {
    database.hold("account", account);
    return accounts.find(account);
  }

  /** Inside the transaction that does what the link is for: it is spent only when that is done. */
  private Account use(String token, Purpose purpose) {
    String hash = Secret.hash(token);
    Instant now = tools.clock().instant();
    // The account first, as whoever changes it does: two that wait for each other would fail.
    table.whose(hash, purpose, now).ifPresent(account -> database.hold("account", account));
    return table
        .take(hash, purpose, now)
        .flatMap(accounts::find)
        .filter(Account::isUsable)
        .orElseThrow(BadTokenException::new);
  }
}

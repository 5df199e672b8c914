// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.identity;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;
import io.entrepot.base.Id;
import io.entrepot.base.NotFoundException;
import io.entrepot.server.database.Database;
import io.entrepot.server.database.Slice;
import io.entrepot.server.identity.AuditTrail.Entry;
import io.entrepot.server.identity.Outbox.Purpose;
import io.entrepot.server.ledger.Change;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;

/**
 * The accounts: registered, changed, deleted and restored.
 *
 * <p>An address names one account for ever, deleted ones included. There is always somebody who can
 * administrate: what would take the last administrator away is refused.
 */
public final class Accounts {

  private static final String THING = "User";
  private static final String KIND = "user";
  private static final Map<String, Change> PASSWORD_CHANGED =
      Map.of("password", new Change("old", "new"));

  private final Database database;
  private final AccountTable table;
  private final OneTimeTokenTable links;
  private final Logins logins;
  private final Passwords passwords;
  private final IdentityTools tools;

  Accounts(Database database, Logins logins, Passwords passwords, IdentityTools tools) {
    this.database = database;
    this.table = new AccountTable(database);
    this.links = new OneTimeTokenTable(database);
    this.logins = logins;
    this.passwords = passwords;
    this.tools = tools;
  }

  /**
   * Makes an account that can sign in at once. Whether the caller may is checked before.
   *
   * @param by who makes it
   * @throws EmailTakenException when the address has an account
   * @throws WeakPasswordException when the password will not do
   */
  public Account create(NewAccount wanted, Actor by) {
    return create(wanted, _ -> by);
  }

  /** As {@link #create(NewAccount, Actor)}, for somebody who makes their own. */
  Account create(NewAccount wanted, Origin origin) {
    return create(wanted, oneself -> oneself.from(origin.address()));
  }

  private Account create(NewAccount wanted, UnaryOperator<Actor> by) {
    Passwords.check(wanted.password());
    String hash = passwords.hash(wanted.password());
    return insert(fresh(wanted.email(), wanted.role(), false), hash, by);
  }

  /**
   * Makes an account that no password signs in to.
   *
   * @param verified whether the address is known to be theirs
   * @param by who makes it, of whose it is
   * @throws EmailTakenException when the address has an account
   */
  Account createWithoutPassword(
      String email, Role role, boolean verified, UnaryOperator<Actor> by) {
    return insert(fresh(email, role, verified), null, by);
  }

  private Account fresh(String email, Role role, boolean verified) {
    Instant now = tools.clock().instant();
    return new Account(tools.ids().next(), email, role, true, verified, now, now, null);
  }

  private Account insert(Account account, @Nullable String hash, UnaryOperator<Actor> by) {
    return withFreeEmail(
        account.email(),
        () -> {
          table.insert(account, hash);
          tools
              .audit()
              .record(
                  by.apply(account.actor()),
                  new Entry("create", KIND, account.id(), Differences.of(null, account)));
          return account;
        });
  }

  /**
   * Changes an account. A new password, and being disabled, end its other logins at once; both, and
   * a new address, end its open links. API keys go on, but rest while the account is disabled.
   *
   * @param keep the login that asks, which goes on; null for none
   */
  public Account update(Actor by, Id id, AccountChange change, @Nullable Id keep) {
    String hash = hash(change);
    return withFreeEmail(
        change.email() == null ? "" : change.email(), () -> update(by, id, change, hash, keep));
  }

  /**
   * Changes the account of somebody who acts for themselves without a login.
   *
   * @param who finds them, inside the same transaction; when it throws, nothing was changed
   * @param by how they came
   */
  Account update(AccountChange change, Supplier<Account> who, UnaryOperator<Actor> by) {
    String hash = hash(change);
    return database.write(
        () -> {
          Account account = who.get();
          return update(by.apply(account.actor()), account.id(), change, hash, null);
        });
  }

  private @Nullable String hash(AccountChange change) {
    String password = change.password();
    if (password == null) {
      return null;
    }
    Passwords.check(password);
    return passwords.hash(password);
  }

  private Account update(
      Actor by, Id id, AccountChange change, @Nullable String hash, @Nullable Id keep) {
    if (change.mayEndAdministrator()) {
      table.holdAdministrators();
    }
    database.hold("account", id);
    Account before = live(id);
    Account changed =
        replace(by, "update", before, old -> change.applied(old, tools.clock().instant()));
    if (hash != null) {
      table.setPassword(id, hash, changed.updatedAt());
      tools.audit().record(by, new Entry("update", KIND, id, PASSWORD_CHANGED));
      links.drop(id, Purpose.RESET_PASSWORD);
    }
    if (hash != null || !changed.active()) {
      logins.endAll(id, changed.active() ? keep : null);
    }
    if (!changed.active() || !changed.email().equals(before.email())) {
      endLinks(id);
    }
    return changed;
  }

  /**
   * Hides an account and ends its logins and links. What it owns stays. Works on a full disk too.
   */
  public void delete(Actor by, Id id) {
    if (by.account().equals(id)) {
      throw new EntrepotException(
          ErrorCode.BAD_REQUEST, "You cannot delete yourself. Ask another administrator.");
    }
    database.writeFromReserve(
        () -> {
          table.holdAdministrators();
          database.hold("account", id);
          Instant now = tools.clock().instant();
          replace(by, "delete", live(id), old -> withDeletedAt(old, now, now));
          logins.endAll(id, null);
          endLinks(id);
        });
  }

  private void endLinks(Id id) {
    for (Purpose purpose : Purpose.values()) {
      links.drop(id, purpose);
    }
  }

  /** Brings a deleted account back; its old logins stay ended. */
  public Account restore(Actor by, Id id) {
    return database.write(
        () -> {
          database.hold("account", id);
          Account deleted =
              table
                  .find(id)
                  .filter(account -> account.deletedAt() != null)
                  .orElseThrow(() -> new NotFoundException("Deleted user"));
          Instant now = tools.clock().instant();
          return replace(by, "restore", deleted, old -> withDeletedAt(old, null, now));
        });
  }

  public Account live(Id id) {
    return find(id).orElseThrow(() -> new NotFoundException(THING));
  }

  /** Empty for a deleted one. */
  public Optional<Account> find(Id id) {
    return table.find(id).filter(account -> account.deletedAt() == null);
  }

  /** Compared without case; empty for a deleted one. */
  public Optional<Account> findByEmail(String email) {
    return table.findByEmail(email).filter(account -> account.deletedAt() == null);
  }

  /**
   * Whose address it is, or was until they were deleted; what the server does itself has one too.
   */
  public Optional<Id> idOf(String email) {
    return email.equals(Actor.HOUSE.email())
        ? Optional.of(Actor.HOUSE.account())
        : table.findByEmail(email).map(Account::id);
  }

  /** Those who can administrate now. */
  public List<Id> administrators() {
    return table.administrators();
  }

  /** Oldest first. */
  public Slice.Part<Account> list(Slice slice) {
    return table.list(slice);
  }

  private Account replace(Actor by, String action, Account old, UnaryOperator<Account> change) {
    Account changed = change.apply(old);
    table.update(changed);
    if (table.usableAdmins() == 0 && old.role() == Role.ADMIN) {
      throw new EntrepotException(
          ErrorCode.CONFLICT_STATE,
          "This is the last administrator. Make somebody else an administrator first.");
    }
    tools.audit().record(by, new Entry(action, KIND, changed.id(), Differences.of(old, changed)));
    return changed;
  }

  private <T> T withFreeEmail(String email, Supplier<T> work) {
    try {
      return database.write(work);
    } catch (DuplicateKeyException _) {
      throw new EmailTakenException(email);
    }
  }

  private static Account withDeletedAt(Account old, @Nullable Instant deletedAt, Instant now) {
    return new Account(
        old.id(),
        old.email(),
        old.role(),
        old.active(),
        old.verified(),
        old.createdAt(),
        now,
        deletedAt);
  }
}

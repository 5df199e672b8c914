// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.identity;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;
import io.entrepot.base.Id;
import io.entrepot.custody.AuditEntry.Credential;
import io.entrepot.server.database.Database;
import io.entrepot.server.identity.AuditTrail.Entry;
import io.entrepot.server.ledger.Change;
import io.entrepot.server.settings.OpenIdSettings;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;

/**
 * The accounts of people whom an OpenID provider vouches for.
 *
 * <p>Somebody is known by what the provider calls itself and them, never by an e-mail address: that
 * may be given to somebody else there, or be made up.
 */
public final class OpenIdAccounts {

  /** What those show, in the audit log. */
  static final String CREDENTIAL = "openid";

  private static final Credential SHOWN = new Credential(CREDENTIAL, "", "");
  private static final String KIND = "user";

  private final Database database;
  private final OpenIdTable links;
  private final AccountTable table;
  private final Accounts accounts;
  private final Throttle throttle;
  private final OpenIdSettings settings;
  private final IdentityTools tools;

  OpenIdAccounts(
      Database database,
      Accounts accounts,
      Throttle throttle,
      OpenIdSettings settings,
      IdentityTools tools) {
    this.database = database;
    this.links = new OpenIdTable(database);
    this.table = new AccountTable(database);
    this.accounts = accounts;
    this.throttle = throttle;
    this.settings = settings;
    this.tools = tools;
  }

  /**
   * Somebody, as a provider tells it.
   *
   * @param subject the provider's name for them, which never becomes somebody else's
   * @param email null when it tells none
   * @param emailVerified whether it says that the address is theirs
   * @param role what their groups have here; null for none
   */
  public record Person(
      String issuer,
      String subject,
      @Nullable String email,
      boolean emailVerified,
      @Nullable Role role) {}

  /**
   * Lets an address try to sign somebody in; what does not succeed is counted.
   *
   * @param work throws when nobody is signed in
   * @throws io.entrepot.base.RetryLaterException after too many tries from there
   */
  public <T> T attempt(Origin origin, Supplier<T> work) {
    // Who it is will show; until then only the address is counted, for each try is another nobody.
    Throttle.Try attempt = throttle.begin(tools.ids().next().hex(), origin.address(), false);
    T done = work.get();
    attempt.succeeded();
    return done;
  }

  /**
   * The account of somebody, with the role that their groups have now: the one they had before, one
   * that was made for them now, or one with their address, each where settings and state allow it.
   *
   * @throws EntrepotException {@code FORBIDDEN} when they are not to be let in; the message says
   *     why, and nothing has changed. {@code CONFLICT_STATE} when nobody could administrate any
   *     more
   */
  public Account admit(Person person, Origin origin) {
    try {
      return admitted(person, origin);
    } catch (EntrepotException e) {
      if (e.code() == ErrorCode.FORBIDDEN || e.code() == ErrorCode.CONFLICT_STATE) {
        Id account = links.account(person.issuer(), person.subject()).orElse(null);
        database.writeUnlessFull(
            () -> tools.audit().recordFailedSignIn(account, origin, CREDENTIAL));
      }
      throw e;
    }
  }

  private Account admitted(Person person, Origin origin) {
    try {
      return database.write(() -> withRole(person, found(person, origin), origin));
    } catch (DuplicateKeyException | EmailTakenException _) {
      // The same person came twice at once; by now the other one is through.
      return database.write(() -> withRole(person, found(person, origin), origin));
    }
  }

  private Account found(Person person, Origin origin) {
    if (person.role() == null) {
      throw refused("None of your groups there may sign in here. Ask an administrator for one.");
    }
    Optional<Id> known = links.account(person.issuer(), person.subject());
    return known.isEmpty()
        ? introduced(person, origin)
        : accounts
            .find(known.get())
            .filter(Account::isUsable)
            .orElseThrow(
                () -> refused("Your account here is switched off. Ask an administrator about it."));
  }

  private Account introduced(Person person, Origin origin) {
    String email = person.email();
    if (email == null || !EmailAddress.isOne(email)) {
      throw refused(
          "It tells no e-mail address of yours, and an account here needs one. Ask whoever looks"
              + " after it to release the claim email to this server.");
    }
    Optional<Account> namesake = table.findByEmail(email);
    Account account =
        namesake.isPresent() ? opened(namesake.get(), person) : made(email, person, origin);
    links.insert(person.issuer(), person.subject(), account.id(), tools.clock().instant());
    Change link = new Change(null, person.issuer() + " " + person.subject());
    tools
        .audit()
        .record(
            account.actor().from(origin.address()).with(SHOWN),
            new Entry("update", KIND, account.id(), Map.of("openid", link)));
    return account;
  }

  /** Verified on both sides: else whoever typed an address in first would share the account. */
  private Account opened(Account namesake, Person person) {
    boolean theirs =
        settings.linkVerifiedEmail()
            && person.emailVerified()
            && namesake.isUsable()
            && namesake.verified()
            && !links.isLinked(person.issuer(), namesake.id());
    if (!theirs) {
      throw refused(
          "There is an account here with the address "
              + person.email()
              + ", and it does not belong to this sign-in. Ask an administrator.");
    }
    return namesake;
  }

  private Account made(String email, Person person, Origin origin) {
    if (!settings.newAccounts()) {
      throw refused("You have no account here. Ask an administrator for one.");
    }
    Role role = person.role() == null ? Role.STANDARD : person.role();
    return accounts.createWithoutPassword(
        email, role, person.emailVerified(), who -> who.from(origin.address()).with(SHOWN));
  }

  private Account withRole(Person person, Account account, Origin origin) {
    Role role = person.role();
    if (role == null || role == account.role()) {
      return account;
    }
    AccountChange change = new AccountChange(null, null, role, null, null);
    Actor house = Actor.HOUSE.from(origin.address()).with(SHOWN);
    return accounts.update(house, account.id(), change, null);
  }

  private EntrepotException refused(String why) {
    return new EntrepotException(
        ErrorCode.FORBIDDEN, settings.name() + " knows you, but you cannot come in: " + why);
  }
}

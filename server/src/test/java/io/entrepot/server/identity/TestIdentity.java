// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.identity;

import io.entrepot.base.IdSource;
import io.entrepot.server.database.Database;
import io.entrepot.server.ledger.AuditLog;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** This room's services on a database, with a clock to set and an outbox to look into. */
final class TestIdentity {

  static final Origin HERE = new Origin("192.0.2.1", "a test");
  static final String PASSWORD = "correct horse";

  final TestClock clock = new TestClock();
  final List<String> sent = new ArrayList<>();
  final IdentityTools tools;
  final AuditLog auditLog;
  final Logins logins;
  final Accounts accounts;
  final SignIn signIn;
  final ApiKeys keys;
  final LocalSession localSession;
  final LocalTokens localTokens;
  final Authenticator authenticator;
  final AccountRecovery recovery;
  final Teams groups;
  final Teams projects;
  final Memberships memberships;

  /** With passwords that are hashed fast. */
  TestIdentity(Database database) {
    this(database, new PasswordWork(64, 1));
  }

  TestIdentity(Database database, PasswordWork work) {
    SecureRandom random = new SecureRandom();
    IdSource ids = new IdSource(clock, random);
    auditLog = new AuditLog(database, ids, clock);
    LocalAccounts local = new LocalAccounts(true, "");
    tools = new IdentityTools(ids, clock, random, new AuditTrail(auditLog), local);
    Passwords passwords = new Passwords(work);
    logins = new Logins(database, new JwtTokens(new byte[32], clock), tools);
    accounts = new Accounts(database, logins, passwords, tools);
    Throttle throttle = new Throttle(Throttle.SIGN_IN, clock);
    signIn = new SignIn(database, logins, passwords, throttle, tools.audit(), local);
    keys = new ApiKeys(database, tools);
    localSession = new LocalSession(logins);
    localTokens = new LocalTokens(database, keys, tools);
    RecentCredentials recent = new RecentCredentials(clock);
    auditLog.onEntry(recent::changed);
    authenticator = new Credentials(logins, keys, localSession, recent);
    recovery =
        new AccountRecovery(
            database,
            accounts,
            (_, _, token) -> sent.add(token),
            new Throttle(Throttle.LINKS, clock),
            tools);
    groups = new Teams(Team.Kind.GROUP, database, tools);
    projects = new Teams(Team.Kind.PROJECT, database, tools);
    memberships = new Memberships(database);
  }

  /** Who a token stands for that is sent from {@link #HERE}. */
  Optional<SignedIn> bearer(String token) {
    return authenticator.bearer(token, HERE.address());
  }

  /** An endless key for every door. */
  ApiKey.Made key(Account owner, ApiKey.Scope scope) {
    return keys.create(owner.actor(), "x", new ApiKey.Limits(scope, Set.of(), null));
  }

  /** Signs in from {@link #HERE}. */
  Optional<SignIn.Entered> enter(String email, String password) {
    return signIn.enter(email, password, LoginKind.COOKIE, Duration.ofHours(1), HERE);
  }

  Account account(String email, Role role) {
    return accounts.create(new NewAccount(email, PASSWORD, role), HERE);
  }
}

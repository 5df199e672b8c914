// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.identity;

import io.entrepot.base.Id;
import io.entrepot.server.database.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who is signed in: opens and ends logins, and finds the one a token belongs to. */
public final class Logins {

  /** Ended logins are kept this long, for whoever asks where somebody signed in from. */
  private static final Duration KEPT = Duration.ofDays(90);

  private final Database database;
  private final LoginTable table;
  private final JwtTokens jwts;
  private final IdentityTools tools;

  Logins(Database database, JwtTokens jwts, IdentityTools tools) {
    this.database = database;
    this.table = new LoginTable(database);
    this.jwts = jwts;
    this.tools = tools;
  }

  /**
   * Signs an account in. Its password must have been checked.
   *
   * @param life how long until it expires by itself
   */
  public Login.Opened open(Account account, LoginKind kind, Duration life, Origin origin) {
    Instant now = tools.clock().instant();
    Login login = new Login(tools.ids().next(), account.id(), kind, now, now.plus(life));
    String token = kind == LoginKind.JWT ? jwts.issue(login) : Secret.fresh(tools.random());
    database.writeFromReserve(
        () -> {
          table.insert(login, kind == LoginKind.JWT ? null : Secret.hash(token), origin);
          table.purge(now.minus(KEPT));
          AuditTrail.Entry entry = AuditTrail.Entry.of("login", "user", account.id());
          tools.audit().record(account.actor(), origin.address(), entry);
        });
    return new Login.Opened(login, token);
  }

  /** Ends a login: its token is worthless from now on. Ending it again does nothing. */
  public void end(Id login) {
    database.writeFromReserve(() -> table.revoke(login, tools.clock().instant()));
  }

  /**
   * Ends all logins of an account.
   *
   * @param except one that goes on; null for none
   */
  public void endAll(Id account, @Nullable Id except) {
    database.writeFromReserve(() -> table.revokeAll(account, except, tools.clock().instant()));
  }

  Optional<SignedIn> ofJwt(String token) {
    return jwts.verify(token)
        .flatMap(id -> table.find(id, tools.clock().instant()))
        .filter(found -> found.kind() == LoginKind.JWT)
        .map(Logins::signedIn);
  }

  Optional<SignedIn> ofCookie(String token) {
    return table
        .findByToken(Secret.hash(token), tools.clock().instant())
        .filter(found -> found.kind() == LoginKind.COOKIE)
        .map(Logins::signedIn);
  }

  private static SignedIn signedIn(LoginTable.Found found) {
    return new SignedIn(found.account().actor(), found.login());
  }
}

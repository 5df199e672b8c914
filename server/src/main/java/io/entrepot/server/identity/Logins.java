// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.identity;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;
import io.entrepot.base.Id;
import io.entrepot.base.NotFoundException;
import io.entrepot.custody.AuditEntry.Credential;
import io.entrepot.server.database.Database;
import io.entrepot.server.database.Slice;
import io.entrepot.server.identity.AuditTrail.Entry;
import io.entrepot.server.ledger.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who is signed in: opens and ends logins, and finds the one a token belongs to. */
public final class Logins {

  /** Ended logins are kept this long, for whoever asks where somebody signed in from. */
  private static final Duration KEPT = Duration.ofDays(90);

  private static final String KIND = "session";

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
   * Signs an account in, whose password was made just now. Where one is checked, {@link SignIn}
   * does this.
   *
   * @param life how long until it expires by itself
   */
  public Login.Opened open(Account account, LoginKind kind, Duration life, Origin origin) {
    return open(account, kind, life, origin, "password");
  }

  /** As {@link #open}, where an OpenID provider has told who it is. */
  public Login.Opened openByOpenId(Account account, LoginKind kind, Duration life, Origin origin) {
    return open(account, kind, life, origin, OpenIdAccounts.CREDENTIAL);
  }

  private Login.Opened open(
      Account account, LoginKind kind, Duration life, Origin origin, String shown) {
    Instant now = tools.clock().instant();
    Login login = new Login(tools.ids().next(), account.id(), kind, now, now.plus(life));
    String token = kind == LoginKind.JWT ? jwts.issue(login) : Secret.fresh(tools.random());
    database.writeFromReserve(
        () -> {
          table.insert(login, kind == LoginKind.JWT ? null : Secret.hash(token), origin);
          table.purge(now.minus(KEPT));
          Credential credential = new Credential(shown, login.id().hex(), word(kind));
          Actor actor = account.actor().from(origin.address()).with(credential);
          tools.audit().record(actor, Entry.of("login", "user", account.id()));
        });
    return new Login.Opened(login, token);
  }

  /**
   * Signs somebody out here: the token is worthless from now on, at every door; at those of another
   * server on the same database, within a second.
   */
  public void end(SignedIn who, Origin origin) {
    Actor actor = who.actor();
    database.writeFromReserve(
        () -> {
          table.revoke(who.login(), tools.clock().instant());
          tools
              .audit()
              .record(actor.from(origin.address()), Entry.of("logout", "user", actor.account()));
        });
  }

  /**
   * The logins that still count, newest first.
   *
   * @param everybodys also those of others
   * @throws EntrepotException {@code FORBIDDEN} when one who is no administrator asks for those of
   *     others
   */
  public Slice.Part<OpenLogin> list(Actor asker, boolean everybodys, Slice slice) {
    if (everybodys && !asker.isAdmin()) {
      throw new EntrepotException(
          ErrorCode.FORBIDDEN, "Only administrators see where others are signed in");
    }
    return table.listOpen(everybodys ? null : asker.account(), tools.clock().instant(), slice);
  }

  /** Ends one of the asker's own logins, or any when an administrator asks. */
  public void revoke(Actor by, Id login) {
    database.writeFromReserve(
        () -> {
          Instant now = tools.clock().instant();
          OpenLogin found =
              table
                  .findOpen(login, now)
                  .filter(one -> by.isAdmin() || one.login().account().equals(by.account()))
                  .orElseThrow(() -> new NotFoundException("Session"));
          table.revoke(login, now);
          Map<String, Change> whose = Map.of("account", new Change(found.email(), null));
          tools.audit().record(by, new Entry("revoke", KIND, login, whose));
        });
  }

  /** Ends all logins of somebody but the one that asks; answers how many that were. */
  public int revokeOthers(SignedIn who) {
    Actor actor = who.actor();
    return database.writeFromReserve(
        () -> {
          int ended = table.revokeAll(actor.account(), who.login(), tools.clock().instant());
          Map<String, Change> others = Map.of("others", new Change(ended, 0));
          tools.audit().record(actor, new Entry("revoke", KIND, who.login(), others));
          return ended;
        });
  }

  /**
   * Ends all logins of an account, amid a change of it that the caller writes down.
   *
   * @param except one that goes on; null for none
   */
  void endAll(Id account, @Nullable Id except) {
    Instant now = tools.clock().instant();
    database.writeFromReserve(
        () -> {
          table.revokeAll(account, except, now);
        });
  }

  Optional<SignedIn> ofJwt(String token) {
    return jwts.verify(token)
        .flatMap(
            claimed ->
                table
                    .find(claimed.login(), tools.clock().instant())
                    .filter(found -> found.account().id().equals(claimed.account())))
        .filter(found -> found.kind() == LoginKind.JWT)
        .map(Logins::signedIn);
  }

  Optional<SignedIn> ofLocal(Id login) {
    return table
        .find(login, tools.clock().instant())
        .filter(found -> found.kind() == LoginKind.LOCAL)
        .map(Logins::signedIn);
  }

  Optional<SignedIn> ofCookie(String token) {
    return table
        .findByToken(Secret.hash(token), tools.clock().instant())
        .filter(found -> found.kind() == LoginKind.COOKIE || found.kind() == LoginKind.REMEMBER)
        .map(Logins::signedIn);
  }

  /**
   * @param from has to be where the login was opened from
   */
  Optional<SignedIn> ofSessionKey(String key, Origin from) {
    Instant now = tools.clock().instant();
    return table
        .findByToken(Secret.hash(key), now)
        .filter(found -> found.kind() == LoginKind.SESSION_KEY)
        .filter(found -> table.isFrom(found.login(), from))
        .map(Logins::signedIn);
  }

  private static SignedIn signedIn(LoginTable.Found found) {
    Credential shown = new Credential("session", found.login().hex(), word(found.kind()));
    return new SignedIn(found.account().actor().with(shown), found.login());
  }

  private static String word(LoginKind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.identity;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;
import io.entrepot.base.FieldProblem;
import io.entrepot.base.Id;
import io.entrepot.base.InvalidFieldsException;
import io.entrepot.base.NotFoundException;
import io.entrepot.custody.AuditEntry.Credential;
import io.entrepot.server.database.Database;
import io.entrepot.server.database.Slice;
import io.entrepot.server.identity.AuditTrail.Entry;
import io.entrepot.server.identity.SignedIn.Kind;
import io.entrepot.server.ledger.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The API keys of all accounts. Each account sees and ends its own; administrators see and end
 * those of everybody.
 *
 * <p>A key is good for nothing that its owner may not do at the moment it is used.
 */
public final class ApiKeys {

  /** How those begin that the sync door holds. */
  static final String LOCAL_MARK = "el_";

  private static final String MARK = "ek_";
  private static final int PREFIX_LENGTH = 10;
  private static final String THING = "API key";
  private static final String KIND = "api_key";

  /** How exactly the last use is known; a busy key writes no more often than this. */
  private static final Duration USE_PRECISION = Duration.ofMinutes(1);

  private final Database database;
  private final ApiKeyTable table;
  private final IdentityTools tools;

  /** When a key was last noted to have come from a network that it is not good in. */
  private final Map<Id, Instant> refusals = new ConcurrentHashMap<>();

  ApiKeys(Database database, IdentityTools tools) {
    this.database = database;
    this.table = new ApiKeyTable(database);
    this.tools = tools;
  }

  static boolean looksLikeOne(String token) {
    return token.startsWith(MARK) || token.startsWith(LOCAL_MARK);
  }

  /**
   * Makes a key for the one who asks.
   *
   * @throws InvalidFieldsException when it would be over at once, or one who is no administrator
   *     asks for the scope of one
   */
  public ApiKey.Made create(Actor owner, String name, ApiKey.Limits limits) {
    return create(owner, name, limits, MARK);
  }

  /**
   * As the other.
   *
   * @param mark how it begins
   */
  ApiKey.Made create(Actor owner, String name, ApiKey.Limits limits, String mark) {
    check(owner, limits);
    String token = mark + Secret.fresh(tools.random());
    ApiKey key =
        new ApiKey(
            tools.ids().next(),
            new ApiKey.Owner(owner.account(), owner.email()),
            name,
            token.substring(0, PREFIX_LENGTH),
            limits,
            tools.clock().instant(),
            null);
    database.write(
        () -> {
          table.insert(key, Secret.hash(token));
          tools.audit().record(owner, entry("create", key, Differences.of(key)));
        });
    return new ApiKey.Made(key, token);
  }

  private void check(Actor owner, ApiKey.Limits limits) {
    if (limits.isOver(tools.clock().instant())) {
      throw new InvalidFieldsException(
          FieldProblem.of("expires_at", "value_error", "This time is past.", limits.expiresAt()));
    }
    if (limits.networks().size() > ApiKey.Limits.MOST_NETWORKS) {
      throw new InvalidFieldsException(
          FieldProblem.of(
              "networks",
              "too_long",
              "A key can be kept to " + ApiKey.Limits.MOST_NETWORKS + " networks at most.",
              limits.networks().size()));
    }
    if (limits.scope() == ApiKey.Scope.ADMIN && !owner.isAdmin()) {
      throw new InvalidFieldsException(
          FieldProblem.of(
              "scope",
              "value_error",
              "Only a key of an administrator can have the scope admin.",
              limits.scope().word()));
    }
  }

  /**
   * Keys that were not revoked, oldest first; expired ones are among them.
   *
   * @param everybodys also those of others
   * @throws EntrepotException {@code FORBIDDEN} when one who is no administrator asks for those of
   *     others
   */
  public Slice.Part<ApiKey> list(Actor asker, boolean everybodys, Slice slice) {
    if (everybodys && !asker.isAdmin()) {
      throw new EntrepotException(
          ErrorCode.FORBIDDEN, "Only administrators see the keys of others");
    }
    return table.list(everybodys ? null : asker.account(), slice);
  }

  /** One of the asker's own, or any when an administrator asks. */
  public ApiKey visible(Actor asker, Id id) {
    return table
        .find(id)
        .filter(key -> asker.isAdmin() || key.owner().account().equals(asker.account()))
        .orElseThrow(() -> new NotFoundException(THING));
  }

  /** One of the asker's own. */
  public ApiKey own(Actor asker, Id id) {
    ApiKey key = visible(asker, id);
    if (!key.owner().account().equals(asker.account())) {
      throw new NotFoundException(THING);
    }
    return key;
  }

  /** Gives a key another name. What it is good for never changes. */
  public ApiKey rename(Actor by, Id id, String name) {
    return database.write(
        () -> {
          ApiKey old = visible(by, id);
          table.rename(id, name);
          tools
              .audit()
              .record(by, entry("update", old, Map.of("name", new Change(old.name(), name))));
          return visible(by, id);
        });
  }

  /** Ends a key at once. */
  public void revoke(Actor by, Id id) {
    database.writeFromReserve(() -> revokeIfOpen(by, visible(by, id)));
  }

  /** Inside a transaction. Does nothing where it was revoked before. */
  void revokeIfOpen(Actor by, ApiKey key) {
    if (table.revoke(key.id(), tools.clock().instant())) {
      tools.audit().record(by, entry("revoke", key, Map.of("name", new Change(key.name(), null))));
    }
  }

  private static Entry entry(String action, ApiKey key, Map<String, Change> changes) {
    return new Entry(action, KIND, key.id(), changes);
  }

  /**
   * Who a key stands for; notes that it was used, where it was sent from a network that it is good
   * in.
   *
   * @param address where it was sent from
   */
  Optional<SignedIn> find(String token, String address) {
    ApiKey.Use use = new ApiKey.Use(tools.clock().instant(), address);
    Optional<ApiKeyTable.Found> found = table.findByToken(Secret.hash(token), use.at());
    Optional<SignedIn> who = found.map(ApiKeys::signedIn);
    if (who.filter(one -> one.limits().allows(address)).isPresent()) {
      found.ifPresent(one -> note(one.key(), use));
    } else {
      found.ifPresent(one -> noteRefusal(one.key(), use));
    }
    return who;
  }

  /** At most once a minute for each key. */
  private void noteRefusal(ApiKey key, ApiKey.Use use) {
    Instant last = refusals.get(key.id());
    if (last == null || !last.plus(USE_PRECISION).isAfter(use.at())) {
      refusals.put(key.id(), use.at());
      database.writeUnlessFull(
          () -> tools.audit().recordKeyRefused(KIND, shown(key), use.address()));
    }
  }

  private void note(ApiKey key, ApiKey.Use use) {
    ApiKey.Use last = key.lastUse();
    Instant due = last == null ? Instant.MIN : last.at().plus(USE_PRECISION);
    if (due.isAfter(use.at())) {
      return;
    }
    try {
      database.write(() -> table.used(key.id(), use));
    } catch (EntrepotException e) {
      // On a full disk there is still much to read, so a key goes on opening doors.
      if (e.code() != ErrorCode.STORE_FULL) {
        throw e;
      }
    }
  }

  private static SignedIn signedIn(ApiKeyTable.Found found) {
    ApiKey key = found.key();
    Actor owner = found.account().actor();
    ApiKey.Scope scope = key.limits().scope();
    return new SignedIn(
        new Actor(owner.account(), owner.email(), scope.within(owner.role())).with(shown(key)),
        key.id(),
        kind(key),
        new SignedIn.Limits(
            scope == ApiKey.Scope.READ, key.limits().doors(), key.limits().networks()));
  }

  private static Kind kind(ApiKey key) {
    return key.prefix().startsWith(LOCAL_MARK) ? Kind.LOCAL_TOKEN : Kind.API_KEY;
  }

  private static Credential shown(ApiKey key) {
    return new Credential(
        kind(key).name().toLowerCase(Locale.ROOT), key.id().hex(), key.prefix() + " " + key.name());
  }
}

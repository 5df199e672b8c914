// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.identity;

import io.entrepot.base.Id;
import io.entrepot.base.NotFoundException;
import io.entrepot.server.database.Database;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The API keys of all accounts; each account sees and ends only its own. */
public final class ApiKeys {

  private static final String MARK = "ek_";
  private static final int PREFIX_LENGTH = 10;

  private final Database database;
  private final ApiKeyTable table;
  private final IdentityTools tools;

  ApiKeys(Database database, IdentityTools tools) {
    this.database = database;
    this.table = new ApiKeyTable(database);
    this.tools = tools;
  }

  static boolean looksLikeOne(String token) {
    return token.startsWith(MARK);
  }

  /**
   * Makes a key for the one who asks.
   *
   * @param expiresAt null for never
   */
  public ApiKey.Made create(
      Actor owner, String name, ApiKey.Scope scope, @Nullable Instant expiresAt) {
    String token = MARK + Secret.fresh(tools.random());
    ApiKey key =
        new ApiKey(
            tools.ids().next(),
            owner.account(),
            name,
            token.substring(0, PREFIX_LENGTH),
            scope,
            tools.clock().instant(),
            expiresAt);
    database.write(
        () -> {
          table.insert(key, Secret.hash(token));
          tools.audit().record(owner, AuditTrail.Entry.of("create", "api_key", key.id()));
        });
    return new ApiKey.Made(key, token);
  }

  /** The owner's keys that were not revoked, oldest first; expired ones are among them. */
  public List<ApiKey> list(Actor owner) {
    return table.list(owner.account());
  }

  /** Ends a key at once. */
  public void revoke(Actor owner, Id id) {
    database.writeFromReserve(
        () -> {
          if (!table.revoke(id, owner.account(), tools.clock().instant())) {
            throw new NotFoundException("API key");
          }
          tools.audit().record(owner, AuditTrail.Entry.of("delete", "api_key", id));
        });
  }

  Optional<SignedIn> find(String token) {
    return table
        .find(Secret.hash(token), tools.clock().instant())
        .map(
            found ->
                new SignedIn(
                    found.account().actor(), found.key(), found.scope() == ApiKey.Scope.READ));
  }
}

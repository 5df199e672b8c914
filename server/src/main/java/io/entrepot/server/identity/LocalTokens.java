// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.identity;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;
import io.entrepot.base.Id;
import io.entrepot.base.NotFoundException;
import io.entrepot.server.database.Database;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;

/**
 * The tokens that the sync door holds: with one of them work goes on for somebody who is not signed
 * in. Everybody has at most one.
 *
 * <p>Each is an API key with a mark of its own, and is seen and revoked among them; it stays in
 * this list, then good for nothing, until it is deleted here.
 */
public final class LocalTokens {

  private final Database database;
  private final LocalTokenTable table;
  private final ApiKeys keys;
  private final IdentityTools tools;

  LocalTokens(Database database, ApiKeys keys, IdentityTools tools) {
    this.database = database;
    this.table = new LocalTokenTable(database);
    this.keys = keys;
    this.tools = tools;
  }

  /**
   * Makes a token that may do all that its owner may.
   *
   * @throws TokenExistsException when the owner has one already, be it good for nothing any more
   */
  public ApiKey.Made create(Actor owner, String name) {
    ApiKey.Scope scope = owner.isAdmin() ? ApiKey.Scope.ADMIN : ApiKey.Scope.OPERATE;
    ApiKey.Limits limits = new ApiKey.Limits(scope, Set.of(), null);
    try {
      return database.write(
          () -> {
            ApiKey.Made made = keys.create(owner, name, limits, ApiKeys.LOCAL_MARK);
            table.insert(made.key());
            return made;
          });
    } catch (DuplicateKeyException e) {
      throw new TokenExistsException(e);
    }
  }

  /**
   * One's own, or everybody's when an administrator asks; oldest first.
   *
   * @param asker null for the machine itself, whose tokens they are
   */
  public List<ApiKey> list(@Nullable Actor asker) {
    return table.list().stream().filter(token -> isOf(asker, token)).toList();
  }

  private ApiKey visible(@Nullable Actor asker, Id id) {
    return list(asker).stream()
        .filter(token -> token.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new NotFoundException("Token"));
  }

  private static boolean isOf(@Nullable Actor asker, ApiKey token) {
    return asker == null || asker.isAdmin() || token.owner().account().equals(asker.account());
  }

  /** Whether somebody who sends it would be let in now. */
  public boolean isValid(@Nullable Actor asker, Id id) {
    return table.isValid(visible(asker, id).id(), tools.clock().instant());
  }

  /**
   * Revokes it, where it was not revoked before, and forgets it.
   *
   * @param who somebody who signed in, or the token itself
   * @throws EntrepotException {@code FORBIDDEN} for another key
   */
  public void delete(SignedIn who, Id id) {
    if (who.kind() != SignedIn.Kind.LOGIN && !who.login().equals(id)) {
      throw new EntrepotException(
          ErrorCode.FORBIDDEN, "No API key can do this, but the token itself; sign in first");
    }
    Actor by = who.actor();
    database.writeFromReserve(
        () -> {
          ApiKey token = visible(by, id);
          table.delete(token.id());
          keys.revokeIfOpen(by, token);
        });
  }
}

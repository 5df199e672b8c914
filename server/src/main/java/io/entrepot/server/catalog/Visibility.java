// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.catalog;

import io.entrepot.base.Id;
import io.entrepot.server.identity.Actor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/**
 * Which files somebody may see: all for an administrator; else those of instruments he has access
 * to, those he owns, and those granted to him, to one of his groups or to one of his projects.
 */
public final class Visibility {

  /** A condition on a table named {@code f} and its parameters, in order. */
  record Condition(String sql, List<Object> parameters) {}

  private final Function<Id, ? extends Collection<Id>> memberships;

  /**
   * @param memberships the live groups and projects that an account is in, directly or through a
   *     group
   */
  public Visibility(Function<Id, ? extends Collection<Id>> memberships) {
    this.memberships = memberships;
  }

  Condition of(Actor actor) {
    if (actor.isAdmin()) {
      return new Condition("1 = 1", List.of());
    }
    String account = actor.account().hex();
    List<Object> parameters = new ArrayList<>(List.of(account, account, account));
    memberships.apply(actor.account()).forEach(id -> parameters.add(id.hex()));
    String grantees = String.join(", ", Collections.nCopies(parameters.size() - 2, "?"));
    return new Condition(
        "(f.instrument_id in (select a.instrument_id from instrument_access a"
            + " where a.account_id = ?) or f.owner_id = ? or exists (select 1 from file_grant g"
            + " where g.file_id = f.id and g.grantee_id in ("
            + grantees
            + ")))",
        List.copyOf(parameters));
  }
}

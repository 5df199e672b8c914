// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.catalog;

import io.entrepot.base.Id;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.settings.EntrepotSettings.InstrumentAccess;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/**
 * Which files somebody may see: all for an administrator; else those he owns, those granted to him,
 * to one of his groups or to one of his projects and, unless the server is set otherwise, those of
 * instruments he has access to.
 */
public final class Visibility {

  private static final String BY_INSTRUMENT =
      "f.instrument_id in"
          + " (select a.instrument_id from instrument_access a where a.account_id = ?)";

  /** A condition on a table named {@code f} and its parameters, in order. */
  record Condition(String sql, List<Object> parameters) {
    private static final Condition ALWAYS = new Condition("1 = 1", List.of());

    /** Whether it holds for each file, so that there is no need to look at the file. */
    boolean always() {
      return equals(ALWAYS);
    }
  }

  private final Function<Id, ? extends Collection<Id>> memberships;
  private final InstrumentAccess access;

  /**
   * @param memberships the live groups and projects that an account is in, directly or through a
   *     group
   */
  public Visibility(Function<Id, ? extends Collection<Id>> memberships, InstrumentAccess access) {
    this.memberships = memberships;
    this.access = access;
  }

  Condition of(Actor actor) {
    if (actor.isAdmin()) {
      return Condition.ALWAYS;
    }
    List<String> ways = new ArrayList<>();
    List<Object> parameters = new ArrayList<>();
    String account = actor.account().hex();
    switch (access) {
      case GRANTS_VISIBILITY -> {
        ways.add(BY_INSTRUMENT);
        parameters.add(account);
      }
      case HARVEST_ONLY -> {}
    }
    ways.add("f.owner_id = ?");
    parameters.add(account);
    List<Object> grantees = new ArrayList<>(List.of(account));
    memberships.apply(actor.account()).forEach(id -> grantees.add(id.hex()));
    ways.add(
        "exists (select 1 from file_grant g where g.file_id = f.id and g.grantee_id in ("
            + String.join(", ", Collections.nCopies(grantees.size(), "?"))
            + "))");
    parameters.addAll(grantees);
    return new Condition("(" + String.join(" or ", ways) + ")", List.copyOf(parameters));
  }
}

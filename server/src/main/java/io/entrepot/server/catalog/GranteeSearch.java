// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.catalog;

import io.entrepot.base.Id;
import io.entrepot.base.UuidText;
import io.entrepot.server.identity.Account;
import io.entrepot.server.identity.Accounts;
import io.entrepot.server.identity.Team;
import io.entrepot.server.identity.Teams;
import java.util.Optional;

/** Finds those who can be let see something. Whoever was deleted is not found. */
public final class GranteeSearch {

  private final Accounts accounts;
  private final Teams groups;
  private final Teams projects;

  public GranteeSearch(Accounts accounts, Teams groups, Teams projects) {
    this.accounts = accounts;
    this.groups = groups;
    this.projects = projects;
  }

  /**
   * @param text the e-mail address of a user, the name of a group or project, or the UUID of any
   */
  public Optional<Id> find(GranteeType type, String text) {
    return id(text).filter(id -> name(type, id).isPresent()).or(() -> named(type, text));
  }

  private Optional<Id> named(GranteeType type, String name) {
    return switch (type) {
      case USER -> accounts.findByEmail(name).map(Account::id);
      case GROUP -> groups.findByName(name).map(Team::id);
      case PROJECT -> projects.findByName(name).map(Team::id);
    };
  }

  /** What people know somebody by; empty when there is none of that type with this id. */
  public Optional<String> name(GranteeType type, Id id) {
    return switch (type) {
      case USER -> accounts.find(id).map(Account::email);
      case GROUP -> groups.find(id).map(Team::name);
      case PROJECT -> projects.find(id).map(Team::name);
    };
  }

  private static Optional<Id> id(String text) {
    try {
      return UuidText.parse(text).map(Id::fromUuid);
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}

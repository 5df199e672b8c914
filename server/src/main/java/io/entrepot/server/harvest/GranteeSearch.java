// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest;

import io.entrepot.base.Id;
import io.entrepot.server.identity.Account;
import io.entrepot.server.identity.Accounts;
import io.entrepot.server.identity.Team;
import io.entrepot.server.identity.Teams;
import java.util.Optional;
import java.util.UUID;

/** Finds users by e-mail address, groups and projects by name, and all of them by id. */
final class GranteeSearch implements HarvestTools.Grantees {

  private final Accounts accounts;
  private final Teams groups;
  private final Teams projects;

  GranteeSearch(Accounts accounts, Teams groups, Teams projects) {
    this.accounts = accounts;
    this.groups = groups;
    this.projects = projects;
  }

  @Override
  public Optional<Id> find(String granteeType, String name) {
    return id(name).flatMap(id -> byId(granteeType, id)).or(() -> byName(granteeType, name));
  }

  private Optional<Id> byId(String granteeType, Id id) {
    return switch (granteeType) {
      case "user" -> accounts.find(id).map(Account::id);
      case "group" -> groups.find(id).map(Team::id);
      case "project" -> projects.find(id).map(Team::id);
      default -> Optional.empty();
    };
  }

  private static Optional<Id> id(String text) {
    try {
      UUID uuid = UUID.fromString(text);
      // Shorter spellings, which Java takes too, are names.
      return uuid.toString().equalsIgnoreCase(text)
          ? Optional.of(Id.fromUuid(uuid))
          : Optional.empty();
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private Optional<Id> byName(String granteeType, String name) {
    return switch (granteeType) {
      case "user" -> accounts.findByEmail(name).map(Account::id);
      case "group" -> groups.findByName(name).map(Team::id);
      case "project" -> projects.findByName(name).map(Team::id);
      default -> Optional.empty();
    };
  }
}

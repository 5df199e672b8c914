// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest;

import io.entrepot.base.Id;
import io.entrepot.server.identity.Account;
import io.entrepot.server.identity.Accounts;
import io.entrepot.server.identity.Team;
import io.entrepot.server.identity.Teams;
import java.util.Optional;

/** Finds users by e-mail address, groups and projects by name. */
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
    return switch (granteeType) {
      case "user" -> accounts.findByEmail(name).map(Account::id);
      case "group" -> groups.findByName(name).map(Team::id);
      case "project" -> projects.findByName(name).map(Team::id);
      default -> Optional.empty();
    };
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.identity;

import io.entrepot.base.Id;
import io.entrepot.server.database.Database;
import java.util.List;

/** In whose name somebody may see things, besides their own. */
public final class Memberships {

  private final TeamTable teams;

  Memberships(Database database) {
    this.teams = new TeamTable(database);
  }

  /**
   * The ids of the live groups and projects an account is in: groups directly, projects directly or
   * through a live group. The account's own id is not among them.
   */
  public List<Id> principalsOf(Id account) {
    return teams.ofAccount(account).stream().map(Team::id).toList();
  }

  /** As {@link #principalsOf}, of one kind, with their names. */
  public List<Team> of(Id account, Team.Kind kind) {
    return teams.ofAccount(account).stream().filter(team -> team.kind() == kind).toList();
  }
}

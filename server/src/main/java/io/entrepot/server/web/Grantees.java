// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import io.entrepot.base.FieldProblem;
import io.entrepot.base.Id;
import io.entrepot.base.InvalidFieldsException;
import io.entrepot.base.NotFoundException;
import io.entrepot.server.identity.Account;
import io.entrepot.server.identity.Accounts;
import io.entrepot.server.identity.Team;
import io.entrepot.server.identity.Teams;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/** Those who can be let in, by the names that people know them by. */
@Component
final class Grantees {

  static final List<Form.Option> KINDS =
      List.of(
          new Form.Option("user", "A person, by e-mail"),
          new Form.Option("group", "A group, by name"),
          new Form.Option("project", "A project, by name"));

  private final Accounts accounts;
  private final Teams groups;
  private final Teams projects;

  Grantees(
      Accounts accounts, @Qualifier("groups") Teams groups, @Qualifier("projects") Teams projects) {
    this.accounts = accounts;
    this.groups = groups;
    this.projects = projects;
  }

  /**
   * @throws InvalidFieldsException at the field {@code who} when nobody has that name
   */
  Id find(String kind, String name) {
    Optional<Id> found =
        switch (kind) {
          case "group" -> groups.findByName(name).map(Team::id);
          case "project" -> projects.findByName(name).map(Team::id);
          default -> accounts.findByEmail(name).map(Account::id);
        };
    return found.orElseThrow(
        () ->
            new InvalidFieldsException(
                FieldProblem.of("who", "unknown", "Nobody here is known by this.", name)));
  }

  /** The name of somebody who was let in, even when he has gone since. */
  String name(String kind, Id id) {
    try {
      return switch (kind) {
        case "group" -> "Group " + groups.live(id).name();
        case "project" -> "Project " + projects.live(id).name();
        default -> accounts.live(id).email();
      };
    } catch (NotFoundException _) {
      return "somebody who is gone";
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import io.entrepot.base.Id;
import io.entrepot.server.catalog.GranteeType;
import io.entrepot.server.database.Slice;
import io.entrepot.server.identity.Account;
import io.entrepot.server.identity.Accounts;
import io.entrepot.server.identity.Team;
import io.entrepot.server.identity.Team.Membership;
import io.entrepot.server.identity.Teams;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/** Prepares who is in a group or project. */
@Component
final class TeamMembers {

  /** Who can be in a project. */
  static final List<Form.Option> KINDS =
      List.of(
          new Form.Option(GranteeType.USER.word(), "A person, by e-mail"),
          new Form.Option(GranteeType.GROUP.word(), "A group, by name"));

  private static final Slice WITH_DELETED = new Slice(0, Integer.MAX_VALUE, true);

  private final Accounts accounts;
  private final Teams groups;
  private final Words words;

  TeamMembers(Accounts accounts, @Qualifier("groups") Teams groups, Words words) {
    this.accounts = accounts;
    this.groups = groups;
    this.words = words;
  }

  /** Somebody who is in it. */
  record Row(String id, String name, Moment since) {}

  /** However many there are, their names are asked for once. */
  List<Row> of(Teams teams, Id team) {
    List<Membership> all = teams.members(team);
    if (all.isEmpty()) {
      return List.of();
    }
    Map<Id, String> names = new HashMap<>();
    accounts.list(WITH_DELETED).items().forEach(one -> names.put(one.id(), name(one)));
    if (all.stream().anyMatch(one -> one.memberType() == Team.MemberType.GROUP)) {
      groups.list(WITH_DELETED).items().forEach(one -> names.put(one.id(), name(one)));
    }
    return all.stream()
        .map(
            one ->
                new Row(
                    PageIds.text(one.member()),
                    names.getOrDefault(one.member(), "Somebody who is gone"),
                    words.moment(one.createdAt())))
        .toList();
  }

  private static String name(Account account) {
    return account.email() + (account.deletedAt() == null ? "" : " (deleted)");
  }

  private static String name(Team group) {
    return "Group " + group.name() + (group.deletedAt() == null ? "" : " (deleted)");
  }
}

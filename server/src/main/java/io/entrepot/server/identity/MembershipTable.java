// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.identity;

import io.entrepot.base.Id;
import io.entrepot.server.database.Database;
import io.entrepot.server.database.Micros;
import io.entrepot.server.identity.Team.MemberType;
import io.entrepot.server.identity.Team.Membership;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;

/** SQL access to who is in which group or project. */
final class MembershipTable {

  private final Database database;

  MembershipTable(Database database) {
    this.database = database;
  }

  void insert(Membership membership) {
    database
        .sql(
            "insert into membership (id, team_id, member_type, member_id, created_at)"
                + " values (?, ?, ?, ?, ?)")
        .param(membership.id().hex())
        .param(membership.team().hex())
        .param(membership.memberType().name().toLowerCase(Locale.ROOT))
        .param(membership.member().hex())
        .param(Micros.of(membership.createdAt()))
        .update();
  }

  boolean delete(Id team, Id member) {
    return database
            .sql("delete from membership where team_id = ? and member_id = ?")
            .params(team.hex(), member.hex())
            .update()
        == 1;
  }

  /** Oldest first. */
  List<Membership> of(Id team) {
    return database
        .sql("select * from membership where team_id = ? order by id")
        .param(team.hex())
        .query(MembershipTable::read)
        .list();
  }

  private static Membership read(ResultSet row, int number) throws SQLException {
    return new Membership(
        new Id(row.getString("id")),
        new Id(row.getString("team_id")),
        MemberType.valueOf(row.getString("member_type").toUpperCase(Locale.ROOT)),
        new Id(row.getString("member_id")),
        Micros.instant(row.getLong("created_at")));
  }
}

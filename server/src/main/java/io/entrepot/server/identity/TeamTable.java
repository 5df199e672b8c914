// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.identity;

import io.entrepot.base.Id;
import io.entrepot.server.database.Database;
import io.entrepot.server.database.Folded;
import io.entrepot.server.database.Micros;
import io.entrepot.server.database.Slice;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** SQL access to groups and projects. */
final class TeamTable {

  private final Database database;

  TeamTable(Database database) {
    this.database = database;
  }

  void insert(Team team) {
    database
        .sql(
            """
            insert into team (id, kind, name, name_folded, description, created_at, updated_at)
            values (?, ?, ?, ?, ?, ?, ?)
            """)
        .param(team.id().hex())
        .param(team.kind().word())
        .param(team.name())
        .param(Folded.of(team.name()))
        .param(team.description())
        .param(Micros.of(team.createdAt()))
        .param(Micros.of(team.updatedAt()))
        .update();
  }

  void update(Team team) {
    database
        .sql(
            """
            update team
            set name = ?, name_folded = ?, description = ?, updated_at = ?, deleted_at = ?
            where id = ?
            """)
        .param(team.name())
        .param(Folded.of(team.name()))
        .param(team.description())
        .param(Micros.of(team.updatedAt()))
        .param(Micros.ofNullable(team.deletedAt()))
        .param(team.id().hex())
        .update();
  }

  Optional<Team> find(Team.Kind kind, Id id) {
    return database
        .sql("select * from team where id = ? and kind = ?")
        .params(id.hex(), kind.word())
        .query(TeamTable::read)
        .optional();
  }

  Optional<Team> findByName(Team.Kind kind, String name) {
    return database
        .sql("select * from team where kind = ? and name_folded = ? and deleted_at is null")
        .params(kind.word(), Folded.of(name))
        .query(TeamTable::read)
        .optional();
  }

  Slice.Part<Team> list(Team.Kind kind, Slice slice) {
    String which = " where kind = ?" + (slice.withDeleted() ? "" : " and deleted_at is null");
    List<Team> items =
        database
            .sql("select * from team" + which + " order by created_at, id limit ? offset ?")
            .params(kind.word(), slice.limit(), slice.skip())
            .query(TeamTable::read)
            .list();
    long total =
        database
            .sql("select count(*) from team" + which)
            .param(kind.word())
            .query(Long.class)
            .single();
    return new Slice.Part<>(items, total);
  }

  /** The live groups and projects an account is in, directly or through a live group; by id. */
  List<Team> ofAccount(Id account) {
    return database
        .sql(
            """
            select t.* from team t join membership m on m.team_id = t.id
            where m.member_id = ? and t.deleted_at is null
            union
            select p.* from team p
            join membership pm on pm.team_id = p.id
            join team g on g.id = pm.member_id and g.deleted_at is null
            join membership gm on gm.team_id = g.id
            where gm.member_id = ? and p.deleted_at is null
            order by 1
            """)
        .params(account.hex(), account.hex())
        .query(TeamTable::read)
        .list();
  }

  private static Team read(ResultSet row, int number) throws SQLException {
    return new Team(
        new Id(row.getString("id")),
        Team.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
        row.getString("name"),
        row.getString("description"),
        Micros.instant(row.getLong("created_at")),
        Micros.instant(row.getLong("updated_at")),
        Micros.instantOrNull((Number) row.getObject("deleted_at")));
  }
}

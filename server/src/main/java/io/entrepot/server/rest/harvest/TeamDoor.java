// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.harvest;

import io.entrepot.base.Id;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.identity.Team;
import io.entrepot.server.identity.Teams;
import io.entrepot.server.rest.fields.BodyFields;
import io.entrepot.server.rest.fields.QueryFields;
import io.entrepot.server.rest.fields.Sent;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the doors of groups and of projects have in common. */
final class TeamDoor {

  private static final int NAME_LIMIT = 255;
  private static final int DESCRIPTION_LIMIT = 10_000;

  private final Teams teams;

  TeamDoor(Teams teams) {
    this.teams = teams;
  }

  ListEnvelope<TeamWire> list(Map<String, List<String>> keys) {
    QueryFields query = Wording.query(keys);
    Paging paging = Paging.of(query);
    boolean deleted = query.flag("include_deleted", false);
    query.check();
    return ListEnvelope.of(teams.list(paging.slice(deleted)), paging, TeamWire::of);
  }

  TeamWire create(byte @Nullable [] bytes, Actor actor) {
    BodyFields body = Wording.body(bytes);
    String name = body.requiredText("name", NAME_LIMIT);
    String description = body.text("description", DESCRIPTION_LIMIT);
    body.check();
    return TeamWire.of(teams.create(actor, name, description));
  }

  TeamWire one(String id) {
    return TeamWire.of(teams.live(id(id)));
  }

  TeamWire change(String text, byte @Nullable [] bytes, Actor actor) {
    Id id = id(text);
    BodyFields body = Wording.body(bytes);
    Sent<String> name = body.sent("name", field -> body.requiredText(field, NAME_LIMIT));
    Sent<@Nullable String> description =
        body.sent("description", field -> body.text(field, DESCRIPTION_LIMIT));
    body.check();
    return TeamWire.of(
        teams.update(
            actor,
            id,
            old -> new Team.Naming(name.over(old.name()), description.over(old.description()))));
  }

  void delete(String id, Actor actor) {
    teams.delete(actor, id(id));
  }

  TeamWire restore(String text, Actor actor) {
    Id id = PathIds.inPath("id", text, "Deleted " + teams.kind().word());
    return TeamWire.of(teams.restore(actor, id));
  }

  Id id(String text) {
    return PathIds.inPath("id", text, teams.kind().title());
  }
}

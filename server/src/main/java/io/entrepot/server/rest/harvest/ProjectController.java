// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.harvest;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.entrepot.base.Id;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.identity.Team.MemberType;
import io.entrepot.server.identity.Team.Membership;
import io.entrepot.server.identity.Teams;
import io.entrepot.server.rest.fields.BodyFields;
import io.entrepot.server.rest.fields.WireIds;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Projects: people and groups that work together. */
@RestController
@RequestMapping("/api/projects")
class ProjectController {

  private final Teams teams;
  private final TeamDoor door;

  ProjectController(@Qualifier("projects") Teams teams) {
    this.teams = teams;
    this.door = new TeamDoor(teams);
  }

  /** Somebody, or a group, in a project. */
  @Schema(name = "ProjectMember")
  record Member(
      String id,
      @JsonProperty("project_id") String project,
      @JsonProperty("member_type") String memberType,
      @JsonProperty("member_id") String member,
      @JsonProperty("created_at") Instant createdAt) {

    static Member of(Membership membership) {
      return new Member(
          WireIds.text(membership.id()),
          WireIds.text(membership.team()),
          membership.memberType().name().toLowerCase(Locale.ROOT),
          WireIds.text(membership.member()),
          membership.createdAt());
    }
  }

  @GetMapping
  ListEnvelope<TeamWire> list(@RequestParam MultiValueMap<String, String> keys) {
    return door.list(keys);
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  TeamWire create(
      @RequestBody(required = false) byte @Nullable [] bytes,
      @AuthenticationPrincipal Actor actor) {
    return door.create(bytes, actor);
  }

  @GetMapping("/{id}")
  TeamWire one(@PathVariable("id") String id) {
    return door.one(id);
  }

  @PatchMapping("/{id}")
  TeamWire change(
      @PathVariable("id") String id,
      @RequestBody(required = false) byte @Nullable [] bytes,
      @AuthenticationPrincipal Actor actor) {
    return door.change(id, bytes, actor);
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@PathVariable("id") String id, @AuthenticationPrincipal Actor actor) {
    door.delete(id, actor);
  }

  @PostMapping("/{id}/restore")
  TeamWire restore(@PathVariable("id") String id, @AuthenticationPrincipal Actor actor) {
    return door.restore(id, actor);
  }

  @GetMapping("/{id}/members")
  List<Member> members(@PathVariable("id") String id) {
    return teams.members(door.id(id)).stream().map(Member::of).toList();
  }

  @PostMapping("/{id}/members")
  @ResponseStatus(HttpStatus.CREATED)
  Member add(
      @PathVariable("id") String id,
      @RequestBody(required = false) byte @Nullable [] bytes,
      @AuthenticationPrincipal Actor actor) {
    Id project = door.id(id);
    BodyFields body = Wording.body(bytes);
    MemberType type = body.requiredChoice("member_type", MemberType.class);
    Id member = body.requiredId("member_id", type == MemberType.USER ? "User" : "Group");
    body.check();
    return Member.of(teams.add(actor, project, type, member));
  }

  @DeleteMapping("/{id}/members/{member_id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void remove(
      @PathVariable("id") String id,
      @PathVariable("member_id") String member,
      @AuthenticationPrincipal Actor actor) {
    teams.remove(actor, door.id(id), PathIds.inPath("member_id", member, "Membership"));
  }
}

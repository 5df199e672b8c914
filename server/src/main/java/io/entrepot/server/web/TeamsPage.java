// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.Id;
import io.entrepot.server.catalog.GranteeType;
import io.entrepot.server.database.Slice;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.identity.Team;
import io.entrepot.server.identity.Teams;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Groups of people, and projects of people and groups: what they are called and who is in them. */
@Controller
@RequestMapping("/ui/{room:groups|projects}")
final class TeamsPage {

  private static final String[] FIELDS = {"name", "description"};

  private final Map<Team.Kind, Teams> kinds;
  private final TeamMembers members;
  private final Grantees grantees;
  private final Deletions deletions;
  private final Words words;

  TeamsPage(
      List<Teams> kinds, TeamMembers members, Grantees grantees, Deletions deletions, Words words) {
    this.kinds =
        Map.of(kinds.getFirst().kind(), kinds.getFirst(), kinds.getLast().kind(), kinds.getLast());
    this.members = members;
    this.grantees = grantees;
    this.deletions = deletions;
    this.words = words;
  }

  /** A group or project in the list. */
  record Row(String id, String name, String description, Moment since) {}

  /** Where the list of a kind is. */
  static String address(Team.Kind kind) {
    return room(kind).address();
  }

  private static Room room(Team.Kind kind) {
    return switch (kind) {
      case GROUP -> Room.GROUPS;
      case PROJECT -> Room.PROJECTS;
    };
  }

  private Teams teams(String room) {
    Team.Kind kind = room.equals(Room.GROUPS.word()) ? Team.Kind.GROUP : Team.Kind.PROJECT;
    return Objects.requireNonNull(kinds.get(kind));
  }

  @GetMapping
  String list(
      @PathVariable String room,
      @RequestParam(name = "deleted", defaultValue = "") String deleted,
      Model model) {
    Teams teams = teams(room);
    deletions.shelve(model, room(teams.kind()), deleted);
    model.addAttribute("room", room(teams.kind()));
    model.addAttribute("rows", teams.list(Slice.ALL).items().stream().map(this::row).toList());
    return "teams";
  }

  private Row row(Team team) {
    String about = team.description();
    return new Row(
        PageIds.text(team.id()),
        team.name(),
        about == null ? "" : about,
        words.moment(team.createdAt()));
  }

  @GetMapping("/new")
  String fresh(@PathVariable String room, Model model) {
    return form(model, teams(room), null, Form.of(Map.of()), Form.of(Map.of()));
  }

  @PostMapping
  String create(
      @PathVariable String room,
      @RequestParam MultiValueMap<String, String> parameters,
      @AuthenticationPrincipal Actor actor,
      HttpServletResponse response,
      Model model) {
    Teams teams = teams(room);
    Form form = Form.sent(parameters);
    try {
      Team made = teams.create(actor, form.required("name"), form.text("description"));
      return Done.ADDED.at(address(teams.kind()) + "/" + PageIds.text(made.id()));
    } catch (EntrepotException e) {
      response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
      return form(model, teams, null, form.refused(e, FIELDS), Form.of(Map.of()));
    }
  }

  @GetMapping("/{id}")
  String show(@PathVariable String room, @PathVariable String id, Model model) {
    Teams teams = teams(room);
    Team team = live(teams, id);
    return form(model, teams, team, filled(team), Form.of(Map.of()));
  }

  @PostMapping("/{id}")
  String update(
      @PathVariable String room,
      @PathVariable String id,
      @RequestParam MultiValueMap<String, String> parameters,
      @AuthenticationPrincipal Actor actor,
      HttpServletResponse response,
      Model model) {
    Teams teams = teams(room);
    Team old = live(teams, id);
    Form form = Form.sent(parameters);
    try {
      form.mustHaveShown(filled(old));
      Team.Naming now = new Team.Naming(form.required("name"), form.text("description"));
      teams.update(actor, old.id(), _ -> now);
      return Done.SAVED.at(address(teams.kind()) + "/" + PageIds.text(old.id()));
    } catch (EntrepotException e) {
      response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
      return form(model, teams, old, form.refused(e, FIELDS), Form.of(Map.of()));
    }
  }

  @PostMapping("/{id}/members")
  String add(
      @PathVariable String room,
      @PathVariable String id,
      @RequestParam MultiValueMap<String, String> parameters,
      @AuthenticationPrincipal Actor actor,
      HttpServletResponse response,
      Model model) {
    Teams teams = teams(room);
    Team team = live(teams, id);
    Form form = Form.sent(parameters);
    boolean group =
        teams.kind() == Team.Kind.PROJECT && form.value("kind").equals(GranteeType.GROUP.word());
    try {
      Id member = grantees.find(group ? GranteeType.GROUP : GranteeType.USER, form.required("who"));
      teams.add(actor, team.id(), group ? Team.MemberType.GROUP : Team.MemberType.USER, member);
      return Done.ADDED.at(address(teams.kind()) + "/" + PageIds.text(team.id()));
    } catch (EntrepotException e) {
      response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
      return form(model, teams, team, filled(team), form.refused(e, "who"));
    }
  }

  @PostMapping("/{id}/members/{member}/remove")
  String remove(
      @PathVariable String room,
      @PathVariable String id,
      @PathVariable String member,
      @AuthenticationPrincipal Actor actor) {
    Teams teams = teams(room);
    Team team = live(teams, id);
    teams.remove(actor, team.id(), PageIds.of(member, "Membership"));
    return Done.REMOVED.at(address(teams.kind()) + "/" + PageIds.text(team.id()));
  }

  private static Team live(Teams teams, String id) {
    return teams.live(PageIds.of(id, teams.kind().title()));
  }

  private static Form filled(Team team) {
    String about = team.description();
    return Form.of(Map.of("name", team.name(), "description", about == null ? "" : about));
  }

  private String form(Model model, Teams teams, @Nullable Team team, Form form, Form adding) {
    Room room = room(teams.kind());
    model.addAttribute("room", room);
    model.addAttribute("thing", teams.kind().title().toLowerCase(Locale.ROOT));
    model.addAttribute("row", team == null ? null : row(team));
    model.addAttribute("members", team == null ? List.of() : members.of(teams, team.id()));
    model.addAttribute("kinds", teams.kind() == Team.Kind.PROJECT ? TeamMembers.KINDS : null);
    model.addAttribute("form", form);
    model.addAttribute("adding", adding);
    model.addAttribute(
        "call", ApiCall.team(room.collection(), team == null ? null : team.id(), form));
    return "team";
  }
}

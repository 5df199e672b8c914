// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.Id;
import io.entrepot.server.database.Slice;
import io.entrepot.server.edge.SignedInToken;
import io.entrepot.server.identity.Account;
import io.entrepot.server.identity.Accounts;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.identity.Logins;
import io.entrepot.server.identity.Memberships;
import io.entrepot.server.identity.OpenLogin;
import io.entrepot.server.identity.Team;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
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

/** The people: who can sign in, and what they may do. */
@Controller
@RequestMapping("/ui/people")
final class PeoplePage {

  private final Accounts accounts;
  private final Memberships memberships;
  private final Logins logins;
  private final Deletions deletions;
  private final Words words;

  PeoplePage(
      Accounts accounts, Memberships memberships, Logins logins, Deletions deletions, Words words) {
    this.logins = logins;
    this.accounts = accounts;
    this.memberships = memberships;
    this.deletions = deletions;
    this.words = words;
  }

  /**
   * Somebody in the list.
   *
   * @param signedIn when they last signed in, of what is still open; null where nothing is
   * @param oneself whether it is who looks
   */
  record Row(
      String id,
      String email,
      String role,
      Badge badge,
      Moment since,
      @Nullable Moment signedIn,
      boolean oneself) {}

  /** A group or project that somebody is in. */
  record TeamRow(String name, String kind, String address) {}

  @GetMapping
  String list(
      @RequestParam(name = "deleted", defaultValue = "") String deleted,
      @AuthenticationPrincipal Actor actor,
      Model model) {
    deletions.shelve(model, Room.PEOPLE, deleted);
    Map<String, Instant> in = signedIn(actor);
    model.addAttribute(
        "rows",
        accounts.list(Slice.ALL).items().stream()
            .map(one -> row(actor, one, in.get(one.email())))
            .toList());
    return "people";
  }

  /** Of everybody who is signed in somewhere. */
  private Map<String, Instant> signedIn(Actor actor) {
    return logins.list(actor, true, Slice.ALL).items().stream()
        .collect(
            Collectors.toMap(
                OpenLogin::email,
                one -> one.login().createdAt(),
                (one, other) -> one.isAfter(other) ? one : other));
  }

  private Row row(Actor actor, Account account, @Nullable Instant signedIn) {
    return new Row(
        PageIds.text(account.id()),
        account.email(),
        PersonForm.name(account.role()),
        account.active() ? Badge.ok("Can sign in") : Badge.idle("Cannot sign in"),
        words.moment(account.createdAt()),
        words.momentOrNull(signedIn),
        account.id().equals(actor.account()));
  }

  @GetMapping("/new")
  String fresh(@AuthenticationPrincipal Actor actor, Model model) {
    return form(model, actor, null, PersonForm.fresh());
  }

  @PostMapping
  String create(
      @RequestParam MultiValueMap<String, String> parameters,
      @AuthenticationPrincipal Actor actor,
      HttpServletResponse response,
      Model model) {
    Form form = Form.sent(parameters);
    try {
      Account made = accounts.create(PersonForm.draft(form), actor);
      return Done.ADDED.at("/ui/people/" + PageIds.text(made.id()));
    } catch (EntrepotException e) {
      response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
      return form(model, actor, null, PersonForm.refused(form, e));
    }
  }

  @GetMapping("/{id}")
  String show(@PathVariable String id, @AuthenticationPrincipal Actor actor, Model model) {
    Account account = live(id);
    return form(model, actor, account, PersonForm.of(account));
  }

  /** Whoever changes their own password stays signed in here, and nowhere else. */
  @PostMapping("/{id}")
  String update(
      @PathVariable String id,
      @RequestParam MultiValueMap<String, String> parameters,
      SignedInToken who,
      HttpServletResponse response,
      Model model) {
    Account old = live(id);
    Actor actor = who.getPrincipal();
    Form form = Form.sent(parameters);
    Id keep = old.id().equals(actor.account()) ? who.signedIn().login() : null;
    try {
      form.mustHaveShown(PersonForm.of(old));
      accounts.update(actor, old.id(), PersonForm.change(form), keep);
      return Done.SAVED.at("/ui/people/" + PageIds.text(old.id()));
    } catch (EntrepotException e) {
      response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
      return form(model, actor, old, PersonForm.refused(form, e));
    }
  }

  private Account live(String id) {
    return accounts.live(PageIds.of(id, "User"));
  }

  private String form(Model model, Actor actor, @Nullable Account account, Form form) {
    model.addAttribute("row", account == null ? null : row(actor, account, null));
    model.addAttribute("teams", account == null ? List.of() : teams(account));
    model.addAttribute("form", form);
    model.addAttribute("roles", PersonForm.roles(form));
    model.addAttribute("call", ApiCall.person(account == null ? null : account.id(), form));
    return "person";
  }

  private List<TeamRow> teams(Account account) {
    return List.of(Team.Kind.values()).stream()
        .flatMap(kind -> memberships.of(account.id(), kind).stream())
        .map(
            team ->
                new TeamRow(
                    team.name(),
                    team.kind().title(),
                    TeamsPage.address(team.kind()) + "/" + PageIds.text(team.id())))
        .toList();
  }
}

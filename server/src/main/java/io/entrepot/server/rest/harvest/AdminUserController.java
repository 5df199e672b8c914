// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.harvest;

import io.entrepot.base.Id;
import io.entrepot.server.identity.Accounts;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.identity.Memberships;
import io.entrepot.server.identity.Team.Kind;
import io.entrepot.server.rest.fields.QueryFields;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Everybody's accounts, for administrators. */
@RestController
@RequestMapping("/api/admin/users")
class AdminUserController {

  private final Accounts accounts;
  private final Memberships memberships;

  AdminUserController(Accounts accounts, Memberships memberships) {
    this.accounts = accounts;
    this.memberships = memberships;
  }

  @GetMapping
  ListEnvelope<UserWire> list(@RequestParam MultiValueMap<String, String> keys) {
    QueryFields query = Wording.query(keys);
    Paging paging = Paging.of(query);
    boolean deleted = query.flag("include_deleted", false);
    query.check();
    return ListEnvelope.of(accounts.list(paging.slice(deleted)), paging, UserWire::of);
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@PathVariable("id") String id, @AuthenticationPrincipal Actor actor) {
    accounts.delete(actor, userId(id));
  }

  @PostMapping("/{id}/restore")
  UserWire restore(@PathVariable("id") String id, @AuthenticationPrincipal Actor actor) {
    Id user = PathIds.inPath("id", id, "Deleted user");
    return UserWire.of(accounts.restore(actor, user));
  }

  @GetMapping("/{id}/groups")
  List<TeamWire> groups(@PathVariable("id") String id) {
    return teams(id, Kind.GROUP);
  }

  @GetMapping("/{id}/projects")
  List<TeamWire> projects(@PathVariable("id") String id) {
    return teams(id, Kind.PROJECT);
  }

  private List<TeamWire> teams(String id, Kind kind) {
    Id user = accounts.live(userId(id)).id();
    return memberships.of(user, kind).stream().map(TeamWire::of).toList();
  }

  private static Id userId(String text) {
    return PathIds.inPath("id", text, "User");
  }
}

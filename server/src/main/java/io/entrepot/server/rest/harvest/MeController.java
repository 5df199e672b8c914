// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.harvest;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.entrepot.base.Id;
import io.entrepot.server.identity.Accounts;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.identity.Memberships;
import io.entrepot.server.identity.Team.Kind;
import java.util.List;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Who one is. */
@RestController
class MeController {

  private final Accounts accounts;
  private final Memberships memberships;

  MeController(Accounts accounts, Memberships memberships) {
    this.accounts = accounts;
    this.memberships = memberships;
  }

  /** An account with all it belongs to, directly or through a group. */
  record Me(@JsonUnwrapped UserWire user, List<TeamWire> groups, List<TeamWire> projects) {}

  /** An administrator's address. */
  record Admin(String email) {}

  @GetMapping("/api/me")
  Me me(@AuthenticationPrincipal Actor actor) {
    Id id = actor.account();
    return new Me(UserWire.of(accounts.live(id)), teams(id, Kind.GROUP), teams(id, Kind.PROJECT));
  }

  /** For a proxy that lets only administrators through to something else. */
  @GetMapping("/api/auth/check-admin")
  Admin checkAdmin(@AuthenticationPrincipal Actor actor) {
    return new Admin(actor.email());
  }

  private List<TeamWire> teams(Id account, Kind kind) {
    return memberships.of(account, kind).stream().map(TeamWire::of).toList();
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.backup;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.entrepot.server.edge.SignedInToken;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.identity.Login;
import io.entrepot.server.identity.Logins;
import io.entrepot.server.identity.OpenLogin;
import io.entrepot.server.identity.SignedIn;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Where people are signed in: by which door does not matter. */
@RestController
@RequestMapping("/api/auth/sessions")
class SessionController {

  private final Logins logins;

  SessionController(Logins logins) {
    this.logins = logins;
  }

  /**
   * A place where somebody is signed in.
   *
   * @param kind {@code jwt}, {@code cookie}, {@code remember} or {@code local}
   * @param device what the client called itself
   * @param current whether it is the one that asks
   */
  record SessionWire(
      String id,
      String kind,
      String user,
      @JsonProperty("created_at") String createdAt,
      @JsonProperty("expires_at") String expiresAt,
      String device,
      String address,
      boolean current) {

    static SessionWire of(OpenLogin open, SignedIn asker) {
      Login login = open.login();
      return new SessionWire(
          Wire.id(login.id()),
          login.kind().name().toLowerCase(Locale.ROOT),
          open.email(),
          Wire.time(login.createdAt()),
          Wire.time(login.expiresAt()),
          open.origin().device(),
          open.origin().address(),
          login.id().equals(asker.login()));
    }
  }

  /**
   * What was done.
   *
   * @param ended how many sessions are no more
   */
  record Ended(int ended) {}

  /** One's own, newest first, or with {@code all=true} everybody's, for administrators. */
  @GetMapping
  ResponseEntity<OkList<SessionWire>> list(
      @RequestParam MultiValueMap<String, String> query, SignedInToken who) {
    ListQuery wanted = ListQuery.of(query, "created_at", "expires_at", "user");
    return OkList.of(
        logins.list(who.getPrincipal(), wanted.all(), wanted.slice()),
        wanted,
        "Sessions",
        open -> SessionWire.of(open, who.signedIn()));
  }

  /** Ends all of one's own but the one that asks. */
  @PostMapping("/end-others")
  Ok<Ended> endOthers(SignedInToken who) {
    return Ok.of(new Ended(logins.revokeOthers(who.signedIn())), "The other sessions have ended");
  }

  /** Ends one of one's own, or any when an administrator asks. */
  @DeleteMapping("/{id}")
  ResponseEntity<Ok<@Nullable Void>> end(
      @PathVariable("id") String id,
      @AuthenticationPrincipal Actor actor,
      HttpServletRequest request) {
    logins.revoke(actor, Wire.inPath(id, "Session"));
    return Gone.answer(request, "The session has ended");
  }
}

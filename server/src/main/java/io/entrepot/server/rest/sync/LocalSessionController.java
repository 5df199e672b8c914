// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.sync;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;
import io.entrepot.server.edge.LocalCallers;
import io.entrepot.server.edge.RequestOrigin;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.identity.LocalSession;
import io.entrepot.server.identity.LoginKind;
import io.entrepot.server.identity.Logins;
import io.entrepot.server.identity.Origin;
import io.entrepot.server.identity.SignIn;
import io.entrepot.server.rest.fields.BodyFields;
import io.entrepot.server.rest.fields.PlainWords;
import io.entrepot.server.settings.EntrepotSettings;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Who is signed in on the machine, for its programs that send no credential. */
@RestController
@RequestMapping("/api/v1/auth/local/session")
class LocalSessionController {

  private static final int LIMIT = 1024;

  private final SignIn signIn;
  private final Logins logins;
  private final LocalSession session;
  private final LocalCallers callers;
  private final Duration life;

  LocalSessionController(
      SignIn signIn,
      Logins logins,
      LocalSession session,
      LocalCallers callers,
      EntrepotSettings settings) {
    this.signIn = signIn;
    this.logins = logins;
    this.session = session;
    this.callers = callers;
    this.life = settings.login().sessionLife();
  }

  /** Somebody who is signed in. */
  record SessionUser(
      @JsonProperty("user_name") String userName,
      @JsonProperty("user_sub") String userSub,
      @JsonProperty("server_url") String serverUrl) {

    static SessionUser of(Actor actor, HttpServletRequest request) {
      return new SessionUser(
          actor.email(), actor.account().toUuid().toString(), ServerUrl.of(request));
    }
  }

  /** Takes {@code user_name} and {@code password}. */
  @PutMapping
  SessionUser begin(
      @RequestBody(required = false) byte @Nullable [] bytes, HttpServletRequest request) {
    if (!callers.isOne(request)) {
      throw new EntrepotException(
          ErrorCode.FORBIDDEN,
          "Only programs on the machine of the server have a session here, where"
              + " entrepot.sync.local-callers is on; send a token in the Authorization header");
    }
    BodyFields body = BodyFields.ofJson(bytes, PlainWords.PLAIN);
    String name = body.requiredName("user_name", LIMIT);
    String password = body.requiredSecret("password", LIMIT);
    body.check();
    Origin origin = RequestOrigin.of(request);
    SignIn.Entered entered =
        signIn
            .enter(name, password, LoginKind.LOCAL, life, origin)
            .orElseThrow(
                () ->
                    new EntrepotException(
                        ErrorCode.UNAUTHENTICATED, "The user name or the password is wrong"));
    session.begin(entered.login().login(), origin);
    return SessionUser.of(entered.account().actor(), request);
  }

  /** Who the caller counts as: by their token or, without one, by the session. */
  @GetMapping
  SessionUser show(@AuthenticationPrincipal Actor actor, HttpServletRequest request) {
    return SessionUser.of(actor, request);
  }

  @DeleteMapping
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void end(@AuthenticationPrincipal Actor actor, HttpServletRequest request) {
    session.end(actor, RequestOrigin.of(request));
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.harvest;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.entrepot.server.edge.RequestOrigin;
import io.entrepot.server.edge.SessionCookie;
import io.entrepot.server.edge.SignedInToken;
import io.entrepot.server.identity.Login;
import io.entrepot.server.identity.LoginKind;
import io.entrepot.server.identity.Logins;
import io.entrepot.server.identity.Origin;
import io.entrepot.server.identity.SignIn;
import io.entrepot.server.settings.EntrepotSettings;
import io.entrepot.server.settings.EntrepotSettings.LoginSettings;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Signing in and out, with a bearer token and with a cookie. */
@RestController
class LoginController {

  private static final String BAD_CREDENTIALS = "LOGIN_BAD_CREDENTIALS";

  private final SignIn signIn;
  private final Logins logins;
  private final LoginSettings settings;
  private final SessionCookie cookie;

  LoginController(SignIn signIn, Logins logins, EntrepotSettings settings, SessionCookie cookie) {
    this.signIn = signIn;
    this.logins = logins;
    this.settings = settings.login();
    this.cookie = cookie;
  }

  /** A bearer token, as OAuth 2 words it. */
  record Token(
      @JsonProperty("access_token") String accessToken,
      @JsonProperty("token_type") String tokenType) {}

  @PostMapping("/auth/jwt/login")
  ResponseEntity<?> token(HttpServletRequest request) throws IOException {
    Optional<Login.Opened> opened = open(request, LoginKind.JWT, settings.tokenLife());
    if (opened.isEmpty()) {
      return Detail.of(BAD_CREDENTIALS);
    }
    return ResponseEntity.ok()
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .body(new Token(opened.get().token(), "bearer"));
  }

  @PostMapping("/auth/jwt/logout")
  ResponseEntity<Void> endToken(SignedInToken who, HttpServletRequest request) {
    logins.end(who.signedIn(), RequestOrigin.of(request));
    return ResponseEntity.noContent().build();
  }

  @PostMapping("/auth/cookie/login")
  ResponseEntity<?> session(HttpServletRequest request) throws IOException {
    Duration life = settings.sessionLife();
    Optional<Login.Opened> opened = open(request, LoginKind.COOKIE, life);
    if (opened.isEmpty()) {
      return Detail.of(BAD_CREDENTIALS);
    }
    return ResponseEntity.noContent()
        .header(HttpHeaders.SET_COOKIE, cookie.of(request, opened.get().token(), life))
        .build();
  }

  @PostMapping("/auth/cookie/logout")
  ResponseEntity<Void> endSession(SignedInToken who, HttpServletRequest request) {
    logins.end(who.signedIn(), RequestOrigin.of(request));
    return ResponseEntity.noContent()
        .header(HttpHeaders.SET_COOKIE, cookie.forgotten(request))
        .build();
  }

  private Optional<Login.Opened> open(HttpServletRequest request, LoginKind kind, Duration life)
      throws IOException {
    LoginForm form = LoginForm.read(request);
    Origin origin = RequestOrigin.of(request);
    return signIn
        .enter(form.username(), form.password(), kind, life, origin)
        .map(SignIn.Entered::login);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.backup;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;
import io.entrepot.server.edge.RequestOrigin;
import io.entrepot.server.edge.SessionCookie;
import io.entrepot.server.edge.SignedInToken;
import io.entrepot.server.identity.Account;
import io.entrepot.server.identity.Accounts;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.identity.Login;
import io.entrepot.server.identity.LoginKind;
import io.entrepot.server.identity.Logins;
import io.entrepot.server.identity.Origin;
import io.entrepot.server.identity.SignIn;
import io.entrepot.server.rest.fields.BodyFields;
import io.entrepot.server.rest.fields.FormText;
import io.entrepot.server.rest.fields.PlainWords;
import io.entrepot.server.settings.EntrepotSettings;
import io.entrepot.server.settings.EntrepotSettings.LoginSettings;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Signing in and out with a cookie, and who one is. */
@RestController
@RequestMapping("/api/auth")
class SignInController {

  private static final int LIMIT = 1024;

  private final SignIn signIn;
  private final Logins logins;
  private final Accounts accounts;
  private final SessionCookie cookie;
  private final LoginSettings settings;

  SignInController(
      SignIn signIn,
      Logins logins,
      Accounts accounts,
      SessionCookie cookie,
      EntrepotSettings settings) {
    this.signIn = signIn;
    this.logins = logins;
    this.accounts = accounts;
    this.cookie = cookie;
    this.settings = settings.login();
  }

  /**
   * Who is signed in.
   *
   * @param expiresAt until when; told when signing in
   */
  record Person(
      PersonWire user,
      @JsonProperty("expires_at") @JsonInclude(JsonInclude.Include.NON_NULL)
          @Nullable String expiresAt) {}

  /** What signing in was sent. */
  private record Sent(String username, String password, boolean remember, BodyFields body) {

    static Sent read(HttpServletRequest request) throws IOException {
      byte[] bytes = request.getInputStream().readAllBytes();
      BodyFields body =
          FormText.isForm(request.getContentType())
              ? BodyFields.ofForm(FormText.fields(bytes), PlainWords.PLAIN)
              : BodyFields.ofJson(bytes, PlainWords.PLAIN);
      boolean byEmail = body.has("email") && !body.has("username");
      Sent sent =
          new Sent(
              body.requiredName(byEmail ? "email" : "username", LIMIT),
              body.requiredSecret("password", LIMIT),
              body.flag("remember_me", false),
              body);
      body.check();
      return sent;
    }

    @Override
    public String toString() {
      return "Sent[username=" + username + ", password=****]";
    }
  }

  /**
   * Takes JSON or a form: {@code username} (or {@code email}), {@code password} and {@code
   * remember_me}.
   */
  @PostMapping("/login")
  ResponseEntity<Ok<Person>> login(HttpServletRequest request) throws IOException {
    Sent sent = Sent.read(request);
    Origin origin = RequestOrigin.of(request);
    Duration life = sent.remember() ? settings.rememberLife() : settings.sessionLife();
    LoginKind kind = sent.remember() ? LoginKind.REMEMBER : LoginKind.COOKIE;
    SignIn.Entered entered =
        signIn
            .enter(sent.username(), sent.password(), kind, life, origin)
            .orElseThrow(
                () ->
                    new EntrepotException(
                        ErrorCode.UNAUTHENTICATED, "The user name or the password is wrong"));
    Account account = entered.account();
    Login.Opened opened = entered.login();
    String set = cookie.of(SessionCookie.BACKUP_NAME, request, opened.token(), life);
    Person person =
        new Person(PersonWire.of(account, account.role()), Wire.time(opened.login().expiresAt()));
    return Ignored.named(ResponseEntity.ok(), sent.body())
        .header(HttpHeaders.SET_COOKIE, set)
        .body(Ok.of(person, "Signed in"));
  }

  @PostMapping("/logout")
  ResponseEntity<Ok<@Nullable Void>> logout(SignedInToken who, HttpServletRequest request) {
    logins.end(who.signedIn(), RequestOrigin.of(request));
    return ResponseEntity.ok()
        .header(
            HttpHeaders.SET_COOKIE,
            cookie.forgotten(SessionCookie.BACKUP_NAME, request),
            cookie.forgotten(SessionCookie.NAME, request))
        .body(Ok.of(null, "Signed out"));
  }

  @GetMapping("/me")
  Ok<Person> me(@AuthenticationPrincipal Actor actor) {
    Account account = accounts.live(actor.account());
    return Ok.of(new Person(PersonWire.of(account, actor.role()), null), "You");
  }
}

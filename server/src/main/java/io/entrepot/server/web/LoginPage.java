// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;
import io.entrepot.base.RetryLaterException;
import io.entrepot.server.edge.RequestOrigin;
import io.entrepot.server.edge.SessionCookie;
import io.entrepot.server.edge.SignedInToken;
import io.entrepot.server.identity.LoginKind;
import io.entrepot.server.identity.Logins;
import io.entrepot.server.identity.Origin;
import io.entrepot.server.identity.SignIn;
import io.entrepot.server.openid.OpenId;
import io.entrepot.server.settings.EntrepotSettings;
import io.entrepot.server.settings.EntrepotSettings.LoginSettings;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Signing in and out. */
@Controller
final class LoginPage {

  private static final String VIEW = "login";

  private final SignIn signIn;
  private final Logins logins;
  private final SessionCookie cookie;
  private final OpenId openId;
  private final LoginSettings settings;

  LoginPage(
      SignIn signIn,
      Logins logins,
      SessionCookie cookie,
      OpenId openId,
      EntrepotSettings settings) {
    this.openId = openId;
    this.signIn = signIn;
    this.logins = logins;
    this.cookie = cookie;
    this.settings = settings.login();
  }

  @GetMapping("/ui/login")
  String show(
      @RequestParam(name = "next", defaultValue = "") String next,
      @RequestParam(name = "left", defaultValue = "false") boolean left,
      Model model) {
    model.addAttribute("left", left);
    return form(model, next, "", "");
  }

  @PostMapping("/ui/login")
  String enter(
      @RequestParam(name = "email", defaultValue = "") String email,
      @RequestParam(name = "password", defaultValue = "") String password,
      @RequestParam(name = "next", defaultValue = "") String next,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    Origin origin = RequestOrigin.of(request);
    Duration life = settings.sessionLife();
    Optional<SignIn.Entered> entered;
    try {
      entered = signIn.enter(email.strip(), password, LoginKind.COOKIE, life, origin);
    } catch (RetryLaterException e) {
      response.setStatus(HttpStatus.TOO_MANY_REQUESTS.value());
      return form(model, next, email, String.valueOf(e.getMessage()));
    } catch (EntrepotException e) {
      if (e.code() != ErrorCode.FORBIDDEN) {
        throw e;
      }
      response.setStatus(HttpStatus.FORBIDDEN.value());
      return form(model, next, email, String.valueOf(e.getMessage()));
    }
    if (entered.isEmpty()) {
      response.setStatus(HttpStatus.BAD_REQUEST.value());
      return form(
          model,
          next,
          email,
          "No account has this address and password. Check both and try again.");
    }
    String token = entered.get().login().token();
    response.addHeader(HttpHeaders.SET_COOKIE, cookie.of(request, token, life));
    return "redirect:" + LocalPath.of(next);
  }

  @PostMapping("/ui/logout")
  String leave(SignedInToken who, HttpServletRequest request, HttpServletResponse response) {
    logins.end(who.signedIn(), RequestOrigin.of(request));
    response.addHeader(HttpHeaders.SET_COOKIE, cookie.forgotten(request));
    return "redirect:/ui/login" + (openId.isOn() ? "?left=true" : "");
  }

  private String form(Model model, String next, String email, String problem) {
    model.addAttribute("next", next);
    model.addAttribute("email", email);
    model.addAttribute("problem", problem);
    model.addAttribute("local", settings.localAccounts());
    model.addAttribute("provider", openId.isOn() ? openId.name() : "");
    return VIEW;
  }
}

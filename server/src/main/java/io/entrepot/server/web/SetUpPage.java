// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import io.entrepot.base.EntrepotException;
import io.entrepot.server.edge.RequestOrigin;
import io.entrepot.server.edge.SessionCookie;
import io.entrepot.server.identity.Account;
import io.entrepot.server.identity.BadTokenException;
import io.entrepot.server.identity.EmailAddress;
import io.entrepot.server.identity.FirstAdministrator;
import io.entrepot.server.identity.Login;
import io.entrepot.server.identity.LoginKind;
import io.entrepot.server.identity.Logins;
import io.entrepot.server.identity.Origin;
import io.entrepot.server.settings.EntrepotSettings;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The first run: whoever holds the link from the console becomes the administrator, and is in. */
@Controller
final class SetUpPage {

  private static final String VIEW = "set-up";

  private final FirstAdministrator first;
  private final Logins logins;
  private final SessionCookie cookie;
  private final Duration life;

  SetUpPage(
      FirstAdministrator first, Logins logins, SessionCookie cookie, EntrepotSettings settings) {
    this.first = first;
    this.logins = logins;
    this.cookie = cookie;
    this.life = settings.login().sessionLife();
  }

  @GetMapping("/ui/setup/{token}")
  String show(@PathVariable String token, Model model) {
    if (!first.isMissing()) {
      return "redirect:/ui/login";
    }
    return form(model, token, "", "", "");
  }

  @PostMapping("/ui/setup/{token}")
  String make(
      @PathVariable String token,
      @RequestParam(name = "email", defaultValue = "") String email,
      @RequestParam(name = "password", defaultValue = "") String password,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    String address = email.strip();
    if (!EmailAddress.isOne(address)) {
      response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
      return form(model, token, email, EmailAddress.SHAPE, "");
    }
    try {
      Origin origin = RequestOrigin.of(request);
      Account made = first.complete(token, address, password, origin);
      Login.Opened opened = logins.open(made, LoginKind.COOKIE, life, origin);
      response.addHeader(HttpHeaders.SET_COOKIE, cookie.of(request, opened.token(), life));
    } catch (BadTokenException e) {
      throw e;
    } catch (EntrepotException e) {
      response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
      return form(model, token, email, "", String.valueOf(e.getMessage()));
    }
    return "redirect:/ui/";
  }

  private static String form(
      Model model, String token, String email, String emailProblem, String passwordProblem) {
    model.addAttribute("token", token);
    model.addAttribute("email", email);
    model.addAttribute("emailProblem", emailProblem);
    model.addAttribute("passwordProblem", passwordProblem);
    return VIEW;
  }
}

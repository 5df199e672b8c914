// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.FieldProblem;
import io.entrepot.base.InvalidFieldsException;
import io.entrepot.server.edge.RequestOrigin;
import io.entrepot.server.edge.SignedInToken;
import io.entrepot.server.identity.Account;
import io.entrepot.server.identity.AccountChange;
import io.entrepot.server.identity.Accounts;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.identity.Origin;
import io.entrepot.server.identity.SignIn;
import io.entrepot.server.identity.WeakPasswordException;
import io.entrepot.server.settings.EntrepotSettings;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** One's own account: the password is changed here. */
@Controller
final class OwnAccountPage {

  private static final String ADDRESS = "/ui/account";
  private static final String PRESENT = "present";
  private static final String PASSWORD = "password";

  private final Accounts accounts;
  private final SignIn signIn;
  private final boolean local;
  private final Words words;

  OwnAccountPage(Accounts accounts, SignIn signIn, EntrepotSettings settings, Words words) {
    this.accounts = accounts;
    this.signIn = signIn;
    this.local = settings.login().localAccounts();
    this.words = words;
  }

  @GetMapping(ADDRESS)
  String show(@AuthenticationPrincipal Actor actor, Model model) {
    return form(model, actor, Form.of(Map.of()));
  }

  /**
   * Whoever finds a browser open cannot take the account over: the present password is asked for,
   * and guessing it is slowed down as at the sign-in page. One stays signed in here alone.
   */
  @PostMapping(ADDRESS)
  String change(
      @RequestParam MultiValueMap<String, String> parameters,
      SignedInToken who,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    Form form = Form.sent(parameters);
    Actor actor = who.getPrincipal();
    try {
      change(form, who, RequestOrigin.of(request));
      return Done.PASSWORD.at(ADDRESS);
    } catch (EntrepotException e) {
      response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
      // Nothing that was typed goes back.
      return form(model, actor, Form.of(Map.of()).refused(atField(e), PRESENT, PASSWORD));
    }
  }

  private void change(Form form, SignedInToken who, Origin origin) {
    Actor actor = who.getPrincipal();
    form.required(PRESENT);
    form.required(PASSWORD);
    if (!signIn.isPassword(actor.email(), form.value(PRESENT), origin)) {
      throw new InvalidFieldsException(
          FieldProblem.of(PRESENT, "wrong", "This is not your present password.", null));
    }
    accounts.update(
        actor,
        actor.account(),
        AccountChange.ofOneself(null, form.value(PASSWORD)),
        who.signedIn().login());
  }

  private static EntrepotException atField(EntrepotException why) {
    return why instanceof WeakPasswordException
        ? new InvalidFieldsException(
            FieldProblem.of(PASSWORD, "weak", String.valueOf(why.getMessage()), null))
        : why;
  }

  private String form(Model model, Actor actor, Form form) {
    Account account = accounts.live(actor.account());
    model.addAttribute("email", account.email());
    model.addAttribute("role", PersonForm.name(account.role()));
    model.addAttribute("since", words.moment(account.createdAt()));
    model.addAttribute("local", local);
    model.addAttribute("form", form);
    model.addAttribute("call", ApiCall.ownPassword());
    return "own-account";
  }
}

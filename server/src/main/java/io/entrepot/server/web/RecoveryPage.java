// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.RetryLaterException;
import io.entrepot.server.edge.RequestOrigin;
import io.entrepot.server.identity.AccountRecovery;
import io.entrepot.server.identity.BadTokenException;
import io.entrepot.server.identity.LocalAccounts;
import io.entrepot.server.identity.WeakPasswordException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Ways back in for whoever owns the address, and where the links in mails lead. */
@Controller
@RequestMapping("/ui/recovery")
final class RecoveryPage {

  private static final String VIEW = "recovery";

  private final AccountRecovery recovery;
  private final LocalAccounts local;

  RecoveryPage(AccountRecovery recovery, LocalAccounts local) {
    this.recovery = recovery;
    this.local = local;
  }

  /** What the page asks for. */
  enum Step {
    ADDRESS,
    ASKED,
    PASSWORD,
    VERIFY,
    DONE
  }

  /** Says where else to sign in, where there is no password to forget. */
  @GetMapping
  String show(Model model) {
    local.require();
    return page(model, Step.ADDRESS, "", "");
  }

  /** Says the same whether there is such an account or not. */
  @PostMapping
  String ask(
      @RequestParam(name = "email", defaultValue = "") String email,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    try {
      recovery.forgot(email.strip(), RequestOrigin.of(request));
      return page(model, Step.ASKED, "", "");
    } catch (RetryLaterException e) {
      response.setStatus(HttpStatus.TOO_MANY_REQUESTS.value());
      return page(model, Step.ADDRESS, "", String.valueOf(e.getMessage()));
    }
  }

  @GetMapping("/password")
  String password(@RequestParam(name = "token", defaultValue = "") String token, Model model) {
    return page(model, Step.PASSWORD, token, "");
  }

  @PostMapping("/password")
  String reset(
      @RequestParam(name = "token", defaultValue = "") String token,
      @RequestParam(name = "password", defaultValue = "") String password,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    try {
      recovery.reset(token, password, RequestOrigin.of(request));
      return page(model, Step.DONE, "", "");
    } catch (BadTokenException | WeakPasswordException e) {
      return refused(model, Step.PASSWORD, token, e, response);
    }
  }

  @GetMapping("/address")
  String address(@RequestParam(name = "token", defaultValue = "") String token, Model model) {
    return page(model, Step.VERIFY, token, "");
  }

  @PostMapping("/address")
  String verify(
      @RequestParam(name = "token", defaultValue = "") String token,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    try {
      recovery.verify(token, RequestOrigin.of(request));
      return page(model, Step.DONE, "", "");
    } catch (EntrepotException e) {
      return refused(model, Step.VERIFY, token, e, response);
    }
  }

  private static String refused(
      Model model, Step step, String token, EntrepotException why, HttpServletResponse response) {
    response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
    return page(model, step, token, String.valueOf(why.getMessage()));
  }

  private static String page(Model model, Step step, String token, String problem) {
    model.addAttribute("step", step.name());
    model.addAttribute("token", token);
    model.addAttribute("problem", problem);
    return VIEW;
  }
}

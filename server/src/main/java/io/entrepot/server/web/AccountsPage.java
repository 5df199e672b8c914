// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.Id;
import io.entrepot.base.InvalidFieldsException;
import io.entrepot.server.harvest.instruments.Instruments;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.places.ServiceAccount;
import io.entrepot.server.places.ServiceAccounts;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The service accounts: who the server signs in as elsewhere. Secrets go in and never out. */
@Controller
@RequestMapping("/ui/accounts")
final class AccountsPage {

  private final ServiceAccounts accounts;
  private final Instruments instruments;
  private final Deletions deletions;
  private final Words words;

  AccountsPage(
      ServiceAccounts accounts, Instruments instruments, Deletions deletions, Words words) {
    this.accounts = accounts;
    this.instruments = instruments;
    this.deletions = deletions;
    this.words = words;
  }

  /** A service account in the list. */
  record Row(String id, String name, String username, String signsInWith, Moment changed) {}

  @GetMapping
  String list(@RequestParam(name = "deleted", defaultValue = "") String deleted, Model model) {
    model.addAttribute("rows", accounts.list(false).stream().map(this::row).toList());
    deletions.shelve(model, Room.ACCOUNTS, deleted);
    return "accounts";
  }

  private Row row(ServiceAccount account) {
    return new Row(
        PageIds.text(account.id()),
        account.name(),
        account.username(),
        switch (account.authType()) {
          case PASSWORD -> "a password";
          case SSH_KEY -> "an SSH key";
          case KEYTAB -> "a keytab";
        },
        words.moment(account.updatedAt()));
  }

  @GetMapping("/new")
  String fresh(Model model) {
    return form(model, null, AccountForm.fresh());
  }

  @PostMapping
  String create(
      @RequestParam MultiValueMap<String, String> parameters,
      @AuthenticationPrincipal Actor actor,
      HttpServletResponse response,
      Model model) {
    Form sent = Form.sent(parameters);
    try {
      accounts.create(actor, AccountForm.draft(sent, null));
      return Done.ADDED.at("/ui/accounts");
    } catch (EntrepotException e) {
      return refused(model, null, sent, e, response);
    }
  }

  @GetMapping("/{id}")
  String show(@PathVariable String id, Model model) {
    ServiceAccount account = live(id);
    return form(model, account, AccountForm.of(account));
  }

  @PostMapping("/{id}")
  String update(
      @PathVariable String id,
      @RequestParam MultiValueMap<String, String> parameters,
      @AuthenticationPrincipal Actor actor,
      HttpServletResponse response,
      Model model) {
    ServiceAccount old = live(id);
    Form sent = Form.sent(parameters);
    try {
      sent.mustHaveShown(AccountForm.of(old));
      accounts.update(actor, old.id(), now -> AccountForm.draft(sent, now));
      return Done.SAVED.at("/ui/accounts");
    } catch (EntrepotException e) {
      return refused(model, old, sent, e, response);
    }
  }

  private ServiceAccount live(String id) {
    return accounts.live(PageIds.of(id, "Service account"));
  }

  private String refused(
      Model model,
      @Nullable ServiceAccount account,
      Form sent,
      EntrepotException why,
      HttpServletResponse response) {
    response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
    return form(model, account, AccountForm.withoutSecrets(sent).refused(why, AccountForm.FIELDS));
  }

  private String form(Model model, @Nullable ServiceAccount account, Form form) {
    model.addAttribute("row", account == null ? null : row(account));
    model.addAttribute("form", form);
    model.addAttribute("kinds", AccountForm.kinds(form));
    model.addAttribute(
        "used", account == null ? List.of() : instruments.namesUsingAccount(account.id()));
    model.addAttribute(
        "hostKey",
        account == null
            ? ""
            : accounts.hostKey(account.id()).map(HostKeys::fingerprint).orElse(""));
    model.addAttribute("call", call(account, form));
    return "account";
  }

  private static String call(@Nullable ServiceAccount account, Form form) {
    Form whole = form.filled("name", "…").filled("username", "…");
    Id id = account == null ? null : account.id();
    try {
      return ApiCall.account(
          id, AccountForm.draft(whole, account == null ? null : account.settings()));
    } catch (InvalidFieldsException _) {
      return ApiCall.unfinished("service-accounts", id);
    }
  }
}

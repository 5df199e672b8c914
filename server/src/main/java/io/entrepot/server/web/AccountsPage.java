// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import io.entrepot.base.EntrepotException;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.places.AccountSecret;
import io.entrepot.server.places.AuthType;
import io.entrepot.server.places.ServiceAccountDraft;
import io.entrepot.server.places.ServiceAccounts;
import jakarta.servlet.http.HttpServletResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The service accounts: who the server signs in as elsewhere. Secrets go in and never out. */
@Controller
@RequestMapping("/ui/accounts")
final class AccountsPage {

  private static final String[] FIELDS = {"name", "username"};
  private static final List<String> SECRETS = List.of("password", "private_key", "passphrase");

  private final ServiceAccounts accounts;
  private final Words words;

  AccountsPage(ServiceAccounts accounts, Words words) {
    this.accounts = accounts;
    this.words = words;
  }

  /** A service account in the list. */
  record Row(String name, String username, String signsInWith, Moment changed) {}

  @GetMapping
  String list(Model model) {
    return page(model, Form.of(Map.of("auth_type", "password")));
  }

  @PostMapping
  String create(
      @RequestParam MultiValueMap<String, String> parameters,
      @AuthenticationPrincipal Actor actor,
      HttpServletResponse response,
      Model model) {
    Form sent = Form.sent(parameters);
    try {
      accounts.create(actor, draft(sent));
      return "redirect:/ui/accounts";
    } catch (EntrepotException e) {
      response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
      return page(model, withoutSecrets(sent).refused(e, FIELDS));
    }
  }

  private static ServiceAccountDraft draft(Form form) {
    boolean key = form.value("auth_type").equals("ssh_key");
    return new ServiceAccountDraft(
        form.required("name"),
        form.required("username"),
        null,
        key ? AuthType.SSH_KEY : AuthType.PASSWORD,
        new AccountSecret(
            key ? null : form.value("password"),
            key ? form.value("private_key").replace("\r\n", "\n") : null,
            key ? form.text("passphrase") : null,
            form.text("host_key")));
  }

  private static Form withoutSecrets(Form form) {
    Map<String, String> values = new HashMap<>(form.values());
    SECRETS.forEach(values::remove);
    return Form.of(values);
  }

  private String page(Model model, Form form) {
    model.addAttribute(
        "rows",
        accounts.list(false).stream()
            .map(
                one ->
                    new Row(
                        one.name(),
                        one.username(),
                        switch (one.authType()) {
                          case PASSWORD -> "a password";
                          case SSH_KEY -> "an SSH key";
                          case KEYTAB -> "a keytab";
                        },
                        words.moment(one.updatedAt())))
            .toList());
    model.addAttribute("form", form);
    model.addAttribute(
        "kinds",
        List.of(new Form.Option("password", "Password"), new Form.Option("ssh_key", "SSH key")));
    model.addAttribute("call", Twin.account(form));
    return "accounts";
  }
}

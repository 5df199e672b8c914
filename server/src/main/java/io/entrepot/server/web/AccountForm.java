// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import io.entrepot.server.places.AccountSecret;
import io.entrepot.server.places.AuthType;
import io.entrepot.server.places.ServiceAccount;
import io.entrepot.server.places.ServiceAccountDraft;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A service account as a form, and back. What is secret is never in it. */
final class AccountForm {

  static final String[] FIELDS = {"name", "username"};

  private static final List<Form.Option> KINDS =
      List.of(new Form.Option("password", "Password"), new Form.Option("ssh_key", "SSH key"));

  /** Only for accounts that have one: it is set over the API. */
  private static final Form.Option KEYTAB = new Form.Option("keytab", "Keytab");

  private static final List<String> SECRETS =
      List.of("password", "private_key", "passphrase", "host_key");

  private AccountForm() {}

  static Form fresh() {
    return Form.of(Map.of("auth_type", "password"));
  }

  static Form of(ServiceAccount account) {
    return Form.of(
        Map.of(
            "name", account.name(),
            "username", account.username(),
            "auth_type", account.authType().word()));
  }

  static List<Form.Option> kinds(Form form) {
    return form.value("auth_type").equals(KEYTAB.value())
        ? List.of(KINDS.getFirst(), KINDS.getLast(), KEYTAB)
        : KINDS;
  }

  static Form withoutSecrets(Form form) {
    Map<String, String> values = new HashMap<>(form.values());
    SECRETS.forEach(values::remove);
    return Form.of(values);
  }

  /**
   * Secrets that were left empty keep what is stored.
   *
   * @param old what is changed; null for a new one
   */
  static ServiceAccountDraft draft(Form form, @Nullable ServiceAccount old) {
    AuthType type =
        switch (form.value("auth_type")) {
          case "ssh_key" -> AuthType.SSH_KEY;
          case "keytab" -> AuthType.KEYTAB;
          default -> AuthType.PASSWORD;
        };
    boolean key = type == AuthType.SSH_KEY;
    String privateKey = form.text("private_key");
    String password = form.value("password");
    return new ServiceAccountDraft(
        form.required("name"),
        form.required("username"),
        old == null ? null : old.domain(),
        type,
        new AccountSecret(
            key || password.isEmpty() ? null : password,
            key && privateKey != null ? privateKey.replace("\r\n", "\n") + "\n" : null,
            key ? form.text("passphrase") : null,
            form.text("host_key")));
  }
}

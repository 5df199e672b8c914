// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import io.entrepot.server.places.AccountSecret;
import io.entrepot.server.places.AuthType;
import io.entrepot.server.places.ServiceAccount;
import io.entrepot.server.places.ServiceAccountDraft;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A service account as a form, and back. What is secret is never in it. */
final class AccountForm {

  static final String[] FIELDS = {"name", "username", "domain", "host_key"};

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
            "domain", Objects.requireNonNullElse(account.domain(), ""),
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
   * @param old what is changed; null for a new one
   */
  static ServiceAccountDraft draft(Form form, @Nullable ServiceAccountDraft old) {
    AuthType type =
        switch (form.value("auth_type")) {
          case "ssh_key" -> AuthType.SSH_KEY;
          case "keytab" -> AuthType.KEYTAB;
          default -> AuthType.PASSWORD;
        };
    return new ServiceAccountDraft(
        form.required("name"),
        form.required("username"),
        form.text("domain"),
        type,
        stored -> secret(form, type, stored));
  }

  /**
   * Secrets that were left empty keep what is stored. A passphrase belongs to its key: a new key
   * without one has none.
   */
  private static AccountSecret secret(Form form, AuthType type, AccountSecret stored) {
    boolean byKey = type == AuthType.SSH_KEY;
    String key = byKey ? form.text("private_key") : null;
    String phrase = byKey ? form.text("passphrase") : null;
    String password = form.value("password");
    String hostKey = form.text("host_key");
    return new AccountSecret(
        byKey || password.isEmpty() ? stored.password() : password,
        key == null ? stored.privateKey() : key.replace("\r\n", "\n") + "\n",
        key == null && phrase == null ? stored.passphrase() : phrase,
        form.flag("forget_host_key") || hostKey != null ? hostKey : stored.hostKey());
  }
}

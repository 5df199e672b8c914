// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.FieldProblem;
import io.entrepot.base.InvalidFieldsException;
import io.entrepot.server.identity.Account;
import io.entrepot.server.identity.AccountChange;
import io.entrepot.server.identity.EmailAddress;
import io.entrepot.server.identity.EmailTakenException;
import io.entrepot.server.identity.NewAccount;
import io.entrepot.server.identity.Role;
import io.entrepot.server.identity.WeakPasswordException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** An account of a person as a form, and back. The password is never in it. */
final class PersonForm {

  private static final String[] FIELDS = {"email", "password", "role"};

  private static final List<Form.Option> ROLES =
      List.of(
          new Form.Option(word(Role.STANDARD), name(Role.STANDARD)),
          new Form.Option(word(Role.ADMIN), name(Role.ADMIN)));

  private PersonForm() {}

  static Form fresh() {
    return Form.of(Map.of("role", word(Role.STANDARD), "active", "true"));
  }

  static Form of(Account account) {
    return Form.of(
        Map.of(
            "email", account.email(),
            "role", word(account.role()),
            "active", String.valueOf(account.active())));
  }

  /** The middle role is offered only to whom it was given elsewhere. */
  static List<Form.Option> roles(Form form) {
    if (!form.value("role").equals(word(Role.EMPLOYEE))) {
      return ROLES;
    }
    List<Form.Option> all = new ArrayList<>(ROLES);
    all.add(1, new Form.Option(word(Role.EMPLOYEE), name(Role.EMPLOYEE)));
    return all;
  }

  static String name(Role role) {
    return switch (role) {
      case ADMIN -> "Administrator";
      case EMPLOYEE -> "Employee";
      case STANDARD -> "User";
    };
  }

  private static String word(Role role) {
    return role.name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws InvalidFieldsException when the address is none, or a field is empty
   */
  static NewAccount draft(Form form) {
    return new NewAccount(email(form), secret(form), role(form));
  }

  /** An empty password keeps the present one. */
  static AccountChange change(Form form) {
    return new AccountChange(
        email(form),
        form.value("password").isEmpty() ? null : secret(form),
        role(form),
        form.flag("active"),
        null);
  }

  private static String email(Form form) {
    String email = form.required("email");
    if (!EmailAddress.isOne(email)) {
      throw new InvalidFieldsException(
          FieldProblem.of("email", "email", "An address looks like name@example.org.", email));
    }
    return email;
  }

  /** As it was typed: space around it belongs to it. */
  private static String secret(Form form) {
    form.required("password");
    return form.value("password");
  }

  private static Role role(Form form) {
    return Arrays.stream(Role.values())
        .filter(role -> word(role).equals(form.value("role")))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidFieldsException(
                    FieldProblem.of("role", "missing_choice", "Choose one.", null)));
  }

  /** The form as it is shown again, without the password. */
  static Form refused(Form form, EntrepotException why) {
    Map<String, String> values = new HashMap<>(form.values());
    values.remove("password");
    return Form.of(values).refused(atField(why), FIELDS);
  }

  private static EntrepotException atField(EntrepotException why) {
    String message = String.valueOf(why.getMessage());
    return switch (why) {
      case WeakPasswordException _ ->
          new InvalidFieldsException(FieldProblem.of("password", "weak", message, null));
      case EmailTakenException _ ->
          new InvalidFieldsException(FieldProblem.of("email", "taken", message, null));
      default -> why;
    };
  }
}

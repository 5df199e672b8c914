// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.harvest;

import io.entrepot.base.FieldProblem;
import io.entrepot.base.InvalidFieldsException;
import io.entrepot.server.rest.fields.FormText;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the login doors are sent: a form, in the body and nowhere else, so that no password stands
 * in an address.
 */
record LoginForm(String username, String password) {

  /**
   * @throws InvalidFieldsException naming the fields that are missing, which is all of them when
   *     the body is no form
   */
  static LoginForm read(HttpServletRequest request) throws IOException {
    Map<String, String> fields = fields(request);
    List<FieldProblem> problems = new ArrayList<>();
    String grant = fields.getOrDefault("grant_type", "");
    if (!grant.isEmpty() && !grant.equals("password")) {
      problems.add(
          new FieldProblem(
              List.of("grant_type"),
              "string_pattern_mismatch",
              "String should match pattern '^password$'",
              grant,
              Map.of("pattern", "^password$")));
    }
    for (String name : List.of("username", "password")) {
      if (!fields.containsKey(name)) {
        problems.add(FieldProblem.missingIn(fields, name));
      } else if (fields.getOrDefault(name, "").indexOf('\0') >= 0) {
        problems.add(Wording.HARVEST.unusable(name, "the character NUL is not allowed", null));
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidFieldsException(problems);
    }
    return new LoginForm(fields.getOrDefault("username", ""), fields.getOrDefault("password", ""));
  }

  private static Map<String, String> fields(HttpServletRequest request) throws IOException {
    return FormText.isForm(request.getContentType())
        ? FormText.fields(request.getInputStream().readAllBytes())
        : Map.of();
  }

  @Override
  public String toString() {
    return "LoginForm[username=" + username + ", password=****]";
  }
}

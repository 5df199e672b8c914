// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.harvest;

import io.entrepot.base.FieldProblem;
import io.entrepot.base.InvalidFieldsException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the login doors are sent: a form, in the body and nowhere else, so that no password stands
 * in an address.
 */
record LoginForm(String username, String password) {

  private static final String TYPE = "application/x-www-form-urlencoded";

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
        problems.add(FieldProblem.missing(name));
      } else if (fields.getOrDefault(name, "").indexOf('\0') >= 0) {
        problems.add(Wording.valueError(name, "the character NUL is not allowed", null));
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidFieldsException(problems);
    }
    return new LoginForm(fields.getOrDefault("username", ""), fields.getOrDefault("password", ""));
  }

  private static Map<String, String> fields(HttpServletRequest request) throws IOException {
    String type = request.getContentType();
    if (type == null || !type.split(";", 2)[0].strip().equalsIgnoreCase(TYPE)) {
      return Map.of();
    }
    String body = new String(request.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Map<String, String> fields = new HashMap<>();
    for (String pair : body.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        fields.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
      }
    }
    return fields;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      throw new InvalidFieldsException(
          new FieldProblem(
              List.of(),
              "value_error",
              "Value error, a percent sign is not followed by two hex digits",
              null,
              Map.of()));
    }
  }

  @Override
  public String toString() {
    return "LoginForm[username=" + username + ", password=****]";
  }
}

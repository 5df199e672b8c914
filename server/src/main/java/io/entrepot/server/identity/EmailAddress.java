// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.identity;

import io.entrepot.base.FieldProblem;
import io.entrepot.base.InvalidFieldsException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What an e-mail address is. Domains of an intranet are as good as any. */
public final class EmailAddress {

  /** The longest address that mail can carry (RFC 5321 4.5.3.1.3, less the angle brackets). */
  public static final int LIMIT = 254;

  /** For a person. */
  public static final String SHAPE = "An email address looks like name@example.org.";

  private static final Pattern PATTERN =
      Pattern.compile(
          "[\\p{L}\\p{N}!#$%&'*+/=?^_`{|}~-]+(\\.[\\p{L}\\p{N}!#$%&'*+/=?^_`{|}~-]+)*"
              + "@[\\p{L}\\p{N}]([\\p{L}\\p{N}-]*[\\p{L}\\p{N}])?"
              + "(\\.[\\p{L}\\p{N}]([\\p{L}\\p{N}-]*[\\p{L}\\p{N}])?)*");

  private EmailAddress() {}

  public static boolean isOne(String text) {
    return text.length() <= LIMIT && PATTERN.matcher(text).matches();
  }

  /** What is to be said of a field that holds none. */
  public static FieldProblem problem(String field, String text) {
    return new FieldProblem(
        List.of(field),
        "value_error",
        "value is not a valid email address: " + SHAPE,
        text,
        Map.of("reason", SHAPE));
  }

  static String checked(String text) {
    if (!isOne(text)) {
      throw new InvalidFieldsException(problem("email", text));
    }
    return text;
  }
}

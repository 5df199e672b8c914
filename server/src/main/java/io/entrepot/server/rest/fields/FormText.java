// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.fields;

import io.entrepot.base.FieldProblem;
import io.entrepot.base.InvalidFieldsException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns the bytes of a form into its fields; of a field sent twice the last one counts. */
public final class FormText {

  private static final String TYPE = "application/x-www-form-urlencoded";

  private FormText() {}

  public static boolean isForm(@Nullable String contentType) {
    return contentType != null && contentType.split(";", 2)[0].strip().equalsIgnoreCase(TYPE);
  }

  /**
   * @throws InvalidFieldsException when an escape is broken
   */
  public static Map<String, String> fields(byte[] bytes) {
    Map<String, String> fields = new HashMap<>();
    for (String pair : new String(bytes, StandardCharsets.UTF_8).split("&", -1)) {
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
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.backup;

import io.entrepot.base.FieldProblem;
import io.entrepot.base.FieldProblem.Place;
import io.entrepot.base.InvalidFieldsException;
import io.entrepot.server.database.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a request asks of a list: {@code limit}, {@code offset} (or {@code skip}), and whether it is
 * of {@code all} people or of oneself alone.
 */
record ListQuery(int limit, int offset, boolean all) {

  private static final int LIMIT = 100;
  private static final int MOST = 1000;

  /**
   * @throws InvalidFieldsException naming the keys whose value cannot be used
   */
  static ListQuery of(Map<String, List<String>> keys) {
    List<FieldProblem> problems = new ArrayList<>();
    String offset = keys.containsKey("offset") ? "offset" : "skip";
    ListQuery query =
        new ListQuery(
            number(keys, "limit", LIMIT, 1, MOST, problems),
            number(keys, offset, 0, 0, Integer.MAX_VALUE, problems),
            flag(keys, "all", problems));
    if (!problems.isEmpty()) {
      throw new InvalidFieldsException(problems);
    }
    return query;
  }

  private static @Nullable String last(Map<String, List<String>> keys, String name) {
    List<String> values = keys.get(name);
    return values == null || values.isEmpty() ? null : values.getLast();
  }

  private static int number(
      Map<String, List<String>> keys,
      String name,
      int absent,
      int least,
      int most,
      List<FieldProblem> problems) {
    String text = last(keys, name);
    try {
      int number = text == null ? absent : Integer.parseInt(text.strip());
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException _) {
      // Told below, as a number out of bounds is.
    }
    String message = "This has to be a whole number from " + least + " to " + most + ".";
    problems.add(FieldProblem.of(name, "int_parsing", message, text).in(Place.QUERY));
    return absent;
  }

  private static boolean flag(
      Map<String, List<String>> keys, String name, List<FieldProblem> problems) {
    String text = last(keys, name);
    if (text != null && !text.equals("true") && !text.equals("false")) {
      problems.add(
          FieldProblem.of(name, "bool_parsing", "This has to be true or false.", text)
              .in(Place.QUERY));
    }
    return "true".equals(text);
  }

  Slice slice() {
    return new Slice(offset, limit, false);
  }
}

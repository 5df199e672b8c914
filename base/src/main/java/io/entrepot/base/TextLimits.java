// SPDX-License-Identifier: Apache-2.0
package io.entrepot.base;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Holds texts against what their columns take and collects what is too much, so that somebody is
 * told which field it is before a database refuses the row. Null is never too much.
 */
public final class TextLimits {

  /** Of what stands on one line, in characters. */
  public static final int LINE = 255;

  /** Of a folder or a file on a server. */
  public static final int PATH = 1024;

  /** Of what is told in sentences. */
  public static final int PROSE = 10_000;

  private final List<FieldProblem> problems = new ArrayList<>();

  public TextLimits line(String field, @Nullable String text) {
    return atMost(field, text, LINE);
  }

  public TextLimits path(String field, @Nullable String text) {
    return atMost(field, text, PATH);
  }

  public TextLimits prose(String field, @Nullable String text) {
    return atMost(field, text, PROSE);
  }

  public TextLimits atMost(String field, @Nullable String text, int limit) {
    if (text != null && text.codePointCount(0, text.length()) > limit) {
      problems.add(tooLong(field, text, limit));
    }
    if (text != null && text.indexOf('\0') >= 0) {
      problems.add(FieldProblem.of(field, "value_error", "The character NUL is not allowed", text));
    }
    return this;
  }

  /** The problem of a text that has more characters than it may. */
  public static FieldProblem tooLong(String field, @Nullable String text, int limit) {
    return new FieldProblem(
        List.of(field),
        "string_too_long",
        "String should have at most " + limit + " characters",
        text,
        Map.of("max_length", limit));
  }

  /**
   * @throws InvalidFieldsException naming everything that is too much
   */
  public void check() {
    if (!problems.isEmpty()) {
      throw new InvalidFieldsException(problems);
    }
  }
}

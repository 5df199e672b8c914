// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.harvest;

import io.entrepot.base.FieldProblem;
import io.entrepot.base.UuidText;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The family's words for what is wrong with a value. */
final class Wording {

  static final String STRING = "Input should be a valid string";
  static final String BOOL = "Input should be a valid boolean";
  static final String INT = "Input should be a valid integer";
  static final String UUID_WANTED = "Input should be a valid UUID";

  private Wording() {}

  static Optional<FieldProblem> textProblem(String name, String text, int limit) {
    if (text.codePointCount(0, text.length()) > limit) {
      String message = "String should have at most " + limit + " characters";
      return Optional.of(
          new FieldProblem(
              List.of(name), "string_too_long", message, text, Map.of("max_length", limit)));
    }
    if (text.indexOf('\0') >= 0) {
      return Optional.of(valueError(name, "the character NUL is not allowed", text));
    }
    return Optional.empty();
  }

  static FieldProblem tooShort(String name) {
    return new FieldProblem(
        List.of(name),
        "string_too_short",
        "String should have at least 1 character",
        "",
        Map.of("min_length", 1));
  }

  static FieldProblem valueError(String name, String reason, @Nullable Object input) {
    return new FieldProblem(
        List.of(name), "value_error", "Value error, " + reason, input, Map.of("reason", reason));
  }

  static Optional<FieldProblem> rangeProblem(String name, long number, long least, long most) {
    if (number < least) {
      String message = "Input should be greater than or equal to " + least;
      return Optional.of(
          new FieldProblem(
              List.of(name), "greater_than_equal", message, number, Map.of("ge", least)));
    }
    if (number > most) {
      String message = "Input should be less than or equal to " + most;
      return Optional.of(
          new FieldProblem(List.of(name), "less_than_equal", message, number, Map.of("le", most)));
    }
    return Optional.empty();
  }

  static @Nullable UUID uuidOrNull(String text) {
    return UuidText.parse(text).orElse(null);
  }

  static FieldProblem notUuid(String name, Object input) {
    String reason = "expected 32 hex digits grouped 8-4-4-4-12";
    return new FieldProblem(
        List.of(name), "uuid_parsing", UUID_WANTED + ", " + reason, input, Map.of("error", reason));
  }

  static <E extends Enum<E>> @Nullable E constantOrNull(Class<E> kind, @Nullable Object word) {
    return constants(kind).filter(c -> word(c).equals(word)).findFirst().orElse(null);
  }

  static <E extends Enum<E>> FieldProblem notOneOf(
      String name, Class<E> kind, @Nullable Object input) {
    List<String> words = constants(kind).map(c -> "'" + word(c) + "'").toList();
    String last = words.getLast();
    String expected =
        words.size() == 1
            ? last
            : String.join(", ", words.subList(0, words.size() - 1)) + " or " + last;
    return new FieldProblem(
        List.of(name), "enum", "Input should be " + expected, input, Map.of("expected", expected));
  }

  private static <E extends Enum<E>> Stream<E> constants(Class<E> kind) {
    return Arrays.stream(Objects.requireNonNull(kind.getEnumConstants()));
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}

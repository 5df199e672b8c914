// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.fields;

import io.entrepot.base.FieldProblem;
import io.entrepot.base.Id;
import io.entrepot.base.InvalidFieldsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What was found wrong with the fields of a request, all of it told at once. */
abstract sealed class Fields permits BodyFields, QueryFields {

  /** An id that nothing has. */
  public static final Id NOBODY = new Id("f".repeat(24));

  private static final Set<String> TRUE = Set.of("true", "1", "yes", "on");
  private static final Set<String> FALSE = Set.of("false", "0", "no", "off");

  final Words words;
  private final List<FieldProblem> problems = new ArrayList<>();

  Fields(Words words) {
    this.words = words;
  }

  /** Notes a problem of the caller's own finding. */
  public void add(FieldProblem problem) {
    problems.add(problem);
  }

  /**
   * @throws InvalidFieldsException with everything noted so far, in the order it was found
   */
  public void check() {
    if (!problems.isEmpty()) {
      throw new InvalidFieldsException(problems);
    }
  }

  /** How many problems were noted so far. */
  final int noted() {
    return problems.size();
  }

  /** Notes a problem, and answers the stand-in. */
  final <T extends @Nullable Object> T refused(FieldProblem problem, T standIn) {
    add(problem);
    return standIn;
  }

  /** Notes what no database can keep. */
  final void judgeText(String name, String text, @Nullable Object shown) {
    if (text.indexOf('\0') >= 0) {
      add(words.unusable(name, "the character NUL is not allowed", shown));
    }
  }

  final long inRange(String name, long number, long least, long most) {
    if (number < least || number > most) {
      add(words.outOfRange(name, number, least, most));
    }
    return number;
  }

  static Optional<Boolean> flagOf(String text) {
    String word = text.toLowerCase(Locale.ROOT);
    if (TRUE.contains(word)) {
      return Optional.of(true);
    }
    return FALSE.contains(word) ? Optional.of(false) : Optional.empty();
  }

  /** The constant whose name in lower case this is; the stand-in, and a problem, for no such. */
  final <E extends Enum<E>, T extends @Nullable E> T constant(
      String name, Class<E> kind, @Nullable Object word, T standIn) {
    Optional<E> found = constants(kind).filter(one -> word(one).equals(word)).findFirst();
    if (found.isEmpty()) {
      add(words.notOneOf(name, constants(kind).map(Fields::word).toList(), word));
    }
    @SuppressWarnings("unchecked")
    T constant = found.isEmpty() ? standIn : (T) found.get();
    return constant;
  }

  static <E extends Enum<E>> Stream<E> constants(Class<E> kind) {
    return Stream.of(Objects.requireNonNull(kind.getEnumConstants()));
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}

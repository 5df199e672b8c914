// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.harvest;

import io.entrepot.base.FieldProblem;
import io.entrepot.base.FieldProblem.Place;
import io.entrepot.base.Id;
import io.entrepot.base.InvalidFieldsException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The query of a request, read key by key in the manner of {@link JsonBody}. Keys nobody asks for
 * are ignored; of a key sent twice the last one counts.
 *
 * <p>A controller takes it from Spring as {@code @RequestParam MultiValueMap<String, String>}.
 */
final class Query {

  private static final Set<String> TRUE = Set.of("true", "1", "yes", "on");
  private static final Set<String> FALSE = Set.of("false", "0", "no", "off");

  private final Map<String, List<String>> keys;

  /** An id that nothing has. */
  private static final Id NOBODY = new Id("f".repeat(24));

  private final List<FieldProblem> problems = new ArrayList<>();

  Query(Map<String, List<String>> keys) {
    this.keys = keys;
  }

  @Nullable String text(String name) {
    List<String> values = keys.get(name);
    String text = values == null || values.isEmpty() ? null : values.getLast();
    if (text != null && text.indexOf('\0') >= 0) {
      add(Wording.valueError(name, "the character NUL is not allowed", text));
    }
    return text;
  }

  boolean flag(String name, boolean absent) {
    String text = text(name);
    if (text == null) {
      return absent;
    }
    String word = text.toLowerCase(Locale.ROOT);
    if (!TRUE.contains(word) && !FALSE.contains(word)) {
      add(FieldProblem.of(name, "bool_parsing", Wording.BOOL, text));
    }
    return TRUE.contains(word);
  }

  /** A whole number between two bounds, both included; {@code absent} when it is not there. */
  int number(String name, int absent, int least, int most) {
    String text = text(name);
    if (text == null) {
      return absent;
    }
    try {
      int number = Integer.parseInt(text.strip());
      Wording.rangeProblem(name, number, least, most).ifPresent(this::add);
      return number;
    } catch (NumberFormatException _) {
      add(FieldProblem.of(name, "int_parsing", Wording.INT, text));
      return absent;
    }
  }

  /** The moment from which on; a day means its beginning. Null when absent. */
  @Nullable Instant since(String name) {
    String text = text(name);
    if (text == null) {
      return null;
    }
    Instant found = Times.instantOrNull(text);
    if (found == null) {
      add(Times.notTime(name, text));
    }
    return found;
  }

  /** The moment before which; a day means its end. Null when absent. */
  @Nullable Instant until(String name) {
    Instant found = since(name);
    String text = text(name);
    return found != null && text != null && Times.isDay(text)
        ? found.plus(1, ChronoUnit.DAYS)
        : found;
  }

  /** Null when absent. */
  @Nullable UUID uuid(String name) {
    String text = text(name);
    if (text == null) {
      return null;
    }
    UUID uuid = Wording.uuidOrNull(text);
    if (uuid == null) {
      add(Wording.notUuid(name, text));
    }
    return uuid;
  }

  /**
   * The id to filter by; null when absent. A UUID that cannot be ours becomes an id that nothing
   * has, so the filter finds nothing.
   */
  @Nullable Id id(String name) {
    UUID uuid = uuid(name);
    if (uuid == null) {
      return null;
    }
    Id id = WireIds.idOrNull(uuid);
    return id == null ? NOBODY : id;
  }

  /** As {@link #id}, and it must be there. */
  Id requiredId(String name) {
    if (text(name) == null) {
      add(FieldProblem.missing(name));
    }
    Id id = id(name);
    return id == null ? NOBODY : id;
  }

  /** Null when absent. */
  <E extends Enum<E>> @Nullable E choice(String name, Class<E> kind) {
    String text = text(name);
    if (text == null) {
      return null;
    }
    E found = Wording.constantOrNull(kind, text);
    if (found == null) {
      add(Wording.notOneOf(name, kind, text));
    }
    return found;
  }

  void add(FieldProblem problem) {
    problems.add(problem.in(Place.QUERY));
  }

  /**
   * @throws InvalidFieldsException with everything noted so far
   */
  void check() {
    if (!problems.isEmpty()) {
      throw new InvalidFieldsException(problems);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.body;

import io.entrepot.base.FieldProblem;
import io.entrepot.base.InvalidFieldsException;
import io.entrepot.server.database.Micros;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The members of a request's body, read field by field.
 *
 * <p>Every reading method notes what is wrong and goes on with a stand-in value, so that one answer
 * names all problems; {@link #check} must be called before anything read is used. Names nobody
 * asked for are ignored, and can be asked for afterwards.
 */
public final class BodyFields {

  /** A body of a million bad values is not answered with a million complaints. */
  private static final int TOLD_OF_A_LIST = 10;

  /** What of an unknown name may stand in a header. */
  private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

  private final Map<String, ? extends @Nullable Object> members;
  private final Set<String> known = new TreeSet<>();
  private final List<FieldProblem> problems = new ArrayList<>();

  private BodyFields(Map<String, ? extends @Nullable Object> members) {
    this.members = members;
  }

  /**
   * Of a JSON object.
   *
   * @param bytes the request's body; null when there was none
   * @throws InvalidFieldsException at once, when the body is not one JSON object
   */
  public static BodyFields ofJson(byte @Nullable [] bytes) {
    return new BodyFields(JsonText.object(bytes));
  }

  /** Of a form, whose values are all text. */
  public static BodyFields ofForm(Map<String, String> values) {
    return new BodyFields(values);
  }

  private @Nullable Object value(String name) {
    known.add(name);
    return members.get(name);
  }

  /** Whether the member is there, be it null. */
  public boolean has(String name) {
    return members.containsKey(name);
  }

  /** Text of 1 to {@code limit} characters, without space around it. */
  public String requiredText(String name, int limit) {
    return required(name, limit, true);
  }

  /** As {@link #requiredText}, but kept as it was sent, space and all. */
  public String requiredSecret(String name, int limit) {
    return required(name, limit, false);
  }

  private String required(String name, int limit, boolean trimmed) {
    Object value = value(name);
    if (value == null) {
      problems.add(FieldProblem.missing(name));
      return "";
    }
    if (!(value instanceof String sent)) {
      problems.add(FieldProblem.of(name, "string_type", "This has to be text.", value));
      return "";
    }
    String text = trimmed ? sent.strip() : sent;
    if (text.isEmpty()) {
      problems.add(FieldProblem.of(name, "string_too_short", "This must not be empty.", sent));
    } else {
      tooLong(name, text, limit).ifPresent(problems::add);
    }
    return text;
  }

  /** Text of at most {@code limit} characters, as it was sent; null when absent or null. */
  public @Nullable String text(String name, int limit) {
    Object value = value(name);
    if (value == null) {
      return null;
    }
    if (!(value instanceof String text)) {
      problems.add(FieldProblem.of(name, "string_type", "This has to be text.", value));
      return null;
    }
    tooLong(name, text, limit).ifPresent(problems::add);
    return text;
  }

  private static Optional<FieldProblem> tooLong(String name, String text, int limit) {
    if (text.codePointCount(0, text.length()) > limit) {
      String message = "This has more than " + limit + " characters.";
      return Optional.of(FieldProblem.of(name, "string_too_long", message, text));
    }
    return text.indexOf('\0') < 0
        ? Optional.empty()
        : Optional.of(
            FieldProblem.of(name, "value_error", "The character NUL is not allowed.", text));
  }

  /** The members of an inner object, in order; null when absent or null. */
  @SuppressWarnings("unchecked")
  public @Nullable Map<String, @Nullable Object> object(String name) {
    Object value = value(name);
    if (value == null) {
      return null;
    }
    if (!(value instanceof Map<?, ?>)) {
      problems.add(FieldProblem.of(name, "dict_type", "This has to be a JSON object.", value));
      return null;
    }
    return (Map<String, @Nullable Object>) value;
  }

  /** As {@link #object}, and it must be there. */
  public Map<String, @Nullable Object> requiredObject(String name) {
    if (value(name) == null) {
      problems.add(FieldProblem.missing(name));
    }
    Map<String, @Nullable Object> found = object(name);
    return found == null ? new LinkedHashMap<String, @Nullable Object>() : found;
  }

  /** True or false, in JSON or as the words; {@code absent} when it is not there. */
  public boolean flag(String name, boolean absent) {
    return switch (value(name)) {
      case null -> absent;
      case Boolean flag -> flag;
      case String text when text.equalsIgnoreCase("true") || text.equals("on") -> true;
      case String text when text.equalsIgnoreCase("false") || text.isEmpty() -> false;
      case Object other -> {
        problems.add(FieldProblem.of(name, "bool_type", "This has to be true or false.", other));
        yield absent;
      }
    };
  }

  /** A time in RFC 3339, with its zone; null when absent or null. */
  public @Nullable Instant instant(String name) {
    Object value = value(name);
    if (value == null) {
      return null;
    }
    try {
      Instant time = OffsetDateTime.parse(value.toString()).toInstant();
      if (Micros.canHold(time)) {
        return time;
      }
    } catch (DateTimeException _) {
      // It is told below.
    }
    problems.add(
        FieldProblem.of(
            name,
            "datetime_parsing",
            "This has to be a time with its zone, as 2026-01-31T12:00:00Z.",
            value));
    return null;
  }

  /** The constant whose name in lower case was sent; {@code absent} when it is not there. */
  public <E extends Enum<E>> E choice(String name, Class<E> kind, E absent) {
    Object value = value(name);
    return value == null ? absent : constant(name, kind, value, absent);
  }

  /** As {@link #choice}, and it must be there. */
  public <E extends Enum<E>> E requiredChoice(String name, Class<E> kind) {
    if (value(name) == null) {
      problems.add(FieldProblem.missing(name));
    }
    return choice(name, kind, constants(kind).toList().getFirst());
  }

  /** The constants of a list of such names; none when absent or null. */
  public <E extends Enum<E>> Set<E> choices(String name, Class<E> kind) {
    Set<E> found = EnumSet.noneOf(kind);
    Object value = value(name);
    if (value == null) {
      return found;
    }
    if (!(value instanceof Collection<?> list)) {
      problems.add(FieldProblem.of(name, "list_type", "This has to be a list.", value));
      return found;
    }
    int before = problems.size();
    for (Object word : list) {
      E one = constant(name, kind, String.valueOf(word), constants(kind).toList().getFirst());
      if (problems.size() == before) {
        found.add(one);
      } else if (problems.size() - before >= TOLD_OF_A_LIST) {
        break;
      }
    }
    return found;
  }

  /**
   * The values of a list of texts; empty when it is not there. Of bad ones, ten are told.
   *
   * @param reading empty for a text that is none of them
   * @param shape what is said of such a text
   */
  public <T> List<T> list(String name, Function<String, Optional<T>> reading, String shape) {
    Object value = value(name);
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof Collection<?> sent)) {
      problems.add(FieldProblem.of(name, "list_type", "This has to be a list.", value));
      return List.of();
    }
    List<T> found = new ArrayList<>();
    int before = problems.size();
    for (Object one : sent) {
      Optional<T> read = one instanceof String text ? reading.apply(text) : Optional.empty();
      read.ifPresentOrElse(
          found::add, () -> problems.add(FieldProblem.of(name, "value_error", shape, one)));
      if (problems.size() - before >= TOLD_OF_A_LIST) {
        break;
      }
    }
    return found;
  }

  private <E extends Enum<E>> E constant(String name, Class<E> kind, Object sent, E standIn) {
    return constants(kind)
        .filter(one -> word(one).equals(sent))
        .findFirst()
        .orElseGet(
            () -> {
              String words =
                  constants(kind).map(BodyFields::word).collect(Collectors.joining(", "));
              problems.add(FieldProblem.of(name, "enum", "This is one of: " + words + ".", sent));
              return standIn;
            });
  }

  private static <E extends Enum<E>> Stream<E> constants(Class<E> kind) {
    return Stream.of(Objects.requireNonNull(kind.getEnumConstants()));
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
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

  /** The names that were sent and not asked for, in order; odd ones are left out. */
  public List<String> ignored() {
    return members.keySet().stream()
        .filter(name -> !known.contains(name) && HARMLESS.matcher(name).matches())
        .sorted()
        .toList();
  }
}

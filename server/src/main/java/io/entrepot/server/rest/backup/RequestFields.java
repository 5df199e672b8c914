// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.backup;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;
import io.entrepot.base.FieldProblem;
import io.entrepot.base.InvalidFieldsException;
import io.entrepot.server.database.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * The JSON object in a request's body, read field by field. Every reading method notes what is
 * wrong and goes on, so that one answer names all problems; {@link #check} comes before anything
 * read is used.
 */
final class RequestFields {

  private final Map<String, @Nullable Object> fields;
  private final List<FieldProblem> problems = new ArrayList<>();
  private final Set<String> asked = new LinkedHashSet<>();

  private RequestFields(Map<String, @Nullable Object> fields) {
    this.fields = fields;
  }

  /**
   * @throws EntrepotException {@code BAD_REQUEST} when the body is not one JSON object
   */
  static RequestFields of(byte @Nullable [] body) {
    try {
      String text = new String(body == null ? new byte[0] : body, StandardCharsets.UTF_8);
      return new RequestFields(Objects.requireNonNull(Json.object(text)));
    } catch (JacksonException | NullPointerException _) {
      throw new EntrepotException(
          ErrorCode.BAD_REQUEST, "The body is not a JSON object. Send one, as application/json.");
    }
  }

  boolean has(String name) {
    asked.add(name);
    return fields.containsKey(name);
  }

  /** Empty when it is absent or null. */
  Optional<String> text(String name) {
    return read(name, String.class, "This is text.");
  }

  /** Empty when it is absent or null. */
  Optional<Boolean> flag(String name) {
    return read(name, Boolean.class, "This is true or false.");
  }

  /** The members of an inner object; empty when it is absent or null. */
  @SuppressWarnings("unchecked")
  Optional<Map<String, @Nullable Object>> object(String name) {
    return read(name, Map.class, "This is a JSON object.")
        .map(found -> (Map<String, @Nullable Object>) found);
  }

  private <T> Optional<T> read(String name, Class<T> type, String what) {
    asked.add(name);
    Object value = fields.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (!type.isInstance(value)) {
      problems.add(FieldProblem.of(name, "value_error", what, null));
      return Optional.empty();
    }
    return Optional.of(type.cast(value));
  }

  /** What the reading makes of the field; it refuses by an exception. */
  <T> T required(String name, Function<String, Optional<T>> reading, T standIn) {
    Optional<T> found = reading.apply(name);
    if (found.isEmpty() && fields.get(name) == null) {
      problems.add(FieldProblem.missing(name));
    }
    return found.orElse(standIn);
  }

  void add(FieldProblem problem) {
    problems.add(problem);
  }

  /**
   * @throws InvalidFieldsException with everything noted so far
   */
  void check() {
    if (!problems.isEmpty()) {
      throw new InvalidFieldsException(problems);
    }
  }

  /** The names of what nobody asked for, with commas between them; empty for none. */
  String ignored() {
    Set<String> ignored = new TreeSet<>(fields.keySet());
    ignored.removeAll(asked);
    return String.join(", ", ignored);
  }
}

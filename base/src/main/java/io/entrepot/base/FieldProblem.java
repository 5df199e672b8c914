// SPDX-License-Identifier: Apache-2.0
package io.entrepot.base;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing in a request that cannot be accepted.
 *
 * @param place which part of the request it stands in
 * @param path where it is inside that part, outermost first, positions in lists as decimal digits;
 *     for example {@code [connection_config, bucket]}; empty means the part as a whole
 * @param type a stable short word for the kind of problem, such as {@code missing} or {@code enum}
 * @param message what is wrong and what would be right, for a person
 * @param input what was sent, or null when nothing was; secrets in it are masked, going by the
 *     names in the path and in the value
 * @param context facts the message was made from, by name; never a secret
 */
public record FieldProblem(
    Place place,
    List<String> path,
    String type,
    String message,
    @Nullable Object input,
    Map<String, Object> context) {

  private static final String MISSING = "missing";

  /** A part of a request. */
  public enum Place {
    BODY,
    QUERY,
    PATH
  }

  public FieldProblem {
    path = List.copyOf(path);
    input = shown(path, type, input);
    context = Map.copyOf(context);
  }

  /** What a missing field was sent is what it is missing in, so its own name hides nothing. */
  private static @Nullable Object shown(List<String> path, String type, @Nullable Object input) {
    int names = type.equals(MISSING) ? Math.max(0, path.size() - 1) : path.size();
    String secret = path.subList(0, names).stream().filter(Secrets::isNamed).findFirst().orElse("");
    return Secrets.masked(secret, input);
  }

  /** A problem in the body. */
  public FieldProblem(
      List<String> path,
      String type,
      String message,
      @Nullable Object input,
      Map<String, Object> context) {
    this(Place.BODY, path, type, message, input, context);
  }

  public static FieldProblem of(String field, String type, String message, @Nullable Object input) {
    return new FieldProblem(List.of(field), type, message, input, Map.of());
  }

  public static FieldProblem missing(String field) {
    return of(field, MISSING, "Field required", null);
  }

  /** As {@link #missing}, with what the field is missing in. */
  public static FieldProblem missingIn(Object whole, String field) {
    return of(field, MISSING, "Field required", whole);
  }

  /** Whether the field was not sent at all. */
  public boolean isMissing() {
    return type.equals(MISSING);
  }

  /** The field holds the id of something that does not exist. */
  public static FieldProblem dangling(String field, String thing, Object id) {
    return of(field, "reference_not_found", thing + " not found", id);
  }

  /** The same problem, standing in another part of the request. */
  public FieldProblem in(Place other) {
    return new FieldProblem(other, path, type, message, input, context);
  }
}

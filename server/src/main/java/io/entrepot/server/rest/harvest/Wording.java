// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.harvest;

import io.entrepot.base.FieldProblem;
import io.entrepot.server.rest.fields.BodyFields;
import io.entrepot.server.rest.fields.QueryFields;
import io.entrepot.server.rest.fields.Words;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The family's words for what is wrong with a value: type, sentence and facts its clients know. */
enum Wording implements Words {
  HARVEST;

  private static final String UUID_WANTED = "Input should be a valid UUID";

  /** The JSON object in a request's body. */
  static BodyFields body(byte @Nullable [] bytes) {
    return BodyFields.ofJson(bytes, HARVEST);
  }

  static QueryFields query(Map<String, List<String>> keys) {
    return new QueryFields(keys, HARVEST);
  }

  @Override
  public boolean nullIsAbsent() {
    return false;
  }

  @Override
  public boolean timesWithoutZone() {
    return true;
  }

  @Override
  public FieldProblem missing(Map<String, ? extends @Nullable Object> whole, String name) {
    return FieldProblem.missingIn(whole, name);
  }

  @Override
  public FieldProblem notText(String name, @Nullable Object sent) {
    return FieldProblem.of(name, "string_type", "Input should be a valid string", sent);
  }

  @Override
  public FieldProblem empty(String name, String sent) {
    String message = "String should have at least 1 character";
    return problem(name, "string_too_short", message, sent, Map.of("min_length", 1));
  }

  @Override
  public FieldProblem tooLong(String name, String sent, int limit) {
    String message = "String should have at most " + limit + " characters";
    return problem(name, "string_too_long", message, sent, Map.of("max_length", limit));
  }

  @Override
  public FieldProblem unusable(String name, String reason, @Nullable Object sent) {
    return problem(name, "value_error", "Value error, " + reason, sent, Map.of("reason", reason));
  }

  @Override
  public FieldProblem notFlag(String name, @Nullable Object sent) {
    String type = sent == null ? "bool_type" : "bool_parsing";
    return FieldProblem.of(name, type, "Input should be a valid boolean", sent);
  }

  @Override
  public FieldProblem notWhole(String name, @Nullable Object sent) {
    String type = sent == null ? "int_type" : "int_parsing";
    return FieldProblem.of(name, type, "Input should be a valid integer", sent);
  }

  @Override
  public FieldProblem outOfRange(String name, long sent, long least, long most) {
    boolean less = sent < least;
    return problem(
        name,
        less ? "greater_than_equal" : "less_than_equal",
        "Input should be "
            + (less ? "greater" : "less")
            + " than or equal to "
            + (less ? least : most),
        sent,
        less ? Map.of("ge", least) : Map.of("le", most));
  }

  @Override
  public FieldProblem notTime(String name, Object sent) {
    String message = "Input should be a valid datetime, as 2026-01-31T12:00:00Z";
    return FieldProblem.of(name, "datetime_parsing", message, sent);
  }

  @Override
  public FieldProblem notUuid(String name, @Nullable Object sent) {
    if (sent == null) {
      return FieldProblem.of(name, "uuid_type", UUID_WANTED, null);
    }
    String reason = "expected 32 hex digits grouped 8-4-4-4-12";
    String message = UUID_WANTED + ", " + reason;
    return problem(name, "uuid_parsing", message, sent, Map.of("error", reason));
  }

  @Override
  public FieldProblem notOneOf(String name, List<String> words, @Nullable Object sent) {
    List<String> quoted = words.stream().map(word -> "'" + word + "'").toList();
    String last = quoted.getLast();
    String expected =
        quoted.size() == 1
            ? last
            : String.join(", ", quoted.subList(0, quoted.size() - 1)) + " or " + last;
    return problem(name, "enum", "Input should be " + expected, sent, Map.of("expected", expected));
  }

  @Override
  public FieldProblem notObject(String name, Object sent) {
    return FieldProblem.of(name, "dict_type", "Input should be a valid dictionary", sent);
  }

  @Override
  public FieldProblem notList(String name, Object sent) {
    return FieldProblem.of(name, "list_type", "Input should be a valid list", sent);
  }

  private static FieldProblem problem(
      String name,
      String type,
      String message,
      @Nullable Object sent,
      Map<String, Object> context) {
    return new FieldProblem(List.of(name), type, message, sent, context);
  }
}

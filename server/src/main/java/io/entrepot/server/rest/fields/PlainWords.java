// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.fields;

import io.entrepot.base.FieldProblem;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The words of families whose contract has none of its own: plain sentences. */
public enum PlainWords implements Words {
  PLAIN,
  /** The same, of a family that takes no body that two programs may read differently. */
  ONCE;

  @Override
  public boolean membersOnce() {
    return this == ONCE;
  }

  @Override
  public boolean nullIsAbsent() {
    return true;
  }

  @Override
  public boolean timesWithoutZone() {
    return false;
  }

  @Override
  public FieldProblem missing(Map<String, ? extends @Nullable Object> whole, String name) {
    return FieldProblem.missing(name);
  }

  @Override
  public FieldProblem notText(String name, @Nullable Object sent) {
    return FieldProblem.of(name, "string_type", "This has to be text.", sent);
  }

  @Override
  public FieldProblem empty(String name, String sent) {
    return FieldProblem.of(name, "string_too_short", "This must not be empty.", sent);
  }

  @Override
  public FieldProblem tooLong(String name, String sent, int limit) {
    String message = "This has more than " + limit + " characters.";
    return FieldProblem.of(name, "string_too_long", message, sent);
  }

  @Override
  public FieldProblem unusable(String name, String reason, @Nullable Object sent) {
    return FieldProblem.of(name, "value_error", sentence(reason), sent);
  }

  private static String sentence(String reason) {
    return Character.toUpperCase(reason.charAt(0)) + reason.substring(1) + ".";
  }

  @Override
  public FieldProblem notFlag(String name, @Nullable Object sent) {
    return FieldProblem.of(name, "bool_type", "This has to be true or false.", sent);
  }

  @Override
  public FieldProblem notWhole(String name, @Nullable Object sent) {
    return FieldProblem.of(name, "int_parsing", "This has to be a whole number.", sent);
  }

  @Override
  public FieldProblem outOfRange(String name, long sent, long least, long most) {
    String message = "This has to be a whole number from " + least + " to " + most + ".";
    return FieldProblem.of(name, "int_parsing", message, sent);
  }

  @Override
  public FieldProblem notTime(String name, Object sent) {
    String message = "This has to be a time with its zone, as 2026-01-31T12:00:00Z.";
    return FieldProblem.of(name, "datetime_parsing", message, sent);
  }

  @Override
  public FieldProblem notUuid(String name, @Nullable Object sent) {
    return FieldProblem.of(name, "uuid_parsing", "This has to be a UUID.", sent);
  }

  @Override
  public FieldProblem notOneOf(String name, List<String> words, @Nullable Object sent) {
    String message = "This is one of: " + String.join(", ", words) + ".";
    return FieldProblem.of(name, "enum", message, sent);
  }

  @Override
  public FieldProblem notObject(String name, Object sent) {
    return FieldProblem.of(name, "dict_type", "This has to be a JSON object.", sent);
  }

  @Override
  public FieldProblem notList(String name, Object sent) {
    return FieldProblem.of(name, "list_type", "This has to be a list.", sent);
  }
}

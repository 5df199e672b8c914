// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.harvest;

import io.entrepot.base.FieldProblem;
import io.entrepot.base.InvalidFieldsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The members of a JSON object as they were sent, and what was found wrong with them. */
final class JsonMembers {

  private final Map<String, @Nullable Object> members;
  private final List<FieldProblem> problems = new ArrayList<>();

  JsonMembers(Map<String, @Nullable Object> members) {
    this.members = members;
  }

  /** Whether the member is there, be it null. */
  boolean has(String name) {
    return members.containsKey(name);
  }

  /** Null when absent or null. */
  @Nullable Object value(String name) {
    return members.get(name);
  }

  void add(FieldProblem problem) {
    problems.add(problem);
  }

  void addMissing(String name) {
    add(FieldProblem.missingIn(members, name));
  }

  /** A problem as it is, unless something is missing: then with all that was sent. */
  FieldProblem missingHere(FieldProblem problem) {
    return problem.isMissing()
        ? FieldProblem.missingIn(members, problem.path().getLast())
        : problem;
  }

  /**
   * @throws InvalidFieldsException with everything noted so far, in the order it was found
   */
  void check() {
    if (!problems.isEmpty()) {
      throw new InvalidFieldsException(problems);
    }
  }

  /**
   * What the reading finds, or the stand-in where it finds nothing.
   *
   * @param type of the problem that is noted where the member is null
   */
  <T> T required(
      String name, Supplier<@Nullable T> reading, T standIn, String type, String message) {
    if (!has(name)) {
      addMissing(name);
      return standIn;
    }
    if (value(name) == null) {
      return refused(name, type, message, standIn);
    }
    T value = reading.get();
    return value == null ? standIn : value;
  }

  /** Notes a problem, and answers the stand-in. */
  <T> T refused(String name, String type, String message, T standIn) {
    add(FieldProblem.of(name, type, message, value(name)));
    return standIn;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.base;

import java.util.List;
import java.util.stream.Collectors;

/** A request was refused because of what its fields hold; nothing was changed. */
public final class InvalidFieldsException extends EntrepotException {

  private final transient List<FieldProblem> problems;

  /**
   * @param problems all that was found, not only the first; not empty
   */
  public InvalidFieldsException(List<FieldProblem> problems) {
    super(ErrorCode.INVALID_FIELD, describe(problems));
    this.problems = List.copyOf(problems);
  }

  public InvalidFieldsException(FieldProblem problem) {
    this(List.of(problem));
  }

  public List<FieldProblem> problems() {
    return problems;
  }

  private static String describe(List<FieldProblem> problems) {
    return problems.stream()
        .map(problem -> String.join(".", problem.path()) + ": " + problem.message())
        .collect(Collectors.joining("; "));
  }
}

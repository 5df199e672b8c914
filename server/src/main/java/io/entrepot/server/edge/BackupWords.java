// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import io.entrepot.base.ErrorCode;
import io.entrepot.base.FieldProblem;
import io.entrepot.base.FieldProblem.Place;

/**
 * The backup family's codes where they are not those of the catalogue, and its one status of its
 * own: what cannot be read at all is 400, a field that holds something wrong is 422.
 */
final class BackupWords {

  private static final int UNREADABLE = 400;

  private BackupWords() {}

  static String code(Problem problem) {
    return switch (problem.code()) {
      case UNAUTHENTICATED, NOBODY_SIGNED_IN -> "UNAUTHORIZED";
      case INVALID_FIELD -> invalid(problem);
      case TOO_LARGE -> "PAYLOAD_TOO_LARGE";
      case CONFLICT_STATE -> "INVALID_STATE";
      case STORE_FULL -> "INSUFFICIENT_STORAGE";
      default -> problem.code().name();
    };
  }

  static int status(Problem problem) {
    boolean unreadable =
        problem.code() == ErrorCode.INVALID_FIELD && !invalid(problem).equals("VALIDATION_ERROR");
    return unreadable ? UNREADABLE : problem.status();
  }

  private static String invalid(Problem problem) {
    if (problem.details().stream().anyMatch(BackupWords::isWholeBody)) {
      return "MALFORMED_JSON";
    }
    boolean outside = problem.details().stream().noneMatch(detail -> detail.place() == Place.BODY);
    return outside ? "INVALID_PARAMETER" : "VALIDATION_ERROR";
  }

  /** Not a field of the body but the body itself. */
  private static boolean isWholeBody(FieldProblem detail) {
    return detail.place() == Place.BODY
        && (detail.path().isEmpty() || detail.type().equals("json_invalid"));
  }
}

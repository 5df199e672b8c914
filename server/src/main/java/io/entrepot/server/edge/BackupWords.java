// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import io.entrepot.base.ErrorCode;
import io.entrepot.base.FieldProblem;
import io.entrepot.base.FieldProblem.Place;
import java.util.Set;

/**
 * The backup family's codes where they are not those of the catalogue, and its one status of its
 * own: what cannot be read at all is 400, a field that holds something wrong is 422.
 */
final class BackupWords {

  private static final int UNREADABLE = 400;
  private static final int PAYLOAD = 413;
  private static final int REMOTE = 502;

  private static final Set<String> UNREADABLE_TYPES = Set.of("json_invalid", "json_too_large");

  private BackupWords() {}

  static String code(Problem problem) {
    return switch (problem.code()) {
      case UNAUTHENTICATED, NOBODY_SIGNED_IN -> "UNAUTHORIZED";
      case INVALID_FIELD -> invalid(problem);
      // A request line or a header that is too long is no payload.
      case TOO_LARGE -> problem.status() == PAYLOAD ? "PAYLOAD_TOO_LARGE" : "BAD_REQUEST";
      case NOT_SUPPORTED -> "BAD_REQUEST";
      case PATH_REFUSED, NAME_REFUSED -> "VALIDATION_ERROR";
      case CONFLICT_STATE,
          DISABLED,
          SOURCE_CHANGED,
          SOURCE_DIFFERS,
          FENCED,
          CANCELLED,
          INTERRUPTED ->
          "INVALID_STATE";
      case STORE_FULL -> "INSUFFICIENT_STORAGE";
      default -> problem.status() == REMOTE ? "REMOTE_ERROR" : problem.code().name();
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
        && (detail.path().isEmpty() || UNREADABLE_TYPES.contains(detail.type()));
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import io.entrepot.base.ErrorCode;

/**
 * The workspaces family's codes where they are not those of the catalogue in small letters, and its
 * statuses: whatever is wrong with a parameter is 400, and a document that goes too deep is too
 * large.
 */
final class WorkspacesWords {

  private static final String INVALID = "invalid_parameter";
  private static final String TOO_LARGE = "too_large";
  private static final int BAD_REQUEST = 400;
  private static final int CONTENT_TOO_LARGE = 413;

  private WorkspacesWords() {}

  static String code(Problem problem) {
    return switch (problem.code()) {
      case INVALID_FIELD -> goesTooDeep(problem) ? TOO_LARGE : INVALID;
      case BAD_REQUEST, PATH_REFUSED, NAME_REFUSED, NOT_SUPPORTED -> INVALID;
      // A request line or a header that is too long is no content.
      case TOO_LARGE -> problem.status() == CONTENT_TOO_LARGE ? TOO_LARGE : INVALID;
      case NOBODY_SIGNED_IN -> "unauthorized";
      case TOO_MANY_REQUESTS -> "rate_limited";
      case STORE_FULL -> "quota_exceeded";
      case OVERLOADED, SHUTTING_DOWN, STORE_READ_ONLY -> "unavailable";
      default -> ErrorBodies.small(problem.code());
    };
  }

  static int status(Problem problem) {
    if (problem.code() == ErrorCode.INVALID_FIELD && goesTooDeep(problem)) {
      return CONTENT_TOO_LARGE;
    }
    return switch (problem.code()) {
      case INVALID_FIELD, PATH_REFUSED, NAME_REFUSED -> BAD_REQUEST;
      default -> problem.status();
    };
  }

  /** Where the fault is ours it names the request, by which the log is found. */
  static String message(Problem problem, String request) {
    return problem.isOurFault() ? problem.message() + ", request " + request : problem.message();
  }

  private static boolean goesTooDeep(Problem problem) {
    return problem.details().stream().anyMatch(detail -> detail.type().equals("json_too_large"));
  }
}

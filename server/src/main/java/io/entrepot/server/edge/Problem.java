// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import io.entrepot.base.ErrorCategory;
import io.entrepot.base.ErrorCode;
import io.entrepot.base.FieldProblem;
import io.entrepot.base.InvalidFieldsException;
import java.util.List;
import java.util.Map;

/**
 * A failure, ready to be told in any family's words.
 *
 * @param status of the answer in most families
 * @param message for a person; shown
 * @param details what exactly was refused; empty unless the code is {@code INVALID_FIELD}
 * @param headers to send along, by name
 */
record Problem(
    ErrorCode code,
    int status,
    String message,
    List<FieldProblem> details,
    Map<String, String> headers) {

  Problem {
    details = List.copyOf(details);
    headers = Map.copyOf(headers);
  }

  static Problem of(ErrorCode code, String message) {
    return new Problem(code, statusOf(code), message, List.of(), Map.of());
  }

  static Problem withStatus(ErrorCode code, int status, String message) {
    return new Problem(code, status, message, List.of(), Map.of());
  }

  static Problem invalid(InvalidFieldsException failure) {
    ErrorCode code = failure.code();
    return new Problem(
        code, statusOf(code), String.valueOf(failure.getMessage()), failure.problems(), Map.of());
  }

  Problem withHeader(String name, String value) {
    return new Problem(code, status, message, details, Map.of(name, value));
  }

  boolean isOurFault() {
    return code.category() == ErrorCategory.INTERNAL;
  }

  private static int statusOf(ErrorCode code) {
    return switch (code) {
      case BAD_REQUEST, NOT_SUPPORTED -> 400;
      case UNAUTHENTICATED, NOBODY_SIGNED_IN, SESSION_EXPIRED -> 401;
      case FORBIDDEN -> 403;
      case NOT_FOUND -> 404;
      case METHOD_NOT_ALLOWED -> 405;
      case NOT_ACCEPTABLE -> 406;
      case TOO_LARGE -> 413;
      case UNSUPPORTED_MEDIA_TYPE -> 415;
      case RANGE_NOT_SATISFIABLE -> 416;
      case INVALID_FIELD, PATH_REFUSED, NAME_REFUSED, IDEMPOTENCY_KEY_REUSED -> 422;
      case TOO_MANY_REQUESTS -> 429;
      case CONFLICT_STATE,
          ALREADY_EXISTS,
          DISABLED,
          IN_USE,
          SOURCE_CHANGED,
          SOURCE_DIFFERS,
          FENCED,
          CANCELLED,
          INTERRUPTED,
          IDEMPOTENCY_KEY_IN_USE ->
          409;
      case CHECKSUM_MISMATCH, COPY_LOST, LEDGER_BROKEN, INTERNAL_ERROR -> 500;
      case OVERLOADED, SHUTTING_DOWN, STORE_READ_ONLY -> 503;
      case TIMED_OUT -> 504;
      case STORE_FULL -> 507;
      case STORE_UNREACHABLE,
          STORE_HOST_UNKNOWN,
          STORE_REFUSED_LOGIN,
          STORE_HOST_KEY_CHANGED,
          STORE_ACCESS_DENIED,
          STORE_ROOT_MISSING,
          STORE_NOT_FOUND,
          STORE_READ_FAILED,
          STORE_WRITE_FAILED,
          STORE_SHORT_SOURCE,
          HOOK_FAILED,
          ISSUER_FAILED ->
          502;
    };
  }
}
